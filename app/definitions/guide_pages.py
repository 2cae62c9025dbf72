"""How does the guide read, page by page? Markdown, once, for the pages of the studio and for ``docs/``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from app.definitions.guide import (
    PARTS,
    SAME_AS,
    Example,
    FunctionHelp,
    KeyHelp,
    NodeHelp,
    TypeHelp,
    functions,
    node_help,
    types,
)
from app.texts import guide as written
from app.texts import say

TYPES, FUNCTIONS = "types", "functions"
LISTED_AT_MOST = 16
"""Only the field types are more, and they have a page of their own."""
REFERENCE = ("fields", TYPES, "lists", "forms", "workflows", "states", FUNCTIONS, "people")


@dataclass(frozen=True, slots=True)
class GuidePage:
    """``text`` is Markdown that begins with its title as a heading; ``chapter``: to learn from, else to look up in."""

    id: str
    title: str
    text: str
    chapter: bool


@cache
def pages(language: str = "nl") -> tuple[GuidePage, ...]:
    """Every page, chapters first."""
    return (*_chapters(language), *(_reference(name, language) for name in REFERENCE))


def whole(language: str = "nl") -> str:
    """Everything as one document with a table of contents."""
    found = pages(language)
    head = [f"# {say('guide.title', language)}", say("guide.lead", language)]
    contents = "\n".join(f"- [{page.title}](#{_anchor(page.title)})" for page in found)
    return "\n\n".join([*head, contents, *(_deeper(page.text) for page in found)]).rstrip() + "\n"


def _chapters(language: str) -> Iterable[GuidePage]:
    for name, text in written.read_all("chapters", language).items():
        title = text.splitlines()[0].removeprefix("# ")
        yield GuidePage(name.removesuffix(".md").partition("_")[2], title, text.strip() + "\n", True)


def _reference(name: str, language: str) -> GuidePage:
    title = say(f"guide.page.{name}", language)
    if name == TYPES:
        body = [_type(item, language) for item in types(language)]
    elif name == FUNCTIONS:
        body = [_function(item, language) for item in functions(language)]
    else:
        body = [_node(node_help(part, language), language) for part in PARTS[name]]
        if name == "fields":
            body.insert(2, _same("change", language))
    return GuidePage(name, title, "\n\n".join([f"# {title}", *body]) + "\n", False)


def _same(name: str, language: str) -> str:
    part = say(f"guide.node.{SAME_AS[name]}", language)
    return "\n\n".join(
        [f"## {_capital(say(f'guide.node.{name}', language))}", say(f"guide.about.{name}", language),
         say("guide.same_keys", language, part=part)]
    )  # fmt: skip


def _node(item: NodeHelp, language: str) -> str:
    head = " | ".join(say(f"guide.{column}", language) for column in ("key", "takes", "meaning"))
    rows = [_row(key, language) for key in item.keys]
    table = "\n".join([f"| {head} |", "| --- | --- | --- |", *rows])
    return "\n\n".join([f"## {_capital(item.title)}", item.about, table, *_examples(item.examples)])


def _row(key: KeyHelp, language: str) -> str:
    name = f"`{key.name}`" + (f" ({say('guide.required', language)})" if key.required else "")
    takes = " / ".join(key.takes)
    if len(key.choices) > LISTED_AT_MOST:
        takes = say("guide.choices_elsewhere", language, page=say(f"guide.page.{TYPES}", language))
    elif key.choices:
        takes = say("guide.choices", language, choices=", ".join(f"`{choice}`" for choice in key.choices))
    fits = (
        say("guide.fits", language, types=", ".join(f"`{kind}`" for kind in key.types)) if key.types else ""
    )
    return f"| {name} | {takes} | {' '.join(filter(None, (key.help, _capital(fits) and _capital(fits) + '.')))} |"


def _type(item: TypeHelp, language: str) -> str:
    own = say("guide.no_keys", language)
    if item.keys:
        own = say("guide.keys_of_type", language, keys=", ".join(f"`{key}`" for key in item.keys))
    return "\n\n".join([f"## `{item.id}`", f"{item.about} {own}", *_examples(item.examples)])


def _function(item: FunctionHelp, language: str) -> str:
    usage = say("guide.usage", language, usage=", ".join(f"`{one}`" for one in _usages(item.usage)))
    return "\n\n".join([f"## `{item.id}`", item.about, usage, *_examples(item.examples)])


def _usages(usage: str) -> list[str]:
    """``count(a), count(a, b)`` as its parts; the commas within brackets stay."""
    return [one if one.endswith(")") else f"{one})" for one in usage.split("), ")]


def _examples(found: Iterable[Example]) -> list[str]:
    return [f"{item.caption}:\n\n```yaml\n{item.text}\n```" for item in found]


def _deeper(text: str) -> str:
    """All headings one level down, those inside a code block excepted."""
    lines, code = [], False
    for line in text.splitlines():
        code ^= line.startswith("```")
        lines.append(f"#{line}" if line.startswith("#") and not code else line)
    return "\n".join(lines)


def _anchor(title: str) -> str:
    return "-".join("".join(sign for sign in title.lower() if sign.isalnum() or sign in " -").split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
