"""How does one running case go over to the versions that run now?

Looked at first, written later: when something of it changed in between it is looked at again, and left alone when more
would be lost than was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.engine import values
from app.engine.migrating import Due, Pair, Plan, plan
from app.services.cases import apply_decision, effects
from app.services.cases.apply_decision import MAIL
from app.services.cases.load_case import Desk, Loaded, Pinned, load, pin
from app.services.cases.open_case import submission_row
from app.services.errors import NotFound
from app.services.moving import move_snapshot
from app.storage import ids, json_codec
from app.storage.database import Transaction
from app.storage.repositories import case_rows, move_rows
from app.storage.repositories.event_rows import NewEvent

Row = Mapping[str, Any]
WAITING, MOVABLE, FIXED = "waiting", "movable", "fixed"
MOVED, SKIPPED, FAILED = "moved", "skipped", "failed"
CHANGED_VERSIONS = "version_moved"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the preview told of a case. ``lost``: field, part and label; never what was answered."""

    lost: tuple[tuple[str, str, str], ...] = ()
    dues: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of a loaded case, and the definitions it would run on."""

    plan: Plan | None
    pin: Pinned
    refusal: str = ""

    @property
    def shown(self) -> Shown:
        """What may be told of it."""
        if self.plan is None:
            return Shown()
        lost = tuple((item.field, item.part, item.label) for item in self.plan.lost)
        return Shown(lost, self.plan.dues)


def look(tx: Transaction, desk: Desk, move: Row, item: Row) -> None:
    """Write down what moving a case would do."""
    loaded = load(tx, desk, item["case"])
    found = planned(tx, desk, move, loaded)
    shown = json_codec.to_plain(found.shown)
    move_rows.settle(
        tx,
        item,
        {
            "standing": FIXED if found.refusal else MOVABLE,
            "reason": found.refusal,
            "state_from": loaded.case.state,
            "state_to": "" if found.refusal or found.plan is None else found.plan.state,
            "version_from": loaded.pin.workflow_version,
            "seen": loaded.row["version"],
            "shown": tx.sealer.seal_json(_place(item, "shown"), shown),
        },
    )


def carry_over(tx: Transaction, desk: Desk, move: Row, item: Row) -> None:
    """Move a case, or write down why not."""
    loaded = load(tx, desk, item["case"], lock=True)
    found = planned(tx, desk, move, loaded)
    reason = found.refusal or _more(found, item, loaded, shown_of(tx, item))
    if reason or found.plan is None:
        move_rows.settle(tx, item, {"standing": SKIPPED, "reason": reason})
        return
    before = move_snapshot.taken(tx, loaded)
    change = apply_decision.begin(loaded, move["author"] or "")
    change.events.append(_told(desk, loaded, found.pin, move))
    effects.gather(tx, found.pin, change, found.plan.decision)
    change.promises = [made for made in change.promises if made.kind != MAIL]  # nobody is written to
    change.columns.update(
        form_version=found.pin.form_version,
        workflow_version=found.pin.workflow_version,
        submission=_revision(tx, loaded, found),
    )
    apply_decision.write(tx, change)
    move_rows.settle(
        tx,
        item,
        {
            "standing": MOVED,
            "reason": "",
            "state_from": loaded.case.state,
            "state_to": found.plan.state,
            "version_from": loaded.pin.workflow_version,
            "after": loaded.row["version"] + 1,
            "before": tx.sealer.seal_json(_place(item, "before"), before),
        },
    )


def planned(tx: Transaction, desk: Desk, move: Row, loaded: Loaded) -> Planned:
    """What moving a loaded case to what runs now would do; ``refusal`` as in ``Plan``, or archived, newer (somebody
    published since the batch was made), apart (the process no longer knows the form) or same."""
    row = loaded.row
    try:
        flow, form = desk.catalog.workflow(row["workflow"]), desk.catalog.form(row["form"])
    except NotFound:
        return Planned(None, loaded.pin, "archived")
    pins = row["form_version"], row["workflow_version"]
    refusal = ""
    if flow.id != move["workflow_version"]:
        refusal = "newer"
    elif form.form.id not in flow.workflow.forms:
        refusal = "apart"
    elif pins == (form.id, flow.id):
        refusal = "same"
    if refusal:
        return Planned(None, loaded.pin, refusal)
    there = pin(desk, form.id, flow.id)
    old = Pair(loaded.pin.form, loaded.pin.workflow)
    new = Pair(
        old.form if form.id == pins[0] else there.form, old.workflow if flow.id == pins[1] else there.workflow
    )
    (sent,) = case_rows.submissions(tx, [row["submission"]])
    found = plan(
        loaded.case,
        old,
        new,
        move["states"],
        now=tx.now,
        world=there.world,
        contact_points=there.contact_points,
        audience=sent["audience"],
    )
    return Planned(found, there, found.refusal)


def shown_of(tx: Transaction, item: Row) -> Shown:
    """What the preview told."""
    if item["shown"] is None:
        return Shown()
    return json_codec.from_plain(Shown, tx.sealer.open_json(_place(item, "shown"), item["shown"]))


def before_of(tx: Transaction, item: Row) -> Row:
    """What was kept to undo it."""
    found: Row = tx.sealer.open_json(_place(item, "before"), item["before"])
    return found


def _more(found: Planned, item: Row, loaded: Loaded, shown: Shown) -> str:
    """Why a case that changed since the preview is better looked at by a person."""
    if found.plan is None or loaded.row["version"] == item["seen"]:
        return ""
    if {(name, part) for name, part, _ in found.shown.lost} - {(name, part) for name, part, _ in shown.lost}:
        return "more_lost"
    return "" if found.plan.state in (loaded.case.state, item["state_to"]) else "other_state"


def _revision(tx: Transaction, loaded: Loaded, found: Planned) -> int:
    """The answers in the new form version, beside the submission as it was sent; its key."""
    old: int = loaded.row["submission"]
    if found.plan is None or found.pin.form_version == loaded.pin.form_version:
        return old
    (sent,) = case_rows.submissions(tx, [old])
    key = ids.new_id()
    data = values.to_json(found.pin.form, found.plan.answers)
    row = submission_row(tx, key, found.pin.form_version, data)
    row.update(
        {name: sent[name] for name in ("audience", "by", "referrer_link", "received_at")},
        token=f"move:{ids.to_text(key)}",
        revision=sent["revision"] + 1,
        replaces=old,
    )
    if sent["sealed"] is None:  # erased: there is nothing to carry, and nothing comes back
        row["sealed"] = None
    case_rows.insert_submission(tx, row)
    return key


def _told(desk: Desk, loaded: Loaded, there: Pinned, move: Row) -> NewEvent:
    params = move_snapshot.versions(desk, loaded, there.form_version, there.workflow_version)
    return NewEvent(CHANGED_VERSIONS, {**params, "note": move["note"]}, by=move["author"] or "")


def _place(item: Row, what: str) -> tuple[str, int, str]:
    return ("case_moved", item["case"], f"{what}:{item['move']}")
