"""TEXTS: every word shown to a person, by code and parameters.

Pure. May import: the standard library and Babel. Other rooms hand over a code such as ``queue.title`` and
named parameters; nobody else writes sentences. Enter by :func:`say`; one catalogue file an area under
``nl/`` (complete), ``en/`` and ``fr/`` (may lag: a missing text falls back to Dutch).
"""

from app.texts.catalogue import addressed, codes_of, has, say

__all__ = ["addressed", "codes_of", "has", "say"]
