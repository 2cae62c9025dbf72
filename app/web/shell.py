"""What does every page carry around it: menu, words, tokens, the date in words?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask import Flask, current_app, request, url_for
from markupsafe import Markup

from app.engine.policy import Act, may_ever
from app.texts import addressed, has, say
from app.web import assets, csrf, elsewhere, emergency_bar, look, visitor
from app.web.studio import menu as studio
from app.web.studio import safe

ZONE = ZoneInfo("Europe/Brussels")
LANGUAGE = "nl"


class Dated(Protocol):
    """Something that happened."""

    @property
    def at(self) -> datetime:
        """When."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One link of the menu; ``current`` when the page lies under it."""

    label: str
    endpoint: str
    href: str
    current: bool


MENU = (
    ("home", "home.index", Act.ACCOUNT_OWN),
    ("queue", "queue.index", Act.QUEUE_READ),
    ("reception", "reception.index", Act.DRAFT_OWN),
    ("partners", "partners.index", Act.STAFFING_READ),
    ("referrals", "partner_page.mine", Act.REFERRAL_OWN),
    ("overview", "overview.index", Act.OVERVIEW_READ),
    ("reports", "reports.index", Act.REPORTS_READ),
    ("searches", "finding.searches", Act.AUDIT_READ),
    ("consents", "consents.index", Act.CONSENTS_READ),
    ("keeping", "terms.index", Act.RETENTION_READ),
    ("emergency", "emergency.index", Act.AUDIT_READ),
    ("mailbox", "mailbox.index", Act.MAILBOX_READ),
)


PUBLISHED = (
    ("privacy", "statements.privacy"),
    ("accessibility", "statements.accessibility"),
    ("protocols", "statements.protocols_page"),
    ("complaints", "statements.complaints"),
)
"""What a municipality says of itself to everybody: text and endpoint."""

UNDER = {
    "rights": "terms",
    "elsewhere": "reports",
    "regions": "reports",
    "listing": "reports",
    "campaigns": "overview",
}
"""Blueprints without an entry of their own, and the one they are reached from."""


def install(app: Flask) -> None:
    """Make the words and the menu known to all templates."""
    app.jinja_env.globals.update(
        ace_asset=assets.ace_asset,
        say=say,
        has=has,
        asset=assets.asset,
        behind_lock=behind_lock,
        bootstrap_asset=assets.bootstrap_asset,
        csrf_token=csrf.token,
        emergency_bars=emergency_bar.shown,
        is_exercise=look.is_exercise,
        is_framed=visitor.is_framed,
        link=link,
        logo_address=look.logo_address,
        menu=menu,
        municipality_name=visitor.municipality_name,
        outbox_held=safe.held,
        outside_linked=elsewhere.is_linked,
        outside_offer=elsewhere.offer,
        privacy_say=privacy_say,
        published=published,
        studio_menu=studio_menu,
        style_address=look.style_address,
        visitor=visitor.signed_in,
    )
    app.jinja_env.filters.update(
        by_day=by_day,
        clock=clock,
        day=day,
        day_short=day_short,
        dialled=dialled,
        due_day=due_day,
        in_fours=in_fours,
        moment=moment,
        month_year=month_year,
        plain_markup=plain_markup,
    )
    app.context_processor(lambda: {"demo": current_app.config["IS_DEMO"] and not look.is_real()})


def behind_lock() -> str:
    """The name of whose screen is locked; empty when none is."""
    found = visitor.half()
    return found.name if found is not None and found.locked else ""


def menu() -> list[MenuEntry]:
    """The entries that make sense for who is signed in."""
    if not visitor.is_signed_in():
        return []
    who = visitor.actor()
    entries = [
        _entry(f"pages.menu.{code}", endpoint)
        for code, endpoint, named in MENU
        if may_ever(who, named) and endpoint in current_app.view_functions
    ]
    rooms = studio.entries(who)
    if rooms:
        current = request.blueprint in studio.BLUEPRINTS
        first = rooms[0][1]
        entries.append(MenuEntry(say("pages.menu.studio"), first, link(first), current))
    return entries


