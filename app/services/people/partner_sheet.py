"""How do a list of organisations and the register meet? What is new is added; what we know already is shown, and stays.

Nothing of a list ever overwrites what stands in the register: two lists of two years ago agree with neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.definitions.model.forms import FieldType
from app.engine.policy import Act, Actor, may
from app.services import spreadsheets
from app.services.definitions.catalogs import LiveCatalog, live
from app.services.errors import Forbidden
from app.services.people import partner_csv, partners
from app.services.people.partner_csv import COLUMNS, Row, Rows
from app.services.people.partner_record import KINDS, Partner, same_name
from app.services.staff import staffing
from app.texts import say


@dataclass(frozen=True, slots=True)
class Planned:
    """What a list would do: ``fresh`` would be added; ``known`` are in the register already, with what stands there."""

    rows: Rows
    fresh: tuple[Row, ...]
    known: tuple[tuple[Row, Partner], ...]


def themes_of(catalog: LiveCatalog) -> Mapping[str, str]:
    """What an offer can be about, id -> label: the rows of matrices whose list says who helps with each."""
    lists = {
        field.rows.id: field.rows
        for version in catalog.forms.values()
        for field in version.form.fields()
        if field.type is FieldType.MATRIX and field.rows and "contact_point" in field.rows.columns.values()
    }
    return {option.id: option.label for found in lists.values() for option in found.options}


def kind_labels() -> Mapping[str, str]:
    """Kind -> label."""
    return {kind: say(f"partners.kind.{kind}") for kind in KINDS}


def plan(actor: Actor, text: str, columns: Sequence[str] | None = None) -> Planned:
    """What a list would do; nothing is written. Raises ``Forbidden``."""
    if not may(actor, Act.STAFFING_EDIT):
        raise Forbidden(str(Act.STAFFING_EDIT))
    rows = partner_csv.read(
        text,
        themes=themes_of(live(actor.municipality)),
        places=staffing.world(actor.municipality).staffing.neighbourhoods,
        kinds=kind_labels(),
        columns=columns,
    )
    register = partners.listed(actor, archived=True)
    fresh: list[Row] = []
    known: list[tuple[Row, Partner]] = []
    for row in rows.rows:
        twin = _twin(row.partner, register)
        if twin is None:
            fresh.append(row)
        else:
            known.append((row, twin))
    return Planned(rows, tuple(fresh), tuple(known))


def take_over(actor: Actor, text: str, columns: Sequence[str] | None = None) -> int:
    """Add what is new in a list, all or none; how many. Raises ``Forbidden``, ``Conflict``."""
    planned = plan(actor, text, columns)
    return len(partners.add_all(actor, (row.partner for row in planned.fresh)))


def _twin(partner: Partner, register: Iterable[Partner]) -> Partner | None:
    """The one of the register with the same name or address."""
    name = same_name(partner.name)
    for known in register:
        if same_name(known.name) == name or (partner.email and partner.email == known.email):
            return known
    return None


def written(actor: Actor) -> str:
    """The register as a list that ``plan`` reads again: semicolons, one organisation a line. Raises ``Forbidden``."""
    themes = themes_of(live(actor.municipality))
    places = staffing.world(actor.municipality).staffing.neighbourhoods
    lines = [[say(f"partners.column.{column}") for column in COLUMNS]]
    for item in partners.listed(actor):
        told = _cells(item, themes, places)
        lines.append([told[column] for column in COLUMNS])
    return spreadsheets.written(lines)


def _cells(item: Partner, themes: Mapping[str, str], places: Mapping[str, str]) -> dict[str, str]:
    people = (
        " ".join(filter(None, (one.name, f"({one.function})" if one.function else "", one.phone, one.email)))
        for one in item.people
    )
    return {
        "name": item.name,
        "kind": kind_labels().get(item.kind, ""),
        "email": item.email,
        "phone": item.phone,
        "website": item.website,
        "offer": item.offer,
        "themes": " / ".join(themes.get(ref, ref) for ref in item.themes),
        "places": " / ".join(places.get(ref, ref) for ref in item.places),
        "people": " | ".join(people),
        "protocol_id": item.protocol.id,
        "protocol_url": item.protocol.url,
        "protocol_until": item.protocol.until.isoformat() if item.protocol.until else "",
        "review_on": item.review_on.isoformat() if item.review_on else "",
    }
