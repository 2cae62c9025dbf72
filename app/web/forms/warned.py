"""Which warnings stand on a page from the start? The script goes on from there."""

from __future__ import annotations

from app.engine.model.answers import Moment
from app.engine.warning import warned
from app.web.forms.pages import FormPage
from app.web.forms.parts import Raw
from app.web.forms.reading import read

NONE: frozenset[int] = frozenset()


def warned_in(
    page: FormPage, content_hash: str, raw: Raw, moment: Moment, roles: frozenset[str]
) -> frozenset[int]:
    """Places in ``Form.warn``; none on a page in which nothing was filled in."""
    if not raw or not page.form.warn:
        return NONE
    given = read(content_hash, page.form, raw)
    return frozenset(warned(page.form, given, moment, audience=page.setting.audience, roles=roles))