def studio_menu() -> list[MenuEntry]:
    """The pages of the studio for who is signed in."""
    return [_entry(f"studio_menu.{code}", endpoint) for code, endpoint in studio.entries(visitor.actor())]


def _entry(code: str, endpoint: str) -> MenuEntry:
    here = request.blueprint or ""
    current = endpoint.partition(".")[0] in (here, studio.UNDER.get(here), UNDER.get(here))
    return MenuEntry(say(code), endpoint, link(endpoint), current)


_links: dict[tuple[str, str], str] = {}


def link(endpoint: str) -> str:
    """The address of a page without parameters, worked out once."""
    key = (request.script_root, endpoint)
    if key not in _links:
        _links[key] = url_for(endpoint)
    return _links[key]


def day(value: date | datetime | None) -> str:
    """``maandag 9 november 2026``."""
    return format_date(_local(value), "EEEE d MMMM y", locale=LANGUAGE) if value else ""


def day_short(value: date | datetime | None) -> str:
    """``ma 9 nov``."""
    return format_date(_local(value), "EEEEEE d MMM", locale=LANGUAGE).replace(".", "") if value else ""


def month_year(value: date) -> str:
    """``november 2026``."""
    return format_date(value, "LLLL y", locale=LANGUAGE)


def moment(value: datetime | None) -> str:
    """``9 november 2026, 9.40 uur``."""
    return format_datetime(_local(value), "d MMMM y, H.mm 'uur'", locale=LANGUAGE) if value else ""


def clock(value: datetime | None) -> str:
    """``9.40``."""
    return format_datetime(_local(value), "H.mm", locale=LANGUAGE) if value else ""


def due_day(on: date, days: int | None) -> str:
    """``vandaag``, ``morgen, dinsdag 24 november`` or ``2 dagen te laat, vrijdag 20 november``."""
    written = format_date(on, "EEEE d MMMM y", locale=LANGUAGE)
    if days is None:
        return say("queue.due.later", day=written)
    if days < 0:
        return say("queue.due.late", n=-days, day=written)
    return say(f"queue.due.{('today', 'tomorrow')[days]}" if days < 2 else "queue.due.later", day=written)


def privacy_say(code: str, address: str) -> str:
    """A text about data, to somebody who is called je or u."""
    return say(addressed(f"privacy.{code}", address))


def published() -> list[tuple[str, str]]:
    """What every page links to at its end, name and address; nothing where no municipality lives."""
    if not visitor.municipality_name():
        return []
    return [(say(f"publishing.{code}"), url_for(endpoint)) for code, endpoint in PUBLISHED]


def by_day(lines: Iterable[Dated]) -> list[tuple[date, list[Dated]]]:
    """Things with an ``at``, under the day they happened here, in the order given."""
    return [(found, list(some)) for found, some in groupby(lines, key=lambda line: _date(line.at))]


def dialled(text: str) -> str:
    """A telephone number as a ``tel:`` link wants it."""
    return "".join(sign for sign in text if sign.isdigit() or sign == "+")


def in_fours(code: str) -> str:
    """A code as people copy it: ``3k7q-9xwd-p2m4h``; never one sign alone at the end."""
    pieces = [code[start : start + 4] for start in range(0, len(code), 4)]
    if len(pieces) > 1 and len(pieces[-1]) == 1:
        pieces[-2:] = ["".join(pieces[-2:])]
    return "-".join(pieces)


def plain_markup(value: str) -> Markup:
    """Markup that ``web.forms`` made: everything from a definition or a person in it is escaped already."""
    return Markup(value)  # noqa: S704


def _date(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def _local(value: date | datetime | None) -> date | datetime | None:
    return value.astimezone(ZONE) if isinstance(value, datetime) and value.tzinfo else value
