"""What is somebody told before the first field of a form, in the words that are kept with what they send?"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock

from app.engine.model.people import World
from app.engine.processing import Kept, Processing
from app.services.definitions.catalogs import FormVersion, LiveCatalog
from app.services.municipality import processings, settings, statements
from app.services.municipality.processings import Entry
from app.storage.database import memory
from app.texts import addressed, has, say

CONSENT = "consent"
MOST_KEPT = 500
_TOLD = (*statements.NAMES, *settings.NAMES, "name")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is told: ``code`` names it, ``title`` stands before ``text``."""

    code: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told with one form. ``first`` is always in sight; ``lines`` are all of it, word for word ``text``."""

    form: str
    title: str
    first: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Everything that is shown, to be kept."""
        return "\n".join((self.first, *(f"{line.title}: {line.text}" for line in self.lines)))

    @property
    def digest(self) -> str:
        """Names the text."""
        return digest_of(self.text)


@dataclass(slots=True)
class _Shelf:
    """Notices by version and by what the municipality told."""

    made: OrderedDict[tuple[str, ...], Notice] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)


def digest_of(text: str) -> str:
    """The SHA-256 (hex) of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def notice(world: World, live: LiveCatalog, version: FormVersion) -> Notice:
    """The notice of a form, made once for what it and the municipality say."""
    shelf = memory("notices", _Shelf)
    key = (version.hash, str(live.number), world.municipality, *(world.settings.get(n, "") for n in _TOLD))
    with shelf.lock:
        found = shelf.made.get(key)
    if found is None:
        found = _made(world, processings.entry(world, live, version))
        with shelf.lock:
            shelf.made[key] = found
            while len(shelf.made) > MOST_KEPT:
                shelf.made.popitem(last=False)
    return found


def _made(world: World, entry: Entry) -> Notice:
    found, told = entry.processing, statements.of(world, "privacy").told
    who = entry.controller or say(f"privacy.controller.{found.controller or 'gemeente'}")
    lines = (
        *_why(found),
        Line("who", _say(found, "title.who"), who),
        *_readers(found),
        Line("keep", _say(found, "title.keep"), " ".join(kept_words(found))),
        Line("rights", _say(found, "title.rights"), _say(found, "rights")),
        *_questions(found, told),
    )
    purpose = next((item.text for item in found.purposes if item.basis != CONSENT), "")
    first = _say(found, "first" if purpose else "first_bare", who=who, purpose=purpose)
    return Notice(found.form, found.title, first, tuple(line for line in lines if line.text))


def kept_words(found: Processing) -> tuple[str, ...]:
    """How long it is kept, a sentence a rule."""
    return tuple(_kept(item, found, at) for at, item in enumerate(found.kept))


def _kept(kept: Kept, found: Processing, at: int) -> str:
    years, months = divmod(kept.months, 12)
    term = say("privacy.years", n=years) if years and not months else say("privacy.months", n=kept.months)
    if kept.term is not None:
        term = say(f"why.duration.{kept.term.unit.value.replace(' ', '_')}", n=kept.term.amount)
    way = "_when" if kept.when else "_else" if at else ""
    return say(addressed(f"privacy.keep.{kept.then}{way}", found.address_form), term=term, when=kept.when)


def _say(found: Processing, code: str, **params: str) -> str:
    return say(addressed(f"privacy.{code}", found.address_form), **params)


def _why(found: Processing) -> Iterator[Line]:
    for purpose in found.purposes:
        code = "consent" if purpose.basis == CONSENT else "why"
        text = _say(found, code, purpose=purpose.text, basis=basis_words(purpose.basis))
        yield Line(code, _say(found, f"title.{code}"), text)


def basis_words(basis: str) -> str:
    """The ground in law, as people read it."""
    code = f"privacy.basis.{basis}"
    return say(code) if has(code) else basis


def _readers(found: Processing) -> Iterator[Line]:
    told = [_say(found, "read")]
    if found.partners:
        told.append(_say(found, "read_partners", partners=", ".join(found.partners)))
    if found.chosen_partner:
        told.append(_say(found, "read_chosen"))
    if "referrer" in found.messages:
        told.append(_say(found, "read_referrer"))
    yield Line("read", _say(found, "title.read"), " ".join(told))


def _questions(found: Processing, told: Mapping[str, str]) -> Iterator[Line]:
    if told.get("dpo_contact"):
        yield Line("dpo", _say(found, "title.dpo"), " ".join(told["dpo_contact"].split()))
    if told.get("authority"):
        where = ". ".join(filter(None, (told["authority"], " ".join(told["authority_contact"].split()))))
        yield Line("authority", _say(found, "title.authority"), _say(found, "authority", where=where))
