"""In which village does this address lie? Asked of the street register, on the server and by the script of a form.

The question comes as a POST, so that no address of a resident stands in a log, and nothing of it is kept. The answer is
a village that every street sign shows: it tells nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Container

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from app.definitions.model.forms import Field, FieldType, Form
from app.engine.policy import Act
from app.services.municipality import streets
from app.web import visitor
from app.web.acts import act
from app.web.posting import Posted

bp = Blueprint("places", __name__)
LONGEST = 120


@bp.post("/buurt")
@act(Act.PAGE_PUBLIC)
def look_up() -> Response:
    """The village of an address, or nothing."""
    told = request.get_json(silent=True)
    told = told if isinstance(told, dict) else {}
    street, number, postcode = (
        str(told.get(name, ""))[:LONGEST] for name in ("street", "number", "postcode")
    )
    return jsonify(neighbourhood=streets.find(visitor.municipality_id(), street, number, postcode))


def with_neighbourhood(form: Form, raw: Posted) -> Posted:
    """What was posted, with the village filled in where it was left open and the address beside it tells."""
    for place, address in pairs(form):
        if any(raw.get(place, ("",))):
            continue
        street, number, postcode = (
            _first(raw, f"{address}:{part}") for part in ("street", "number", "postcode")
        )
        found = streets.find(visitor.municipality_id(), street, number, postcode) if street else ""
        if found:
            raw = {**raw, place: [found]}
    return raw


def of_poster(form: Form, named: str, known: Container[str]) -> dict[str, tuple[str, ...]]:
    """The neighbourhood that a link on a poster names (``?buurt=oosthoek``), for the question where it is; nothing when
    there is no such neighbourhood."""
    field = form.meaning("case.neighbourhood")
    place = named.strip().lower()
    return {field.id: (place,)} if field is not None and place and place in known else {}


def pairs(form: Form) -> list[tuple[str, str]]:
    """Neighbourhood fields and the address field that tells each: of the same group, else the only one of the form."""
    fields = [field for field in form.fields() if field.compute is None]
    addresses = [field.id for field in fields if field.type is FieldType.ADDRESS]
    found = []
    for place in (field.id for field in fields if _is_one_place(field)):
        group = place.rpartition(".")[0]
        near = [name for name in addresses if name.rpartition(".")[0] == group] or addresses
        if len(near) == 1:
            found.append((place, near[0]))
    return found


def _is_one_place(field: Field) -> bool:
    return field.type is FieldType.NEIGHBOURHOOD and not field.many


def _first(raw: Posted, name: str) -> str:
    texts = raw.get(name)
    return texts[0][:LONGEST] if texts else ""
