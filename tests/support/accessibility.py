"""What does a page say to somebody who does not see it, and does it fit whoever enlarges it?

``tree`` is the page as a screen reader gets it: role, name, description and state of everything, a line each. Figures
become ``0`` and long lists are cut after a few entries, so that it tells of the page and not of the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SPEAKS = 3
"""Entries of a list or table that are kept."""
STATES = (
    "checked",
    "disabled",
    "expanded",
    "haspopup",
    "invalid",
    "level",
    "live",
    "pressed",
    "readonly",
    "required",
    "selected",
)
SILENT = {"none", "generic", "InlineTextBox", "LineBreak", "ListMarker", "LayoutTable", "presentation"}
REPEATED = {"listitem", "row", "option", "term", "definition", "article", "radio", "group", "heading", "time"}
HOLDS = {"list", "table", "rowgroup", "listbox", "DescriptionList"}
BROWSERS_OWN = re.compile(r"Show (date|time|local date and time) picker\b")
"""What the browser lays in a field of its own; one version calls it otherwise than the next."""
TOO_WIDE = """() => {
  const root = document.documentElement;
  return root.scrollWidth - root.clientWidth;
}"""

WRONG = (Path(__file__).parent / "unsaid.js").read_text(encoding="utf-8")


def tree(page: Page) -> str:
    """The page as a screen reader gets it, a line for each thing, two spaces for each level."""
    session = page.context.new_cdp_session(page)
    try:
        session.send("Accessibility.enable")
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    known = {node["nodeId"]: node for node in nodes}
    return "\n".join(_lines(nodes[0], known, 0, "")) + "\n"


def violations(page: Page) -> list[str]:
    """Every violation that axe finds, best practice included."""
    found = Axe().run(page, options=RULES)
    return [
        f"{each['id']} ({each['impact']}) at {[node['target'] for node in each['nodes']][:3]}"
        for each in found.response["violations"]
    ]


def unsaid(page: Page) -> list[str]:
    """What axe does not see: groups without a legend, hints and errors that belong to nothing."""
    found: list[str] = page.evaluate(WRONG)
    return found


def faults(page: Page) -> list[str]:
    """All of it for the page as it stands in its window."""
    beside = too_wide(page)
    wide = [f"{beside} px beside the window"] if beside > 0 else []
    return [
        *(f"axe: {each}" for each in violations(page)),
        *(f"unsaid: {each}" for each in unsaid(page)),
        *wide,
    ]


def too_wide(page: Page) -> int:
    """Pixels that stand beside the window."""
    found: int = page.evaluate(TOO_WIDE)
    return found


def _lines(node: dict[str, Any], known: dict[str, Any], depth: int, above: str) -> Iterator[str]:
    role = node.get("role", {}).get("value", "none")
    name = _text(node, "name")
    silent = node.get("ignored") or role in SILENT or (role == "StaticText" and name in above)
    if role == "LabelText" or (role == "button" and BROWSERS_OWN.match(name)):
        silent = True
    if not silent:
        yield "  " * depth + _line(node, role, name)
        depth, above = depth + 1, name or above
    said: dict[str, int] = {}
    for child in (known[key] for key in node.get("childIds", ()) if key in known):
        kind = child.get("role", {}).get("value", "none")
        said[kind] = said.get(kind, 0) + 1
        if kind in REPEATED and role in HOLDS and said[kind] > SPEAKS:
            if said[kind] == SPEAKS + 1:
                yield "  " * depth + "…"
            continue
        yield from _lines(child, known, depth, above)


def _line(node: dict[str, Any], role: str, name: str) -> str:
    parts = [role if role != "StaticText" else "text"]
    if name:
        parts.append(f'"{name}"')
    if described := _text(node, "description"):
        parts.append(f"({described})")
    held = {item["name"]: item["value"].get("value") for item in node.get("properties", ())}
    states = [
        f"{state}={held[state]}" for state in STATES if held.get(state) not in (None, False, "false", "")
    ]
    if states:
        parts.append(f"[{', '.join(states)}]")
    return " ".join(parts)


def _text(node: dict[str, Any], what: str) -> str:
    text = str(node.get(what, {}).get("value", ""))
    return re.sub(r"\d+", "0", " ".join(text.split()))
