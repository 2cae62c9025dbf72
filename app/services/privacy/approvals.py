"""Who says that it may be destroyed, and what of it stays?

One person up to a hundred cases, two different people above. What somebody keeps, they keep for a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.policy import Act, Actor
from app.services.cases.load_case import key_of
from app.services.errors import Conflict, Invalid, NotFound
from app.services.permission import demand
from app.services.privacy import destroy
from app.services.privacy.proposals import RETENTION, TWO_FROM
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import retention_rows
from app.storage.repositories.retention_rows import DONE, KEPT, OPEN, PROPOSED, RUNNING, SECOND

APPROVED = "destruction_approved"
LONGEST = 500


def approve(
    actor: Actor, proposal: str, *, keep: Mapping[str, str] | None = None, seen: int | None = None
) -> tuple[str, tuple[int, ...]]:
    """Approve what is proposed but for ``keep`` (case -> why it stays): the state it has now (``second``: somebody else
    approves too; ``running``), and outbox ids that are due. ``seen``: how many cases the page showed.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``proposal_gone``, ``proposal_changed``), ``Invalid``
    (``keep_reason``, ``approve_other``).
    """
    demand(actor, Act.RETENTION_APPROVE)
    with transaction(actor.municipality) as tx:
        row = retention_rows.get(tx, key_of(proposal), lock=True)
        if row is None or row["kind"] != RETENTION:
            raise NotFound
        if row["state"] not in (OPEN, SECOND):
            raise Conflict("proposal_gone")
        items = {item["case"]: item for item in retention_rows.items(tx, row["id"], PROPOSED)}
        if seen is not None and seen != len(items):
            raise Conflict("proposal_changed")
        if row["state"] == SECOND and row["first_by"] == actor.account:
            raise Invalid("approve_other")
        for text, reason in (keep or {}).items():
            _keep(tx, actor, items.pop(key_of(text), None), reason)
        return _go_on(tx, actor, row, items)


def _go_on(
    tx: Transaction, actor: Actor, row: Mapping[str, Any], items: Mapping[int, Mapping[str, Any]]
) -> tuple[str, tuple[int, ...]]:
    cases = sum(item["counts"].get("cases", 1) for item in items.values())
    first = row["state"] == OPEN
    who = {"first_by": actor.account, "first_at": tx.now}
    if not first:
        who = {"second_by": actor.account, "second_at": tx.now}
    state = SECOND if first and cases >= TWO_FROM else RUNNING if items else DONE
    retention_rows.change(tx, row["id"], state=state, **who, **({"finished_at": tx.now} if not items else {}))
    params = {"destruction": ids.to_text(row["id"]), "cases": str(cases), "state": state}
    history.append(tx, None, APPROVED, params, by=actor.account)
    return state, destroy.promise(tx, row["id"], list(items)) if state == RUNNING else ()


def _keep(tx: Transaction, actor: Actor, item: Mapping[str, Any] | None, reason: str) -> None:
    if item is None:
        raise Conflict("proposal_changed")
    reason = reason.strip()[:LONGEST]
    if not reason:
        raise Invalid("keep_reason")
    place = ("destruction_case", f"{item['destruction']}:{item['case']}", "reason")
    retention_rows.settle(
        tx,
        item["destruction"],
        item["case"],
        standing=KEPT,
        reason=tx.sealer.seal_json(place, reason),
        kept_by=actor.account,
        done_at=tx.now,
    )
