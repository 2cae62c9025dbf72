"""By what is somebody on a list known again: on the same list, on a later one, among who opted out?

By a name together with a telephone or an address: a couple shares a telephone, and a street has more than one house.
The texts are hashed with a key before they are kept anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.definitions.model.campaigns import Campaign
from app.engine import values
from app.engine.belgium import phone
from app.engine.model.answers import Answers
from app.engine.names import folded

NAME, PHONE, ADDRESS = "resident.name", "resident.phone", "resident.address"


def texts_of(campaign: Campaign, answers: Answers) -> tuple[str, ...]:
    """The texts that somebody with these columns is known by."""
    form = campaign.contacts.form

    def told(means: str) -> str:
        field = form.meaning(means)
        value = answers.get(field.id) if field is not None else None
        return values.show(field, value) if field is not None and value is not None else ""

    places = (values.show(item, answers[item.id]) for item in form.fields()
              if item.means == "case.neighbourhood" and item.id in answers)  # fmt: skip
    return texts(told(NAME), phones=(told(PHONE),), addresses=(told(ADDRESS),), places=tuple(places))


def texts_of_person(kept: Mapping[str, Any]) -> tuple[str, ...]:
    """The same for the record of a resident."""
    first, family = str(kept.get("first_name", "")), str(kept.get("family_name", ""))
    names = {str(kept.get("name", "")), f"{first} {family}"}
    numbers = [str(kept.get(part, "")) for part in ("phone", "mobile")]
    address = kept.get("address", "")
    addresses = [address] if isinstance(address, str) else []
    return tuple(item for name in sorted(names) for item in texts(name, phones=numbers, addresses=addresses))


def texts(
    name: str, *, phones: Iterable[str] = (), addresses: Iterable[str] = (), places: Iterable[str] = ()
) -> tuple[str, ...]:
    """A name (its words in any order) beside each telephone and address; beside the neighbourhood without either."""
    who = " ".join(sorted(folded(name).split()))
    if not who:
        return ()
    numbers = [phone.normalise(item) for item in phones]
    found = [f"tel:{item}" for item in numbers if item] + [
        f"adr:{_plain(item)}" for item in addresses if item
    ]
    found = found or [f"wijk:{_plain(item)}" for item in places if item]
    return tuple(f"{who}|{item}" for item in found)


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
