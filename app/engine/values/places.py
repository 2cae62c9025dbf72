"""address."""

from __future__ import annotations

from collections.abc import Sequence

from app.definitions.model.forms import Field
from app.engine.belgium import address as belgian
from app.engine.model.answers import Address, Moment, Value
from app.engine.values.given import Finding, NotStored, Rejected
from app.engine.values.made import Codec, load_mapping, text_of
from app.engine.values.words import clean_prose, one
from app.texts import say

PARTS = ("street", "number", "box", "postcode", "town", "homeless", "free")
STREET_MOST, TOWN_MOST, FREE_MOST = 120, 80, 400
_YES = frozenset({"ja", "true", "on", "1"})


def address_codec(field: Field) -> Codec:
    """Street, number, box, postcode and town; free lines for a foreign address; or no fixed address."""
    return Codec(_read, _show, _raw, _dump, _load, check=_check, parts=PARTS)


def _read(raw: Sequence[str]) -> Value | None:
    texts = dict(zip(PARTS, [*raw, *[""] * len(PARTS)], strict=False))
    if one((texts["homeless"],)).casefold() in _YES:
        return Address(homeless=True)
    number, box = belgian.split_number(one((texts["number"],), 40))
    found = Address(
        street=one((texts["street"],), STREET_MOST),
        number=number,
        box=belgian.clean_box(one((texts["box"],), 20)) or box,
        postcode=belgian.clean_postcode(one((texts["postcode"],), 20)),
        town=one((texts["town"],), TOWN_MOST),
        free=_free(texts["free"]),
    )
    return None if found == Address() else found


def _free(text: str) -> str:
    if len(text) > FREE_MOST * 4 or len(found := clean_prose(text)) > FREE_MOST:
        raise Rejected("too_long", max=FREE_MOST, n=len(text))
    return found


def _check(value: Value, moment: Moment) -> Finding | None:
    """A Belgian part that was filled in has its own shape; which parts are needed is not ours to demand."""
    if not isinstance(value, Address) or value.homeless or value.free:
        return None
    if value.postcode and not belgian.is_postcode(value.postcode):
        return "postcode", ()
    if value.number and not belgian.is_number(value.number):
        return "house_number", ()
    if value.box and not belgian.is_box(value.box):
        return "box", ()
    if value.number and not value.street:
        return "street", ()
    return None


def lines(value: Address, language: str = "nl") -> list[str]:
    """The address as it stands on a letter."""
    if value.homeless:
        return [say("values.address.homeless", language)]
    if value.free:
        return value.free.splitlines()
    box = say("values.address.box", language, box=value.box) if value.box else ""
    first = " ".join(part for part in (value.street, value.number, box) if part)
    second = " ".join(part for part in (value.postcode, value.town) if part)
    return [line for line in (first, second) if line]


def _show(value: Value, language: str) -> str:
    return ", ".join(lines(value, language)) if isinstance(value, Address) else ""


def _raw(value: Value) -> tuple[str, ...]:
    if not isinstance(value, Address):
        return ("",) * len(PARTS)
    if value.homeless:
        return ("", "", "", "", "", "ja", "")
    return (value.street, value.number, value.box, value.postcode, value.town, "", value.free)


def _dump(value: Value) -> object:
    if isinstance(value, Address) and value.homeless:
        return {"homeless": True}
    return {part: text for part, text in zip(PARTS, _raw(value), strict=True) if text}


def _load(data: object) -> Value:
    found = load_mapping(data)
    homeless = found.pop("homeless", False) if (found := dict(found)) else False
    if not isinstance(homeless, bool) or not set(found) <= set(PARTS):
        raise NotStored("the parts of an address expected")
    return Address(**{part: text_of(found, part) for part in found}, homeless=homeless)
