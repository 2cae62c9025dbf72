"""Which picture stands at the head of every page?"""

from __future__ import annotations

from dataclasses import dataclass

from app.engine import pictures
from app.engine.model.answers import FieldError
from app.engine.policy import Actor
from app.services import seen as pages
from app.services.errors import Invalid, NotFound
from app.services.municipality import settings
from app.storage import history
from app.storage.database import transaction
from app.storage.repositories import municipality_rows, picture_rows

LOGO = "logo"


@dataclass(frozen=True, slots=True)
class Logo:
    """``kind`` is ``png`` or ``webp``; ``mark`` changes with the picture."""

    kind: str
    content: bytes
    mark: str


def save(actor: Actor, content: bytes, *, seen: str | None = None) -> None:
    """Take a picture as the logo. ``seen`` is the mark of what the page showed: ``{LOGO: Settings.logo}``. Raises
    ``Forbidden``, ``Invalid`` (``picture_kind``, ``_large``, ``_size``), and ``Conflict`` as ``seen.is_new``."""
    settings.demand(actor)
    code = pictures.fault(content)
    if code:
        params = (
            ("max", str(pictures.MOST_BYTES // 1024)),
            ("width", str(pictures.MOST_WIDTH)),
            ("height", str(pictures.MOST_HEIGHT)),
        )
        raise Invalid(errors=(FieldError(LOGO, code, params),))
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        fresh = {LOGO: picture_rows.mark_of(content)[:16]}
        if not pages.is_new(settings.standing(tx, fresh), fresh, seen):
            return
        picture_rows.put(tx, LOGO, pictures.kind_of(content), content)
        municipality_rows.put_settings(tx, fresh)
        history.append(tx, None, "settings_changed", {"what": LOGO}, by=actor.account)


def remove(actor: Actor, *, seen: str | None = None) -> None:
    """Take the logo away. Raises ``Forbidden``, ``Conflict`` as ``save``."""
    settings.demand(actor)
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        if not pages.is_new(settings.standing(tx, (LOGO,)), {LOGO: ""}, seen):
            return
        picture_rows.drop(tx, LOGO)
        municipality_rows.put_settings(tx, {LOGO: ""})
        history.append(tx, None, "settings_changed", {"what": LOGO}, by=actor.account)


def get(municipality: str) -> Logo:
    """The logo, for everybody. Raises ``NotFound``."""
    with transaction(municipality, readonly=True) as tx:
        found = picture_rows.get(tx, LOGO)
    if found is None:
        raise NotFound
    return Logo(found[0], found[1], found[2][:16])
