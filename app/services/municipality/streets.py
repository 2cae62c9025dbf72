"""In which neighbourhood does an address lie, and how is the street register kept?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine import street_file, streets
from app.engine.model.answers import FieldError
from app.engine.policy import Actor
from app.engine.street_file import RowFault
from app.engine.streets import StreetRange
from app.services import seen as pages
from app.services.errors import Invalid, NotFound
from app.services.municipality import settings
from app.services.staff import staffing
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import municipality_rows, street_rows

PAGE = 100
HEADER = ("straat", "kant", "van", "tot", "dorp", "postcode")
_WRITTEN = {streets.ODD: "oneven", streets.EVEN: "even", streets.BOTH: "alle"}


@dataclass(frozen=True, slots=True)
class StreetLine:
    """One stretch as a list shows it; ``id`` is text."""

    id: str
    stretch: StreetRange


@dataclass(frozen=True, slots=True)
class Register:
    """A page of the register: ``total`` stretches in all, ``places`` neighbourhood -> how many lie there. ``mark`` of
    the whole register as it was shown."""

    lines: tuple[StreetLine, ...]
    total: int
    places: Mapping[str, int]
    mark: str


@dataclass(frozen=True, slots=True)
class StreetReport:
    """What came of a file: how many rows could be used, what is wrong with the others, whether it was taken."""

    rows: int
    faults: tuple[RowFault, ...]
    taken: bool


def find(municipality: str, street: str, number: str, postcode: str = "") -> str:
    """The neighbourhood of an address; ``""`` when the register does not tell. Nothing is kept of the question."""
    if not streets.fold(street) or len(street) > street_file.NAME_MOST:
        return ""
    with transaction(municipality, readonly=True) as tx:
        found = street_rows.named(tx, street)
    return streets.neighbourhood_of(found, number, postcode.strip())


def names(municipality: str) -> list[tuple[str, str]]:
    """Neighbourhood and name of every street, by name; one that runs through several stands in each."""
    with transaction(municipality, readonly=True) as tx:
        found = {(item.street, item.neighbourhood) for item in street_rows.everything(tx)}
    return [
        (place, street) for street, place in sorted(found, key=lambda item: (item[0].casefold(), item[1]))
    ]


def show(actor: Actor, search: str = "") -> Register:
    """The first stretches, by name. Raises ``Forbidden``."""
    settings.demand(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        found = street_rows.page(tx, search, PAGE)
        places = street_rows.count(tx)
        mark = pages.mark(_standing(tx))
    lines = tuple(StreetLine(ids.to_text(key), stretch) for key, stretch in found)
    return Register(lines, sum(places.values()), places, mark)


def import_file(
    actor: Actor, content: bytes, *, although: bool = False, seen: str | None = None
) -> StreetReport:
    """Put a file in the place of the register. With a wrong row nothing is taken, unless ``although`` asks for the
    right ones. ``seen`` is ``Register.mark``. Raises ``Forbidden``, and ``Conflict`` (``page_changed``) when the
    register is another by now, unless it is what the file says."""
    settings.demand(actor)
    places = staffing.world(actor.municipality).staffing.neighbourhoods
    read = street_file.read_streets(street_file.decoded(content), places)
    taken = bool(read.ranges) and (although or not read.faults)
    if taken:
        with transaction(actor.municipality) as tx:
            municipality_rows.hold(tx)
            now = _standing(tx)
            same = sorted(street_rows.everything(tx), key=repr) == sorted(read.ranges, key=repr)
            if not pages.is_new(now, now if same else {}, seen):
                return StreetReport(len(read.ranges), read.faults, taken)
            street_rows.put(tx, read.ranges)
            params = {"rows": str(len(read.ranges))}
            history.append(tx, None, "streets_imported", params, by=actor.account)
    return StreetReport(len(read.ranges), read.faults, taken)


def export(actor: Actor) -> str:
    """The register as the file that ``import_file`` reads. Raises ``Forbidden``."""
    settings.demand(actor)
    labels = staffing.world(actor.municipality).staffing.neighbourhoods
    with transaction(actor.municipality, readonly=True) as tx:
        found = street_rows.everything(tx)
    rows = [HEADER, *(_row(item, labels) for item in found)]
    return "\ufeff" + "".join(";".join(row) + "\r\n" for row in rows)


def add(actor: Actor, row: Mapping[str, str]) -> None:
    """One stretch more: texts by column of ``HEADER``; one that stands there already, word for word, is that one.
    Raises ``Invalid`` (``street_…``)."""
    settings.demand(actor)
    places = staffing.world(actor.municipality).staffing.neighbourhoods
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        others = street_rows.named(tx, row.get("straat", ""))
        if street_file.read_row(row, places, ()) in others:
            return
        read = street_file.read_row(row, places, others)
        if isinstance(read, RowFault):
            raise Invalid(errors=(FieldError("straat", f"street_{read.code}", read.params),))
        street_rows.add(tx, read)
        history.append(tx, None, "street_added", {"street": read.street}, by=actor.account)


def remove(actor: Actor, line: str) -> None:
    """Take one stretch out. Raises ``Forbidden``, ``NotFound``."""
    settings.demand(actor)
    with transaction(actor.municipality) as tx:
        if not street_rows.delete(tx, _key(line)):
            raise NotFound
        history.append(tx, None, "street_removed", by=actor.account)


def _standing(tx: Transaction) -> dict[str, str]:
    return dict(zip(("rows", "last", "sum"), map(str, street_rows.standing(tx)), strict=True))


def _row(item: StreetRange, labels: Mapping[str, str]) -> tuple[str, ...]:
    last = "" if item.last is None else str(item.last)
    place = labels.get(item.neighbourhood, item.neighbourhood)
    return tuple(
        _quoted(text)
        for text in (item.street, _WRITTEN[item.side], str(item.first), last, place, item.postcode)
    )


def _quoted(text: str) -> str:
    """A cell; one that a spreadsheet would reckon with begins with an apostrophe."""
    text = f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ';"\n') else text


def _key(text: str) -> int:
    try:
        return ids.from_text(text)
    except ValueError as error:
        raise NotFound from error
