"""DOCUMENTS: printed matter, made from the same types as the pages and never from web templates.

May import: ``app.engine`` and rooms to its right.
"""
