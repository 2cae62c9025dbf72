"""How do municipalities compare their figures, of their own will and without anybody's case?

Somebody founds a group and asks others of this installation in. A municipality agrees by a press of its head of service
or its data protection officer, which is registered and can be taken back. What it then shows is a copy of what it
released of closed periods, small numbers hidden already, without forms and neighbourhoods, and the totals of its
reports (``shared_reports``); taking back removes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor
from app.reporting import releases, side_by_side
from app.reporting.closed import CASES, DOMAINS
from app.reporting.side_by_side import Line
from app.services import once
from app.services.errors import Conflict, Invalid, NotFound
from app.services.municipality import municipalities
from app.services.municipality.municipalities import EXERCISE
from app.services.permission import demand
from app.services.reports import shared_reports
from app.services.reports.shared_reports import REPORTS, SharedReport
from app.services.staff import staffing
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import region_rows, release_rows

COUNTED = (CASES, DOMAINS)
SHARED = (*COUNTED, REPORTS)
NAME_MOST = 120
BACK = timedelta(days=366)
"""Of how long ago periods are shown when somebody agrees."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group one founded or was asked into. ``asked``: names of municipalities, slug -> name. ``agreed_at`` and ``by``
    are empty while one shows nothing."""

    id: str
    name: str
    founder: str
    mine: bool
    asked: dict[str, str]
    agreed_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The municipalities of a group side by side: ``names`` in the order of the numbers of each line. ``periods`` to
    choose from, the newest first; without any nobody showed anything yet."""

    group: Group
    periods: tuple[tuple[date, date], ...]
    first: date | None
    last: date | None
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    reports: tuple[SharedReport, ...] = ()


