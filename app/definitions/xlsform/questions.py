"""How does one question of an XLSForm become a field?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.definitions.xlsform.tables import Line, as_id
from app.definitions.xlsform.yaml_text import Value, pairs
from app.texts import say

TYPES = {
    "text": "text", "string": "text", "integer": "integer", "int": "integer", "decimal": "decimal", "date": "date",
    "time": "time", "note": "info", "image": "file", "photo": "file", "file": "file", "barcode": "text",
    "acknowledge": "consent", "trigger": "consent", "calculate": "decimal", "range": "integer", "datetime": "date",
}  # fmt: skip
SILENT = frozenset(
    {"start", "end", "today", "deviceid", "username", "simserial", "phonenumber", "email", "audit", "subscriberid",
     "start-geopoint", "background-audio", "hidden"}
)  # fmt: skip
"""What the device fills in by itself; our server keeps when and by whom on its own."""
LOSES = {"datetime": "xls.datetime", "barcode": "xls.barcode", "rank": "xls.rank"}
TYPED_AS = {
    "numbers": "integer",
    "tel": "phone",
    "email": "email",
    "multiline": "long_text",
    "signature": "signature",
}
YEARS = ("year", "month-year")
LIMITS = (
    (re.compile(r"^\.\s*>=\s*(-?\d+(?:\.\d+)?)$"), "min"),
    (re.compile(r"^\.\s*<=\s*(-?\d+(?:\.\d+)?)$"), "max"),
    (re.compile(r"^\.\s*<=?\s*(today)\(\)$"), "max"),
    (re.compile(r"^\.\s*>=?\s*(today)\(\)$"), "min"),
    (re.compile(r"^string-length\(\s*\.\s*\)\s*<=\s*(\d+)$"), "max_length"),
    (re.compile(r"^string-length\(\s*\.\s*\)\s*>=\s*(\d+)$"), "min_length"),
    (re.compile(r"^regex\(\s*\.\s*,\s*'([^']*)'\s*\)$"), "pattern"),
)
FITS = {
    "min": ("integer", "decimal", "date", "partial_date"), "max": ("integer", "decimal", "date", "partial_date"),
    "max_length": ("text", "long_text"), "min_length": ("text", "long_text"), "pattern": ("text",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the report: the sheet, its row, and what there is to say (``xlsform.<code>``)."""

    sheet: str
    row: int
    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Question:
    """A field in the making; ``type`` is empty for what does not become one. ``options``: XLSForm name -> our id."""

    id: str
    type: str
    parts: list[tuple[str, Value]] = field(default_factory=list)
    label: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    other: Question | None = None
    rows: list[Question] | None = None
    limited: bool = False
    notes: list[Note] = field(default_factory=list)

    def written(self, indent: int) -> list[str]:
        """As an item of ``fields:``."""
        found = pairs(self.parts, indent, dash=True)
        found += [" " * indent + line for line in self.lines]
        if self.rows is not None:
            found.append(" " * indent + "fields:")
            for inner in self.rows:
                found += inner.written(indent + 4)
        return found


def question(
    line: Line, kind: str, options: Mapping[str, list[Line]], made_id: str, privacy: str
) -> Question:
    """The field of one row. ``kind``: its type in small letters with single blanks."""
    first = kind.split()[0]
    made = Question(made_id, "", label=line.get("label") or line.get("name"))
    if first in SILENT:
        return made
    chosen = re.match(
        r"(select_one|select_multiple|select one|select multiple|rank)\s+(\S+)( or_other)?", kind
    )
    if chosen:
        made.type = "choice" if "one" in chosen.group(1) else "choices"
    else:
        made.type = _type(first, line)
    if not made.type:
        _note(made, line, "xls.type", type=kind)
        return made
    if first in LOSES:
        _note(made, line, LOSES[first])
    _common(made, line, privacy)
    if chosen:
        named = options.get(_list_name(line.get("type")), [])
        _choose(made, line, named, kind.endswith("or_other"), privacy)
    _limits(made, line)
    return made


def _list_name(written: str) -> str:
    """``select_one kleuren or_other`` and the older ``select one kleuren`` name the list ``kleuren``."""
    words = written.split()
    place = 2 if words[0].lower() == "select" else 1
    return words[place] if len(words) > place else ""


