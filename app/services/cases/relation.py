"""What is this case to this person, and may they do that with it?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from app.engine import policy, staff
from app.engine.policy import Act, Actor, Relation
from app.services.cases.load_case import KEPT_FROM, Pinned, Row
from app.services.errors import Forbidden, NotFound

ONLOOKER_KINDS = frozenset({"escalation", "limit"})
"""Tasks that say something is late; they do not make the case theirs."""
LEADING = frozenset({"team_lead", "head_of_service"})
NEARBY, AID = "neighbourhood_lead", "ocmw"


def relations(
    actor: Actor,
    row: Row,
    tasks: Iterable[Row],
    pinned: Pinned,
    now: datetime,
    *,
    shared: Collection[str] = (),
) -> frozenset[Relation]:
    """Everything the case is to ``actor``; ``shared`` holds the accounts it is shared with. Nothing at all to who may
    never get it, unless it is theirs now: then they can give it away."""
    found = {Relation.OTHER}
    if not actor.account or (actor.account in row[KEPT_FROM] and row["holder"] != actor.account):
        return frozenset({Relation.NONE})
    if row["holder"] == actor.account:
        found.add(Relation.OWN)
    if actor.account in stands_in(row, pinned, now):
        found.add(Relation.SUBSTITUTE)
    if actor.account in shared or _has_part(actor, tasks):
        found.add(Relation.SHARED)
    if holds(actor.account, row, pinned):
        found.add(Relation.SERVICE)
        if unclaimed(row, tasks, pinned):
            found.add(Relation.GROUP)
    return frozenset(found | _by_role(actor, row, pinned))


def stands_in(row: Row, pinned: Pinned, now: datetime) -> frozenset[str]:
    """Who may act in the holder's place on this case now."""
    place = (row["contact_point"], row["neighbourhood"])
    never: frozenset[str] = row[KEPT_FROM]
    return staff.substitutes_of(row["holder"], *place, pinned.world, now) - never


def holds(account: str, row: Row, pinned: Pinned) -> bool:
    """Whether the case's contact point, anywhere in the municipality, is (also) this person's."""
    return any(
        account in (holding.holder, holding.owner, *holding.substitutes)
        for holding in pinned.world.staffing.holdings
        if holding.contact_point == row["contact_point"]
    )


def _by_role(actor: Actor, row: Row, pinned: Pinned) -> set[Relation]:
    """What a case is to who leads, or looks after a neighbourhood."""
    found = set()
    if NEARBY in actor.roles and _in_their_neighbourhood(actor, row, pinned):
        found.add(Relation.NEIGHBOURHOOD)
    if LEADING & actor.roles and _same_house(actor, row):
        found.add(Relation.TEAM)
    return found


def _in_their_neighbourhood(actor: Actor, row: Row, pinned: Pinned) -> bool:
    """Whether they hold something for the neighbourhood of a case that is no help of the OCMW."""
    return row["controller"] != AID and any(
        holding.neighbourhood and holding.neighbourhood == row["neighbourhood"]
        for holding in pinned.world.staffing.holdings
        if actor.account in (holding.holder, *holding.substitutes)
    )


def unclaimed(row: Row, tasks: Iterable[Row], pinned: Pinned) -> bool:
    """Whether the case waits in a group queue."""
    point = pinned.contact_points.get(row["contact_point"])
    return bool(point and point.group and row["closed_at"] is None) and not any(
        task["claimed"] for task in tasks if task["state"] == "open"
    )


def restricted(row: Row, pinned: Pinned) -> bool:
    """Whether only the holder may read it."""
    point = pinned.contact_points.get(row["contact_point"])
    return bool(point and point.restricted)


def allowed(actor: Actor, act: Act, found: Iterable[Relation]) -> bool:
    """Whether one of the relations allows ``act``."""
    return any(policy.may(actor, act, relation) for relation in found)


def demand(actor: Actor, act: Act, found: Iterable[Relation]) -> None:
    """Raise Forbidden unless one of the relations allows ``act``."""
    if not allowed(actor, act, found):
        raise Forbidden(str(act))


def demand_seen(actor: Actor, act: Act, found: Collection[Relation]) -> None:
    """Raise NotFound for who may not even know of the case, Forbidden for who may and still may not do ``act``."""
    if not allowed(actor, Act.CASE_FIND, found) and not allowed(actor, act, found):
        raise NotFound
    demand(actor, act, found)


def demand_ever(actor: Actor, act: Act) -> None:
    """Raise Forbidden when nothing could make ``act`` possible for ``actor``."""
    if not policy.may_ever(actor, act):
        raise Forbidden(str(act))


def strongest(found: Collection[Relation]) -> Relation:
    """The relation to name on a page."""
    order = (
        Relation.OWN,
        Relation.SUBSTITUTE,
        Relation.SHARED,
        Relation.GROUP,
        Relation.SERVICE,
        Relation.NEIGHBOURHOOD,
        Relation.TEAM,
    )
    nothing = Relation.NONE if Relation.NONE in found else Relation.OTHER
    return next((relation for relation in order if relation in found), nothing)


def shared_with(events: Iterable[Any], today: date) -> frozenset[str]:
    """The accounts a case is shared with on ``today``, from its events in any order (``seq, code, params``)."""
    holders: dict[str, date | None] = {}
    for event in sorted(events, key=lambda item: int(item.seq)):
        if event.code == "shared":
            holders[event.params["account"]] = until_of(event)
        elif event.code == "unshared":
            holders.pop(event.params["account"], None)
    return frozenset(account for account, until in holders.items() if until is None or today <= until)


def until_of(event: Any) -> date | None:
    """The last day of a sharing; None without an end."""
    text = event.params.get("until", "")
    return date.fromisoformat(text) if text else None


def local_day(pinned: Pinned, now: datetime) -> date:
    """The date on the wall of the municipality at ``now``."""
    return now.astimezone(pinned.world.calendar.zone).date()


def _has_part(actor: Actor, tasks: Iterable[Row]) -> bool:
    return any(
        task["assignee"] == actor.account
        and task["state"] == "open"
        and not task["onlooker"]
        and task["kind"] not in ONLOOKER_KINDS
        for task in tasks
    )


def _same_house(actor: Actor, row: Row) -> bool:
    return not actor.controller or not row["controller"] or actor.controller == row["controller"]
