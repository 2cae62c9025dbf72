"""Is the banner with the numbers to ring on this page from the start?

The server says what it knows: of a draft, of a post that came back, of defaults. The script goes on from there; without
one a quiet note stands where the banner would come.
"""

from __future__ import annotations

from app.engine.model.answers import Moment
from app.engine.urgency import asked_by, is_urgent
from app.engine.values.given import Given
from app.web.forms.pages import FormPage
from app.web.forms.parts import Raw
from app.web.forms.reading import read

NOTHING = Given({}, ())
MOST_KEPT = 50


def urgent_now(page: FormPage, content_hash: str, raw: Raw, moment: Moment, roles: frozenset[str]) -> bool:
    """Whether ``urgent_if`` holds with what the page is drawn with; for a blank page worked out once a day."""
    if not page.urgent:
        return False
    form, audience = page.form, page.setting.audience
    if _touched(page, raw):
        given = read(content_hash, form, raw)
        return is_urgent(form, given, moment, audience=audience, roles=roles)
    kept = page.blank_urgent
    key = (moment.today, roles)
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = is_urgent(form, NOTHING, moment, audience=audience, roles=roles)
    return kept[key]


def _touched(page: FormPage, raw: Raw) -> bool:
    """Whether anything was given that could make it another answer than on a blank page."""
    if not raw:
        return False
    asked = asked_by(page.form)
    stands = [page.form.field(name.partition(".")[0]) or page.form.field(name) for name in asked]
    if any(field is None or field.default is not None or field.compute is not None for field in stands):
        return True
    return any(
        name == field or name.startswith((f"{field}.", f"{field}:")) for field in asked for name in raw
    )
