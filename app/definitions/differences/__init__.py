"""What changed between two versions of a definition, in words.

Complete over the frozen types: whatever differs is told somehow, by attribute where no better words exist. Enter by
:func:`differences` (two definitions), :func:`catalog_differences` (two whole sets) and :func:`text_of` (a sentence).
"""

from app.definitions.differences.catalogs import CatalogDifference, catalog_differences
from app.definitions.differences.comparing import differences
from app.definitions.differences.difference import Difference
from app.definitions.differences.telling import text_of

__all__ = [
    "CatalogDifference",
    "Difference",
    "catalog_differences",
    "differences",
    "text_of",
]
