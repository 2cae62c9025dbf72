"""How does a whole batch of cases get looked at, moved or undone, each of them exactly once?

Through the outbox, some cases a row. Every case is a transaction of its own in which the lease is held on to and the
case's line in the batch changes: a worker that dies half way leaves what it did done, and who takes the row when the
lease has run out goes on with the rest.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.services.cases.load_case import Desk, desk_of, load
from app.services.follow_up.fire_timer import LeaseLost
from app.services.moving import migrate_case, move_snapshot
from app.services.moving.migrate_case import FAILED, FIXED, MOVABLE, MOVED, WAITING
from app.storage import ids, outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import move_rows

MIGRATE = "migrate"
BATCH = 20
"""Cases in one outbox row: well within a lease."""
TRIES = 4
"""After so many times a case that cannot be written is left and told."""
LOOK, MOVE, UNDO = "look", "move", "undo"
UNDONE, LEFT = "undone", "left"
ERROR = "error"
_log = logging.getLogger(__name__)
Row = Mapping[str, Any]
Step = Callable[[Transaction, Desk, Row, Row], None]


def promise(tx: Transaction, move: int, step: str, cases: Sequence[int]) -> tuple[int, ...]:
    """Have a step of a batch done; outbox ids that are due."""
    made: list[int] = []
    for start in range(0, len(cases), BATCH):
        payload = {
            "move": ids.to_text(move),
            "step": step,
            "cases": [ids.to_text(key) for key in cases[start : start + BATCH]],
        }
        fresh = outbox.emit(tx, MIGRATE, f"{MIGRATE}:{payload['move']}:{step}:{start}", payload)
        made += [] if fresh is None else [fresh]
    return tuple(made)


def carry_out(municipality: str, row: Leased) -> tuple[int, ...]:
    """Do one row. Raises ``LeaseLost``, and what went wrong with a case as long as it is worth another try."""
    desk = desk_of(municipality)
    move, step = ids.from_text(row.payload["move"]), row.payload["step"]
    wrong: Exception | None = None
    for text in row.payload["cases"]:
        try:
            _one(desk, row, move, ids.from_text(text))
        except LeaseLost:
            raise
        except Exception as error:
            _log.error("case not carried over: step=%s error=%s", step, type(error).__name__)
            wrong = error
            if row.attempts >= TRIES:
                _give_up(desk, row, move, ids.from_text(text))
    if wrong is not None and row.attempts < TRIES:
        raise wrong
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
    return ()


def _one(desk: Desk, row: Leased, move: int, case: int) -> None:
    begins, do, _ = _STEPS[row.payload["step"]]
    with transaction(desk.municipality) as tx:
        if not outbox.extend(tx, row):
            raise LeaseLost
        batch, item = move_rows.get(tx, move), move_rows.item(tx, move, case, lock=True)
        if batch is not None and item is not None and item["standing"] == begins:
            do(tx, desk, batch, item)


def _give_up(desk: Desk, row: Leased, move: int, case: int) -> None:
    begins, _, ends = _STEPS[row.payload["step"]]
    with transaction(desk.municipality) as tx:
        if not outbox.extend(tx, row):
            raise LeaseLost
        item = {"move": move, "case": case, "standing": begins}
        move_rows.settle(tx, item, {"standing": ends, "reason": ERROR})


def _undo(tx: Transaction, desk: Desk, move: Row, item: Row) -> None:
    loaded = load(tx, desk, item["case"], lock=True)
    reason = move_snapshot.happened(tx, loaded.row, item["after"])
    if reason:
        move_rows.settle(tx, item, {"standing": LEFT, "reason": reason})
        return
    move_snapshot.put_back(tx, desk, loaded, migrate_case.before_of(tx, item), move["author"] or "")
    move_rows.settle(tx, item, {"standing": UNDONE, "reason": "", "before": None})


_STEPS: Mapping[str, tuple[str, Step, str]] = {
    LOOK: (WAITING, migrate_case.look, FIXED),
    MOVE: (MOVABLE, migrate_case.carry_over, FAILED),
    UNDO: (MOVED, _undo, LEFT),
}
"""Where a case stands before a step, the step, and where it stands when that cannot be done."""
