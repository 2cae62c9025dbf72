"""How does a colleague get to see a case that is not theirs? For a purpose, on a ground of the law, for a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.engine.model.cases import Refusal
from app.engine.policy import Act, Actor
from app.services.cases import relation, told
from app.services.cases.apply_decision import VERSION
from app.services.cases.case_beside import Sharing
from app.services.cases.load_case import Loaded, desk_of, key_of, load
from app.services.cases.open_case import refused
from app.services.errors import Invalid, NotFound
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.history import Entry
from app.storage.repositories import event_rows
from app.storage.repositories.event_rows import NewEvent

SHARED, UNSHARED = "shared", "unshared"
LONGEST_REASON = 500
CONSENT = "toestemming"
BASES = (CONSENT, "gedeeld_beroepsgeheim", "casusoverleg", "noodtoestand", "wettelijke_plicht")
"""On what ground a professional secret may be shared (domain.md 4 C); texts ``sharing.basis.<code>``."""


def share(
    actor: Actor, case_id: str, *, with_account: str, reason: str, basis: str, until: date | None = None
) -> None:
    """Let one colleague read one case, for a purpose (``reason``, sealed) on a ``basis``, until the end of a day.

    The holder or a substitute decides (Forbidden). Raises ``NotFound`` (nobody's account) and ``Invalid``:
    ``reason_needed``, ``basis_needed``, ``until_past``, ``share_holder``, or ``not_to`` for who may never get it.
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid("reason_needed")
    if basis not in BASES:
        raise Invalid("basis_needed")
    desk = desk_of(actor.municipality)
    worker = desk.world.staffing.workers.get(with_account)
    if worker is None or not worker.active:
        raise NotFound
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, key_of(case_id), lock=True)
        _demand(tx, actor, loaded)
        if with_account in loaded.kept_from:
            raise refused(Refusal("not_to", (("name", worker.name),)))
        if with_account == loaded.row["holder"]:
            raise refused(Refusal("share_holder", (("name", worker.name),)))
        if until is not None and until < relation.local_day(loaded.pin, tx.now):
            raise refused(Refusal("until_past"))
        params = {"account": with_account, "basis": basis, "until": until.isoformat() if until else ""}
        if not _stands(tx, actor, loaded, params, reason):
            _write(tx, actor, loaded, NewEvent(SHARED, params, content={"reason": reason}))


def unshare(actor: Actor, case_id: str, *, with_account: str) -> None:
    """End it, at will."""
    desk = desk_of(actor.municipality)
    if with_account not in desk.world.staffing.workers:
        raise NotFound
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, key_of(case_id), lock=True)
        _demand(tx, actor, loaded)
        _write(tx, actor, loaded, NewEvent(UNSHARED, {"account": with_account}))


def end_by_consent(tx: Transaction, loaded: Loaded) -> None:
    """A consent was taken back: whoever reads along on that ground alone reads no more, from this moment."""
    entries = history.entries(tx, loaded.row["id"])
    today = relation.local_day(loaded.pin, tx.now)
    shared = [item for item in listed(entries, loaded, today, content=False) if item.basis == CONSENT]
    params = [{"account": item.account, VERSION: str(loaded.row["version"])} for item in shared]
    event_rows.append_all(tx, loaded.row["id"], [NewEvent(UNSHARED, told_) for told_ in params])


def listed(entries: Iterable[Entry], loaded: Loaded, today: date, *, content: bool) -> tuple[Sharing, ...]:
    """With whom the case of these events is shared today, the last first; the purposes only with the content."""
    now = relation.shared_with(entries, today)
    found: dict[str, Sharing] = {}
    for entry in entries:  # the last first
        account = entry.params.get("account", "")
        if entry.code != SHARED or account not in now or account in found:
            continue
        said = entry.content if content and isinstance(entry.content, dict) else {}
        found[account] = Sharing(
            account=account,
            name=told.name(account, loaded.pin),
            basis=entry.params.get("basis", ""),
            since=entry.at,
            by=told.name(entry.by, loaded.pin),
            until=relation.until_of(entry),
            reason=str(said.get("reason", "")),
        )
    return tuple(found.values())


def _stands(tx: Transaction, actor: Actor, loaded: Loaded, params: Mapping[str, str], reason: str) -> bool:
    """Whether the same person shared it with the same words already, and nothing ended it: the same press once more."""
    entries = (entry for entry in history.entries(tx, loaded.row["id"]) if entry.code in (SHARED, UNSHARED))
    last = next((entry for entry in entries if entry.params.get("account") == params["account"]), None)
    if last is None or (last.code, last.by, last.content) != (SHARED, actor.account, {"reason": reason}):
        return False
    return all(last.params.get(name, "") == text for name, text in params.items())


def _demand(tx: Transaction, actor: Actor, loaded: Loaded) -> None:
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    relation.demand_seen(actor, Act.CASE_SHARE, found)


def _write(tx: Transaction, actor: Actor, loaded: Loaded, event: NewEvent) -> None:
    params = {**event.params, VERSION: str(loaded.row["version"])}
    made = NewEvent(event.code, params, by=actor.account, content=event.content)
    event_rows.append_all(tx, loaded.row["id"], [made])