def _type(first: str, line: Line) -> str:
    appearance = line.get("appearance").lower().split()
    wanted = next((TYPED_AS[one] for one in appearance if one in TYPED_AS), "")
    if first in ("text", "string") and wanted and wanted != "signature":
        return wanted
    if first == "image" and wanted == "signature":
        return wanted
    if first == "date" and set(YEARS) & set(appearance):
        return "partial_date"
    return TYPES.get(first, "")


def _common(made: Question, line: Line, privacy: str) -> None:
    text = without_marks(made.label)
    made.parts += [("field", made.id), ("type", made.type)]
    made.parts.append(("text" if made.type in ("info", "consent") else "label", text))
    if line.get("hint") and made.type != "info":
        made.parts.append(("help", without_marks(line.get("hint"))))
    if made.type == "file":
        made.parts.append(
            ("accept", ["jpg", "png"] if "image" in line.get("type") else ["pdf", "jpg", "png"])
        )
    if made.type != "info":
        made.parts.append(("privacy", int(privacy)))
    if privacy in ("2", "3") and made.type != "info":
        made.parts.append(("why", without_marks(line.get("guidance_hint")) or text))
    if "${" in made.label or "${" in line.get("hint"):
        _note(made, line, "xls.reference")


def without_marks(text: str) -> str:
    """A text of theirs in one of ours: references to other answers fall away, braces are doubled."""
    return re.sub(r"\$\{[^}]*\}", "…", text).replace("{", "{{").replace("}", "}}")


def _choose(made: Question, line: Line, found: list[Line], other: bool, privacy: str) -> None:
    if not found:
        _note(made, line, "xls.no_list", type=line.get("type"))
    ids: dict[str, str] = {}
    made.lines.append("options:")
    for option in found:
        name = option.get("name", "value")
        ids[name] = as_id(name, ids, fallback=say("xlsform.choice"))
        label = without_marks(option.get("label") or name)
        made.lines += pairs([("id", ids[name]), ("label", label)], 4, dash=True)
    if other:
        ids["other"] = as_id(say("xlsform.other"), ids)
        made.lines += pairs([("id", ids["other"]), ("label", say("xlsform.other"))], 4, dash=True)
        made.other = _which_other(made, ids["other"], privacy)
    made.options = ids
    wanted = line.get("default")
    if wanted in ids:
        made.parts.append(("default", ids[wanted]))


def _which_other(made: Question, option: str, privacy: str) -> Question:
    """The text behind "other"."""
    own = as_id(f"{made.id[:30]}_{option}")
    shown = f"{made.id} is {option}" if made.type == "choice" else f"{option} in {made.id}"
    label = say("xlsform.which_other")
    parts: list[tuple[str, Value]] = [("field", own), ("type", "text"), ("label", label), ("show_if", shown)]
    return Question(own, "text", [*parts, ("privacy", int(privacy))], label=label)


def _limits(made: Question, line: Line) -> None:
    """Limits that a field has of itself; what else a constraint says becomes a rule."""
    if made.type == "integer" and "range" in line.get("type"):
        for name, key in (("start", "min"), ("end", "max")):
            found = re.search(rf"{name}\s*=\s*(-?\d+)", line.get("parameters"))
            made.parts += [(key, found.group(1))] if found else []
    source = line.get("constraint")
    if not source:
        return
    limits: dict[str, str] = {}
    for piece in re.split(r"\s+and\s+", source):
        match = next(((key, hit) for pattern, key in LIMITS if (hit := pattern.match(piece.strip()))), None)
        if match is None or made.type not in FITS[match[0]] or match[0] in limits:
            return
        limits[match[0]] = match[1].group(1)
    made.limited = True
    made.parts += [(key, int(text) if text.isdigit() else text) for key, text in limits.items()]
    if line.get("constraint_message"):
        codes = {"min": "too_low", "max": "too_high", "max_length": "too_long", "min_length": "too_short"}
        if made.type in ("date", "partial_date"):
            codes |= {"min": "too_early", "max": "too_late"}
        said = without_marks(line.get("constraint_message"))
        made.parts.append(("messages", {codes.get(key, key): said for key in limits}))


def _note(made: Question, line: Line, code: str, **params: str) -> None:
    made.notes.append(Note("survey", line.number, code, (("name", line.get("name")), *params.items())))
