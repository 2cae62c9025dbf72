"""What did a municipality set for itself: its name, who answers for the data, its colour, who its mail is from?

Kept with the municipality and read with the staff, so that every process learns of a change with its next request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.engine import colours
from app.engine.model.answers import FieldError
from app.engine.model.people import World
from app.engine.policy import Act, Actor, may
from app.services import seen as pages
from app.services.access import passwords
from app.services.errors import Forbidden, Invalid
from app.services.municipality import municipalities
from app.services.staff import staffing
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import municipality_rows

LONGEST = 120
CONTROLLERS = ("gemeente", "ocmw")
NAMES = (*(f"controller_{name}" for name in CONTROLLERS), "phone")
"""What ``save_identity`` keeps beside the name."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was set; empty where nothing was. ``accent`` is ``#rrggbb``, ``logo`` the mark of the picture.

    ``mail_tried`` is the day (ISO) on which a test mail last left.
    """

    municipality: str
    name: str
    kind: str
    controllers: Mapping[str, str]
    phone: str = ""
    accent: str = ""
    logo: str = ""
    sender_name: str = ""
    reply_to: str = ""
    mail_tried: str = ""

    @property
    def mark(self) -> str:
        """Changes with everything that the style sheet of the municipality is made of."""
        return f"{self.kind[:1]}{self.accent.removeprefix('#') or '0'}"


def of(world: World) -> Settings:
    """The settings as they were read with the staff."""
    told = world.settings
    return Settings(
        municipality=world.municipality,
        name=told.get("name", ""),
        kind=world.kind,
        controllers={name: told.get(f"controller_{name}", "") for name in CONTROLLERS},
        phone=told.get("phone", ""),
        accent=told.get("accent", ""),
        logo=told.get("logo", ""),
        sender_name=told.get("sender_name", ""),
        reply_to=told.get("reply_to", ""),
        mail_tried=told.get("mail_tried", ""),
    )


def show(actor: Actor) -> Settings:
    """The settings, for who may change them. Raises ``Forbidden``."""
    demand(actor)
    return of(staffing.world(actor.municipality))


def identity(told: Settings) -> dict[str, str]:
    """What the page of ``save_identity`` shows."""
    controllers = {f"controller_{name}": text for name, text in told.controllers.items()}
    return {"name": told.name, **controllers, "phone": told.phone}


def save_identity(actor: Actor, name: str, told: Mapping[str, str], *, seen: str | None = None) -> None:
    """Name of the municipality, who answers for the data, and the telephone of the desk.

    ``seen`` is the mark of ``identity`` as the page showed it. Raises ``Invalid``, and ``Conflict`` as
    ``seen.is_new``.
    """
    demand(actor)
    texts = {"name": " ".join(name.split())} | {key: " ".join(told.get(key, "").split()) for key in NAMES}
    errors = [
        FieldError(key, "too_long", (("max", str(LONGEST)),))
        for key, text in texts.items()
        if len(text) > LONGEST
    ]
    if not texts["name"]:
        errors.append(FieldError("name", "required"))
    if errors:
        raise Invalid(errors=tuple(errors))
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        now = {"name": municipality_rows.name(tx) or ""} | standing(tx, NAMES)
        if not pages.is_new(now, texts, seen):
            return
        municipality_rows.rename(tx, texts.pop("name"))
        municipality_rows.put_settings(tx, texts)
        history.append(tx, None, "settings_changed", {"what": "identity"}, by=actor.account)
    municipalities.forget()


def save_sender(actor: Actor, sender_name: str, reply_to: str, *, seen: str | None = None) -> None:
    """In whose name mail goes out, and where an answer arrives. Raises ``Invalid``, and ``Conflict`` as ``keep``."""
    demand(actor)
    name, address = " ".join(sender_name.split()), reply_to.strip().lower()
    if len(name) > LONGEST:
        raise Invalid(errors=(FieldError("sender_name", "too_long", (("max", str(LONGEST)),)),))
    if address and not passwords.looks_like_email(address):
        raise Invalid(errors=(FieldError("reply_to", "email"),))
    keep(actor, "sender", seen=seen, sender_name=name, reply_to=address)


def save_accent(actor: Actor, typed: str, *, seen: str | None = None) -> None:
    """The colour of buttons and links; an empty text takes ours again.

    Raises ``Invalid``: ``colour``, or ``colour_faint`` with ``nearest``, the colour by it that can be read; and
    ``Conflict`` as ``keep``.
    """
    demand(actor)
    colour = colours.parsed(typed)
    if typed.strip() and not colour:
        raise Invalid(errors=(FieldError("accent", "colour"),))
    if colour and not colours.legible(colour):
        found = (("nearest", colours.nearest(colour)), ("typed", colour))
        raise Invalid("colour_faint", errors=(FieldError("accent", "colour_faint", found),))
    keep(actor, "colour", seen=seen, accent=colour)


def keep(actor: Actor, what: str, *, seen: str | None = None, **changes: str) -> None:
    """Lay some settings over what was set; ``what`` stands in the municipality's log.

    ``seen`` is the mark of the same settings, in the same order, as a page showed them. Raises ``Forbidden``, and
    ``Conflict`` as ``seen.is_new``.
    """
    demand(actor)
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        if not pages.is_new(standing(tx, changes), changes, seen):
            return
        municipality_rows.put_settings(tx, changes)
        history.append(tx, None, "settings_changed", {"what": what}, by=actor.account)


def standing(tx: Transaction, names: Iterable[str]) -> dict[str, str]:
    """How these settings stand; empty where nothing was set."""
    told = municipality_rows.settings(tx)
    return {name: str(told.get(name, "")) for name in names}


def demand(actor: Actor) -> None:
    """Raise ``Forbidden`` unless the actor may set things for the municipality."""
    if not may(actor, Act.SETTINGS_EDIT):
        raise Forbidden(str(Act.SETTINGS_EDIT))
