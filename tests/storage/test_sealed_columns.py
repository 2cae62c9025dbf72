"""Does a change of keys know every sealed column there is?"""

from __future__ import annotations

import sqlalchemy as sa

from app.storage.models import METADATA
from app.storage.sealed_columns import COLUMNS, OPEN


def test_every_column_of_bytes_is_sealed_or_open_for_a_reason() -> None:
    """A new one fails here until it is said for which place its values are sealed."""
    bytes_there = {
        (table.name, column.name)
        for table in METADATA.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.LargeBinary)
    }
    listed = [(column.table, column.column) for column in COLUMNS]
    assert len(listed) == len(set(listed))
    assert set(listed) | OPEN.keys() == bytes_there
    assert not set(listed) & OPEN.keys()


def test_what_a_place_asks_of_a_row_is_in_its_key() -> None:
    """``reseal`` reads the key of a row and the value, no more."""
    for column in COLUMNS:
        row = {item.name: 1 for item in column.key}
        table, _, name = column.place(row)
        assert table == column.table
        assert name