def listed(actor: Actor) -> tuple[Group, ...]:
    """The groups one is in or was asked into. Raises ``Forbidden``."""
    demand(actor, Act.REPORTS_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        return tuple(_group(tx, row) for row in region_rows.regions(tx))


def others(actor: Actor) -> dict[str, str]:
    """The municipalities of this installation that can be asked: slug -> name. Raises ``Forbidden``."""
    demand(actor, Act.FIGURES_SHARE)
    return {
        item.id: item.name
        for item in municipalities.listed()
        if item.kind != EXERCISE and item.id != actor.municipality
    }


def found(actor: Actor, name: str, *, token: str = "") -> str:
    """Found a group; its id. Raises ``Forbidden``, ``Invalid``, ``Conflict`` (sent twice with something else)."""
    demand(actor, Act.FIGURES_SHARE)
    told = " ".join(name.split())
    if not told:
        raise Invalid(errors=(FieldError("name", "required"),))
    if len(told) > NAME_MOST:
        raise Invalid(errors=(FieldError("name", "too_long", (("max", str(NAME_MOST)),)),))
    with transaction(actor.municipality) as tx:
        before = once.first(tx, actor, token, told)
        if before is not None:
            return str(before["region"])
        made = ids.to_text(region_rows.found(tx, told, actor.account))
        history.append(tx, None, "region_founded", {"region": made}, by=actor.account)
        once.gave(tx, token, region=made)
    return made


def ask(actor: Actor, region: str, guest: str) -> None:
    """Ask a municipality into a group of one's own; asking twice asks once. Raises ``Forbidden``, ``NotFound``."""
    known = others(actor)
    with transaction(actor.municipality) as tx:
        group = _of(tx, region)
        if group["municipality"] != actor.municipality or guest not in known:
            raise NotFound
        if region_rows.ask(tx, group["id"], guest, known[guest]):
            history.append(tx, None, "region_asked", {"region": region, "guest": guest}, by=actor.account)


def agree(actor: Actor, region: str) -> None:
    """Show one's released figures to a group from now on. Agreeing twice agrees once. Raises ``Forbidden``,
    ``NotFound`` (nobody asked)."""
    demand(actor, Act.FIGURES_SHARE)
    names = shared_reports.shareable(actor.municipality)
    with transaction(actor.municipality) as tx:
        group = _of(tx, region)
        if region_rows.membership(tx, group["id"]) is not None:
            return
        region_rows.join(tx, group["id"], SHARED, actor.account)
        history.append(tx, None, "region_joined", {"region": region}, by=actor.account)
        _show(tx, group["id"], names)


def withdraw(actor: Actor, region: str) -> None:
    """Show nothing any more, and take back what was shown. Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``gone``:
    one did not share)."""
    demand(actor, Act.FIGURES_SHARE)
    with transaction(actor.municipality) as tx:
        group = _of(tx, region)
        if not region_rows.leave(tx, group["id"], actor.account):
            raise Conflict("gone")
        history.append(tx, None, "region_left", {"region": region}, by=actor.account)


def show_new(municipality: str) -> None:
    """Show what was released since to every group one shares with."""
    names = shared_reports.shareable(municipality)
    with transaction(municipality) as tx:
        for row in region_rows.memberships(tx):
            if row["ended_at"] is None:
                _show(tx, row["region"], names if REPORTS in row["reports"] else ())


def compare(actor: Actor, region: str, period: str = "") -> Comparison:
    """The members of a group side by side over a period (by its first day; empty: the newest). Only for members.

    Raises ``Forbidden``, ``NotFound`` (no such group or period, or one is no member).
    """
    demand(actor, Act.REPORTS_READ)
    names = {item.id: item.name for item in municipalities.listed()}
    with transaction(actor.municipality, readonly=True) as tx:
        group = _group(tx, _of(tx, region))
        if group.agreed_at is None:
            raise NotFound
        rows = {report: region_rows.figures(tx, ids.from_text(region), report) for report in COUNTED}
        reports = shared_reports.compared(tx, ids.from_text(region), names)
    periods = tuple(dict.fromkeys((row["first"], row["last"]) for row in rows[CASES]))
    chosen = next((item for item in periods if period in ("", item[0].isoformat())), None)
    if chosen is None:
        if period:
            raise NotFound
        return Comparison(group, (), None, None, (), (), reports)
    parts = {
        report: {
            row["municipality"]: releases.load(row["content"])
            for row in found
            if (row["first"], row["last"]) == chosen
        }
        for report, found in rows.items()
    }
    who = [name for name in parts[CASES] if name in parts[DOMAINS]]
    made = side_by_side.lines([parts[CASES][name] for name in who], [parts[DOMAINS][name] for name in who])
    shown = tuple(names.get(name, name) for name in who)
    return Comparison(group, periods, *chosen, shown, made, reports)


def _show(tx: Transaction, region: int, names: tuple[str, ...]) -> None:
    since = (tx.now - BACK).date()
    shared_reports.show(tx, region, names, since)
    for report in COUNTED:
        for row in release_rows.listed(tx, report):
            if row.last >= since:
                made = releases.only(releases.load(row.content), side_by_side.SHOWN)
                region_rows.show(tx, region, report, (row.first, row.last), releases.dump(made))


def _of(tx: Transaction, region: str) -> dict[str, Any]:
    try:
        wanted = ids.from_text(region)
    except ValueError:
        raise NotFound from None
    group = next((row for row in region_rows.regions(tx) if row["id"] == wanted), None)
    if group is None:
        raise NotFound
    return group


def _group(tx: Transaction, row: dict[str, Any]) -> Group:
    mine, member = row["municipality"] == tx.municipality, region_rows.membership(tx, row["id"])
    workers = staffing.world(tx.municipality).staffing.workers
    return Group(
        id=ids.to_text(row["id"]),
        name=row["name"],
        founder=row["municipality"],
        mine=mine,
        asked={guest["guest"]: guest["name"] for guest in region_rows.guests(tx, row["id"])} if mine else {},
        agreed_at=member["agreed_at"] if member else None,
        by=workers[member["account"]].name if member and member["account"] in workers else "",
    )
