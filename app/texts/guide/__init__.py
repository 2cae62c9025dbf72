"""The authoring guide as its writers wrote it: chapters in Markdown and examples in YAML, by language.

``<language>/chapters/NN_name.md`` are read in the order of their names. ``<language>/examples/<node>.yaml`` holds the
examples of one part of the language; each begins with a line ``#: keys | caption`` that names the keys it shows.
"""

from __future__ import annotations

from importlib.resources import files

DEFAULT_LANGUAGE = "nl"


def read_all(folder: str, language: str = DEFAULT_LANGUAGE) -> dict[str, str]:
    """File name -> text of everything in ``chapters`` or ``examples``, sorted by name; Dutch for a language without."""
    place = files(__package__) / language / folder
    if not place.is_dir():
        place = files(__package__) / DEFAULT_LANGUAGE / folder
    found = {item.name: item for item in place.iterdir() if item.name.endswith((".md", ".yaml"))}
    return {name: found[name].read_text(encoding="utf-8") for name in sorted(found)}
