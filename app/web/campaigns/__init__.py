"""CAMPAIGNS: a list is brought, divided and ended (``run``); people of one's own batch are called or visited
(``call``).
"""
