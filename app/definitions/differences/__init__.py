"""What changed between two versions of a definition, in words.

Complete over the frozen types: whatever differs is told somehow, by attribute where no better words exist. Enter by
:func:`differences` (two definitions), :func:`catalog_differences` (two whole sets), :func:`text_of` (a sentence) and
:func:`line_difference` (the texts, line by line).
"""

from app.definitions.differences.catalogs import CatalogDifference, catalog_differences
from app.definitions.differences.comparing import differences
from app.definitions.differences.difference import Difference
from app.definitions.differences.lines import Line, line_difference
from app.definitions.differences.telling import text_of

__all__ = [
    "CatalogDifference",
    "Difference",
    "Line",
    "catalog_differences",
    "differences",
    "line_difference",
    "text_of",
]
