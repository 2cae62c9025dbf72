"""Thin records of residents, referrers with their links, partners; and what they see themselves.

Enter by ``persons``, ``residents``, ``partners`` and ``resident_page``.
"""
