"""Is every table copied, in an order in which it can be put back?"""

from __future__ import annotations

from app.storage import dumping
from app.storage.models import METADATA


def test_every_table_is_copied_or_left_out_for_a_reason_and_points_backwards() -> None:
    order = [table.name for table in dumping.tables()]
    assert set(order) | dumping.LEFT_OUT == set(METADATA.tables)
    for table in dumping.tables():
        for key in table.foreign_key_constraints:
            pointed = key.referred_table.name
            assert pointed not in dumping.LEFT_OUT
            assert order.index(pointed) <= order.index(table.name)
