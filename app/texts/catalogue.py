"""How does a code become a sentence in somebody's language?"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

DEFAULT_LANGUAGE = "nl"
LANGUAGES = ("nl", "en", "fr")


@cache
def _texts(language: str) -> dict[str, str]:
    """All texts of one language, ``"area.code" -> text``; an area is a module below ``app.texts.<language>``."""
    try:
        package = importlib.import_module(f"app.texts.{language}")
    except ModuleNotFoundError:
        return {}
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(package.__path__):
        texts: dict[str, str] = importlib.import_module(f"{package.__name__}.{module.name}").TEXTS
        for code, text in texts.items():
            found[f"{module.name}.{code}"] = text
    return found


def has(code: str, language: str = DEFAULT_LANGUAGE) -> bool:
    """Whether ``code`` has a text of its own in ``language``."""
    return code in _texts(language)


def codes_of(area: str, language: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """The codes of one catalogue file, without the name of the area before them."""
    start = f"{area}."
    return tuple(code.removeprefix(start) for code in _texts(language) if code.startswith(start))


def addressed(code: str, address: str, language: str = DEFAULT_LANGUAGE) -> str:
    """``code``, or ``code.u`` for a form that says ``u`` (``address_form``) where that text exists."""
    polite = f"{code}.u"
    return polite if address == "u" and has(polite, language) else code


def say(code: str, /, language: str = DEFAULT_LANGUAGE, **params: object) -> str:
    """Return the text of ``code`` (``"area.code"``) with ``{name}`` filled in from ``params``.

    A parameter ``n`` chooses between ``code`` and ``code.one`` (when ``n == 1`` and that text exists).
    Falls back to Dutch; raises ``KeyError`` for a code that no catalogue has, because that is a bug.
    """
    wanted = f"{code}.one" if params.get("n") == 1 else code
    for candidate in (wanted, code):
        for texts in (_texts(language), _texts(DEFAULT_LANGUAGE)):
            if candidate in texts:
                return texts[candidate].format(**params) if params else texts[candidate]
    raise KeyError(code)
