"""Do amounts that were counted once give what pandas gives when it looks at every row?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.definitions.model.reports import Calculation, Measure
from app.reporting import amounts
from app.reporting.amounts import Spread
from app.reporting.cubes import Line

PLACES, STAGES = 3, 2
ROW = st.tuples(
    st.one_of(st.none(), st.integers(-5, 12).map(float), st.floats(0, 4, width=16)),
    st.integers(0, PLACES - 1),
    st.integers(0, STAGES - 1),
)
MEASURES = [
    Measure("m", "M", Calculation.SUM),
    Measure("m", "M", Calculation.MEAN),
    Measure("m", "M", Calculation.MEDIAN),
    *(Measure("m", "M", Calculation.PERCENTILE, percentile=at) for at in (1, 25, 90)),
]


@pytest.mark.parametrize("most", [amounts.MOST, 0], ids=["counted", "grouped"])
@settings(deadline=None, max_examples=60)
@given(rows=st.lists(ROW, max_size=40))
def test_every_table_is_what_a_look_at_every_row_gives(
    most: int, rows: list[tuple[float | None, int, int]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(amounts, "MOST", most)
        found = np.array([np.nan if row[0] is None else row[0] for row in rows], dtype=np.float64)
        place, stage = (np.array([row[at] for row in rows], dtype=np.int32) for at in (1, 2))
        spread = Spread(found, {"place": Line(place, PLACES), "stage": Line(stage, STAGES)})
        frame = pd.DataFrame({"amount": found, "place": place, "stage": stage})
        for measure in MEASURES:
            every = [_plain(measure, frame[frame.place == at].amount) for at in range(PLACES)]
            second = frame[frame.stage == 1]
            within = [_plain(measure, second[second.place == at].amount) for at in range(PLACES)]
            assert spread.calculated(measure, ("place",), {}, PLACES) == pytest.approx(every, nan_ok=True)
            assert spread.calculated(measure, ("place",), {"stage": 1}, PLACES) == pytest.approx(
                within, nan_ok=True
            )
            assert spread.calculated(measure, (), {}, 1) == pytest.approx(
                [_plain(measure, frame.amount)], nan_ok=True
            )


def _plain(measure: Measure, column: pd.Series[float]) -> float:
    there = column.dropna()
    if there.empty:
        return float("nan")
    if measure.calculation is Calculation.SUM:
        return float(there.sum())
    if measure.calculation is Calculation.MEAN:
        return float(there.mean())
    at = 0.5 if measure.calculation is Calculation.MEDIAN else (measure.percentile or 0) / 100
    return float(there.quantile(at))
