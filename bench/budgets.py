"""Which promises of the design are measured here, and what came of them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.databases import Place
from bench.desk import Control
from bench.paired import Effort, Paired, Side, measure
from bench.product import Product

GET, POST, WRONG, JUDGE = (
    "GET the broad intake, blank",
    "POST it valid: route, tasks, timers, outbox",
    "POST it with two errors",
    "judge the answers",
)
HIGHEST: dict[tuple[str, str], float] = {
    (GET, "SQLite"): 0.08,
    (GET, "PostgreSQL"): 0.12,
    (POST, "SQLite"): 1.0,
    (POST, "PostgreSQL"): 1.0,
    (JUDGE, "SQLite"): 0.5,
}
"""Highest ratio to the control (design, section 10); what is not here is printed for information."""
QUICK = {
    GET: Effort(5, 8, 80),
    POST: Effort(7, 15, 15),
    WRONG: Effort(3, 5, 15),
    JUDGE: Effort(5, 60, 120),
}
FULL = {
    GET: Effort(21, 15, 150),
    POST: Effort(31, 25, 25),
    WRONG: Effort(9, 10, 30),
    JUDGE: Effort(15, 150, 300),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``budget`` None: for information."""

    what: str
    kind: str
    paired: Paired
    budget: float | None

    @property
    def within(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        return None if self.budget is None else self.paired.ratio <= self.budget


def rows(place: Place, effort: dict[str, Effort]) -> Iterator[Row]:
    """Measure everything on one kind of database."""
    product, control = Product(place.product, place.folder / "data"), Control(place.control)
    try:
        for what, first, second in (
            (GET, control.getting(), product.getting()),
            (POST, control.handing_in(), product.handing_in()),
            (WRONG, control.handing_in_wrong(), product.handing_in_wrong()),
        ):
            yield _row(what, place.kind, measure(first, second, effort[what]))
        if place.kind == "SQLite":  # no database in it: once is enough
            with control.app.test_request_context():
                judged = measure(Side(control.judging()), Side(product.judging()), effort[JUDGE])
            yield _row(JUDGE, place.kind, judged)
    finally:
        product.close()
        control.close()


def _row(what: str, kind: str, paired: Paired) -> Row:
    return Row(what, kind, paired, HIGHEST.get((what, kind)))
