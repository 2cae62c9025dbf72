"""How does somebody keep a way of looking at the queue, under a name, and give it to the team?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.engine import policy
from app.engine.policy import Act, Actor
from app.services.cases.load_case import desk_of
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.tasks import choice as choices
from app.services.tasks.choice import Choice
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import view_rows
from app.storage.repositories.view_rows import ViewRow

MOST = 20
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class SavedView:
    """``mine``: this viewer made it; else a lead shared it. ``first``: its owner begins with it."""

    id: str
    name: str
    choice: Choice
    mine: bool
    shared: bool
    first: bool


def of(actor: Actor) -> tuple[SavedView, ...]:
    """What this person kept, and what is shared with the team; in the order they were made, own first."""
    if not policy.may_ever(actor, Act.QUEUE_READ):
        raise Forbidden(str(Act.QUEUE_READ))
    with transaction(actor.municipality, readonly=True) as tx:
        found = [_told(row, actor) for row in view_rows.for_account(tx, actor.account)]
    usable = (view for view in found if view.choice.scope != "team" or _leads(actor))
    return tuple(sorted(usable, key=lambda view: not view.mine))


def save(actor: Actor, name: str, chosen: Choice, *, shared: bool = False, first: bool = False) -> str:
    """Keep a view; its id. Raises Invalid (no name, a name taken, too many), Forbidden to share without leading."""
    if not policy.may_ever(actor, Act.QUEUE_READ) or not actor.account or (shared and not _leads(actor)):
        raise Forbidden(str(Act.QUEUE_READ))
    choices.demand_sound(chosen)
    key = ids.new_id()
    with transaction(actor.municipality) as tx:
        wanted = _name(tx, actor, name)
        if first:
            view_rows.none_first(tx, actor.account)
        row = ViewRow(key, actor.account, wanted, choices.to_plain(chosen), shared, first)
        view_rows.insert(tx, row)
    return ids.to_text(key)


def change(
    actor: Actor, view: str, *, name: str | None = None, shared: bool | None = None, first: bool | None = None
) -> None:
    """Rename it, share it or no longer, begin with it or no longer. Raises NotFound for what is not theirs."""
    if shared and not _leads(actor):
        raise Forbidden(str(Act.OVERVIEW_READ))
    with transaction(actor.municipality) as tx:
        row = _own(tx, actor, view)
        if name is not None and name.strip() != row.name:
            row = replace(row, name=_name(tx, actor, name))
        if first:
            view_rows.none_first(tx, actor.account)
        row = replace(
            row,
            shared=row.shared if shared is None else shared,
            first=row.first if first is None else first,
        )
        view_rows.update(tx, row)


def remove(actor: Actor, view: str) -> None:
    """Forget it. Raises NotFound for what is not theirs."""
    with transaction(actor.municipality) as tx:
        view_rows.delete(tx, _own(tx, actor, view).id)


def words(actor: Actor, chosen: Choice) -> tuple[str, ...]:
    """What a choice filters, in words, to name it by."""
    return tuple(item.text for item in choices.told(desk_of(actor.municipality), chosen))


def _name(tx: Transaction, actor: Actor, name: str) -> str:
    name = " ".join(name.split())
    own = [row for row in view_rows.for_account(tx, actor.account) if row.account == actor.account]
    if not name or len(name) > LONGEST_NAME:
        raise Invalid("view_name")
    if any(row.name.casefold() == name.casefold() for row in own):
        raise Invalid("view_taken", name=name)
    if len(own) >= MOST:
        raise Invalid("view_many", n=str(MOST))
    return name


def _own(tx: Transaction, actor: Actor, view: str) -> ViewRow:
    try:
        row = view_rows.get(tx, ids.from_text(view))
    except ValueError as error:
        raise NotFound from error
    if row is None or row.account != actor.account:
        raise NotFound
    return row


def _leads(actor: Actor) -> bool:
    return policy.may_ever(actor, Act.OVERVIEW_READ)


def _told(row: ViewRow, actor: Actor) -> SavedView:
    return SavedView(
        ids.to_text(row.id),
        row.name,
        choices.from_plain(row.choice),
        row.account == actor.account,
        row.shared,
        row.first,
    )
