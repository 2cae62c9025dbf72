"""Which words did somebody agree to on this page? They travel with it, sealed, and come back with the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from itsdangerous import BadSignature, URLSafeSerializer

from app.engine.policy import Actor
from app.services.cases import consents
from app.services.cases.case_view import CasePage
from app.services.definitions.catalogs import FormVersion
from app.web import signing, visitor
from app.web.forms.pages import FormPage
from app.web.forms.parts import SHOWN, Raw
from app.web.forms.reading import read
from app.web.forms.rows import renumbered


@dataclass(frozen=True, slots=True)
class Agreeing:
    """What a page needs: ``words`` for its holes, ``shown`` to travel along, and ``raw`` without the ticks that stood
    beside words naming somebody else."""

    raw: Raw
    words: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)


def words_for(
    version: FormVersion, page: FormPage, raw: Raw, who: Actor, *, audience: str, person: str = ""
) -> Agreeing:
    """The words as they are settled by what stands in ``raw``."""
    if not page.knows_more(raw):
        return Agreeing(raw)
    raw = renumbered(version.form, raw)
    given = read(version.hash, version.form, raw)
    found = consents.shown(who, version.id, given, audience=audience, person=person, learnt=visitor.learnt())
    return _agreeing(version, raw, found)


def words_of_case(version: FormVersion, page: FormPage, raw: Raw, who: Actor, case: CasePage) -> Agreeing:
    """The words on the form behind a button: of the case it belongs to, from the first look on."""
    if not page.open_places:
        return Agreeing(raw)
    raw = renumbered(version.form, raw)
    given = read(version.hash, version.form, raw)
    return _agreeing(version, raw, consents.of_case(who, case, version.id, given))


def _agreeing(version: FormVersion, raw: Raw, found: consents.Shown) -> Agreeing:
    before = shown_in(version, raw)
    stale = [
        name for name, text in before.items() if text not in {found.texts.get(name), found.plain.get(name)}
    ]
    kept = {name: texts for name, texts in raw.items() if name not in stale and not name.endswith(SHOWN)}
    sealed = {
        name: _sealed(version, name, text) for name, text in found.texts.items() if text != found.plain[name]
    }
    return Agreeing(kept, found.words, sealed)


def shown_in(version: FormVersion, raw: Raw) -> dict[str, str]:
    """Flat id -> the words that this post was made under, of what we sealed ourselves."""
    found: dict[str, str] = {}
    for name, texts in renumbered(version.form, raw).items():
        if name.endswith(SHOWN) and texts:
            text = _opened(version, name.removesuffix(SHOWN), texts)
            if text:
                found[name.removesuffix(SHOWN)] = text
    return found


def _sealed(version: FormVersion, name: str, text: str) -> str:
    return str(_serializer().dumps([version.id, _column(name), text]))


def _opened(version: FormVersion, name: str, texts: Sequence[str]) -> str:
    try:
        form, column, text = _serializer().loads(texts[0])
    except (BadSignature, ValueError):
        return ""
    return str(text) if (form, column) == (version.id, _column(name)) else ""


def _column(name: str) -> str:
    """A name without the number of its row, which changes when a row above it goes."""
    return ".".join(part for part in name.split(".") if not part.isdecimal())


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(signing.accepted(), salt="agreed")
