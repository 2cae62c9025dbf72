"""How is a form reached: open or closed for a while, by which short address, and in whose pages?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from babel.dates import format_date

from app.definitions.model.forms import Form
from app.definitions.model.openings import Opens
from app.engine import calendar
from app.engine.model.answers import FieldError
from app.engine.model.openings import Opening
from app.engine.model.people import World
from app.engine.openings import grace_ends, may_send, origin_of
from app.engine.policy import Actor
from app.engine.seasons import Season, effective, season_of
from app.services import seen as pages
from app.services.definitions import catalogs
from app.services.errors import Conflict, Invalid, NotFound
from app.services.municipality import settings
from app.services.staff import staffing
from app.storage import clock, history
from app.storage.database import transaction
from app.storage.repositories import account_rows, municipality_rows, opening_rows
from app.texts import say

WITHOUT_ACCOUNT = frozenset({"referrer", "public"})
LONGEST_SENTENCE, MOST_ORIGINS = 400, 20
CLOSED = "form_closed"
PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"closing": ("closed_from", "closed_until", "sentence"), "word": ("word",), "origins": ("origins",)}
)
"""What is saved by itself of ``Opening``: whether it is closed, its short address, whose pages may show it."""
_WORD = re.compile(r"[a-z][a-z0-9-]{1,38}")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a form stands now, for pages; ``planned`` is a closing still to come. ``starts`` and ``until`` are the first
    and last closed day, ``grace`` is when the last who were busy with it must have sent."""

    opening: Opening
    closed: bool
    planned: bool
    starts: date | None
    until: date | None
    grace: datetime | None
    season: Season | None = None
    """The days that the form itself says: those of now, else the next."""
    out_of_season: bool = False
    """It is closed by those days, and nobody can open it by hand."""

    @property
    def opens(self) -> date | None:
        """The first day on which it can be filled in again."""
        return self.until + timedelta(days=1) if self.until else None

    @property
    def marks(self) -> dict[str, str]:
        """Mark of each part that is saved by itself (``PARTS``), to be given back as ``seen``."""
        return {part: pages.mark(told(self.opening, part)) for part in PARTS}

    @property
    def sentence(self) -> str:
        """What people read while it is closed; empty while it is open."""
        if self.out_of_season:
            return season_words(self.season)
        return self.opening.sentence if self.closed else ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in the list of forms that start a case, and how it stands."""

    form: Form
    standing: Standing

    @property
    def without_account(self) -> bool:
        """Whether it may be handed in without signing in, so that an address and a frame make sense."""
        return bool(WITHOUT_ACCOUNT & set(self.form.audience))


def standing(world: World, form: Form) -> Standing:
    """How a form stands at this moment."""
    return _standing(world, world.openings.get(form.id, Opening(form.id)), form.opens, clock.now())


def season_words(season: Season | None) -> str:
    """What people read about the days on which a form is open; ``None``: none any more."""
    if season is None:
        return say("openings.over")
    first, last = (format_date(day, "d MMMM y", locale="nl") for day in (season.first, season.last))
    return say("openings.season", first=first, last=last)


def listed(actor: Actor) -> tuple[FormLine, ...]:
    """All forms that start a case, by title. Raises ``Forbidden``."""
    settings.demand(actor)
    world = staffing.world(actor.municipality)
    forms = [version.form for version in catalogs.live(actor.municipality).forms.values()]
    starting = sorted((form for form in forms if form.workflow), key=lambda form: form.title.casefold())
    return tuple(FormLine(form, standing(world, form)) for form in starting)


def show(actor: Actor, form: str) -> FormLine:
    """One form. Raises ``Forbidden``, ``NotFound``."""
    found = next((line for line in listed(actor) if line.form.id == form), None)
    if found is None:
        raise NotFound
    return found


def told(opening: Opening, part: str) -> dict[str, str]:
    """A part of how a form is reached, as it is compared: instants in UTC, one origin a line."""
    return {name: _plain(getattr(opening, name)) for name in PARTS[part]}


def close(
    actor: Actor, form: str, start: date | None, last: date | None, sentence: str, *, seen: str | None = None
) -> None:
    """Close a form from the beginning of ``start`` (``None``: from now) through ``last`` (``None``: until somebody
    opens it). ``seen`` is ``Standing.marks["closing"]``, below that of the part that is set. Raises ``Invalid``,
    ``Forbidden``, ``NotFound``, and ``Conflict`` as ``seen.is_new``."""
    show(actor, form)
    cal = staffing.world(actor.municipality).calendar
    today = clock.now().astimezone(cal.zone).date()
    text = " ".join(sentence.split())
    _demand_closing(start or today, last, text, today)
    until = calendar.end_of(cal, last) if last else None

    def closed(before: Opening, now: datetime) -> Opening:
        since = now if start is None or start <= today else calendar.instant(cal, start, time())
        if before.is_closed(now) and before.closed_from:
            since = before.closed_from  # the grace of those who were busy does not begin again
        return replace(before, closed_from=since, closed_until=until, sentence=text)

    _put(actor, _Change(form, "closing", "form_closed", closed), seen)


def reopen(actor: Actor, form: str, *, seen: str | None = None) -> None:
    """Open it now, and forget what was planned. Raises ``Forbidden``, ``NotFound``, ``Conflict``."""
    show(actor, form)

    def opened(before: Opening, _now: datetime) -> Opening:
        return replace(before, closed_from=None, closed_until=None, sentence="")

    _put(actor, _Change(form, "closing", "form_opened", opened), seen)


def set_word(actor: Actor, form: str, typed: str, *, seen: str | None = None) -> None:
    """Give a form a short address (``/f/<word>``), or none. Raises ``Invalid``, ``Conflict`` (another form's, or
    another than ``seen``)."""
    _demand_without_account(actor, form)
    word = typed.strip().lower()
    if word and not _WORD.fullmatch(word):
        raise Invalid(errors=(FieldError("word", "short_word"),))
    change = _Change(form, "word", "form_short_address", lambda before, _now: replace(before, word=word))
    _put(actor, change, seen)


def set_origins(actor: Actor, form: str, typed: Iterable[str], *, seen: str | None = None) -> None:
    """Say whose pages may show the form in a frame. Raises ``Invalid`` with what is no origin as ``typed``, and
    ``Conflict``."""
    _demand_without_account(actor, form)
    found: dict[str, None] = {}
    for text in filter(None, (item.strip() for item in typed)):
        origin = origin_of(text)
        if not origin or len(found) >= MOST_ORIGINS:
            raise Invalid(errors=(FieldError("origins", "origin", (("typed", text[:80]),)),))
        found[origin] = None
    change = _Change(
        form, "origins", "form_framing", lambda before, _now: replace(before, origins=tuple(found))
    )
    _put(actor, change, seen)


def by_word(world: World, word: str) -> str:
    """The form behind a short address. Raises ``NotFound``."""
    found = next((item.form for item in world.openings.values() if item.word == word.lower()), "")
    if not word or not found:
        raise NotFound
    return found


def demand_open(world: World, form: Form, began: Callable[[], datetime | None]) -> None:
    """Raise ``Invalid`` (``form_closed``, with what people read) when it takes nothing of who ``began`` then."""
    opening, now = world.openings.get(form.id), clock.now()
    if opening is None and form.opens is None:
        return
    found = effective(opening or Opening(form.id), form.opens, now, world.calendar)
    if not may_send(found, now, began(), world.calendar):
        raise Invalid(CLOSED, sentence=standing(world, form).sentence)


def _standing(world: World, opening: Opening, opens: Opens | None, now: datetime) -> Standing:
    found = effective(opening, opens, now, world.calendar)
    until = found.closed_until
    last = (until - timedelta(minutes=1)).astimezone(world.calendar.zone).date() if until else None
    since = found.closed_from
    ends = grace_ends(since, world.calendar) if since else None
    today = now.astimezone(world.calendar.zone).date()
    return Standing(
        opening=opening,
        season=season_of(opens, today, world.calendar) if opens else None,
        out_of_season=found.is_closed(now) and not opening.is_closed(now),
        closed=found.is_closed(now),
        planned=opening.will_close(now),
        starts=since.astimezone(world.calendar.zone).date() if since else None,
        until=last,
        grace=ends if ends and now < ends else None,
    )


def _demand_closing(start: date, last: date | None, sentence: str, today: date) -> None:
    errors = []
    if not sentence:
        errors.append(FieldError("sentence", "required"))
    if len(sentence) > LONGEST_SENTENCE:
        errors.append(FieldError("sentence", "too_long", (("max", str(LONGEST_SENTENCE)),)))
    if last is not None and (last < start or last < today):
        errors.append(FieldError("last", "closing_order"))
    if errors:
        raise Invalid(errors=tuple(errors))


def _demand_without_account(actor: Actor, form: str) -> None:
    """It may be reached without signing in: nothing behind a login has a short way in or a frame."""
    if not show(actor, form).without_account:
        raise Invalid("form_behind_login")


@dataclass(frozen=True, slots=True)
class _Change:
    """What becomes of one part of how a form is reached; ``code`` stands in the municipality's log."""

    form: str
    part: str
    code: str
    make: Callable[[Opening, datetime], Opening]


def _put(actor: Actor, change: _Change, seen: str | None) -> None:
    """The other parts stay as they stand now, whatever the page showed."""
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        before = opening_rows.everything(tx).get(change.form, Opening(change.form))
        opening = change.make(before, tx.now)
        if not pages.is_new(told(before, change.part), told(opening, change.part), seen):
            return
        if not opening_rows.put(tx, opening):
            raise Conflict("short_word_taken", word=opening.word)
        account_rows.staff_changed(tx)
        history.append(tx, None, change.code, {"form": change.form}, by=actor.account)


def _plain(value: datetime | tuple[str, ...] | str | None) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return "\n".join(value) if isinstance(value, tuple) else value or ""
