"""How do the three sheets become a form? Every row ends in the YAML or in the report, never in neither."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.definitions.xlsform.conditions import Known, Untold, told
from app.definitions.xlsform.questions import Note, Question, question
from app.definitions.xlsform.tables import Line, Rows, as_id, lines
from app.definitions.xlsform.yaml_text import Value, pairs
from app.texts import say

BEGIN, END = ("begin_group", "begin group"), ("end_group", "end group")
BEGIN_ROWS, END_ROWS = ("begin_repeat", "begin repeat"), ("end_repeat", "end repeat")


@dataclass(frozen=True, slots=True)
class Converted:
    """``files``: path -> YAML. ``notes``: what could not be carried over, or must be looked at, by row."""

    form: str
    files: Mapping[str, str]
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Section:
    id: str
    title: str
    show_if: str = ""
    loose: bool = False
    """For questions outside any group."""
    fields: list[Question] = field(default_factory=list)


@dataclass(slots=True)
class _Work:
    """What is known while reading from top to bottom."""

    title: str
    privacy: str
    options: Mapping[str, list[Line]]
    sections: list[_Section] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    own_ids: dict[str, dict[str, str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    names: dict[str, Mapping[str, str]] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    rows: Question | None = None
    depth: int = 0
    skipped: int = 0
    notes: list[Note] = field(default_factory=list)
    rules: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, line: Line, code: str, **params: str) -> None:
        """Something for the report."""
        self.notes.append(Note("survey", line.number, code, tuple(params.items())))

    def known(self, own: str = "") -> Known:
        """What expressions may name here: inside a repeat its own fields as ``row.x``."""
        ids = {**self.ids}
        if self.rows is not None:
            ids |= {name: f"row.{made}" for name, made in self.own_ids[self.rows.id].items()}
        return Known(ids, self.names, self.types, own)

    def section(self) -> _Section:
        """Where the next question stands."""
        if not self.sections or (self.depth == 0 and not self.sections[-1].loose):
            taken = {section.id: section.id for section in self.sections}
            self.sections.append(_Section(as_id(say("xlsform.loose"), taken), self.title, loose=True))
        return self.sections[-1]


def convert(
    survey: Rows,
    choices: Rows,
    settings: Rows,
    *,
    name: str = "",
    privacy: str = "1",
    taken: Collection[str] = (),
) -> Converted:
    """Make a form of the sheets. ``name``: what it is called without a title or id of its own; ``privacy``: the class
    of every field, for the author to go over; ``taken``: ids of forms there are. Raises nothing: what cannot be carried
    over is in the report.
    """
    said = lines(settings)
    title = (said[0].get("form_title") if said else "") or name or say("xlsform.untitled")
    form = as_id((said[0].get("form_id") if said else "") or title, {ref: ref for ref in taken})
    work = _Work(title, privacy, _options(choices))
    for line in lines(survey):
        _row(work, line)
    files = {f"formdefs/{form}.yaml": _form(form, work)}
    return Converted(form, files, tuple(work.notes))


def _options(choices: Rows) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines(choices):
        found.setdefault(line.get("list_name", "list"), []).append(line)
    return found


def _row(work: _Work, line: Line) -> None:
    kind = " ".join(line.get("type").lower().split())
    if work.skipped:
        work.skipped += (kind in BEGIN_ROWS) - (kind in END_ROWS)
        work.note(line, "xls.inside", name=line.get("name"))
    elif kind in BEGIN:
        _begin(work, line)
    elif kind in END:
        work.depth = max(0, work.depth - 1)
        if work.conditions:
            work.conditions.pop()
    elif kind in BEGIN_ROWS:
        _begin_rows(work, line)
    elif kind in END_ROWS:
        work.rows = None
    elif kind:
        _question(work, line, kind)
    else:
        work.note(line, "xls.no_type", name=line.get("name"))


def _begin(work: _Work, line: Line) -> None:
    shown = _condition(work, line, "relevant")
    work.depth += 1
    if work.depth == 1 and work.rows is None:
        taken = {section.id: section.id for section in work.sections}
        title = line.get("label") or line.get("name") or work.title
        made = as_id(line.get("name") or title, taken, fallback=say("xlsform.section"))
        work.sections.append(_Section(made, title, shown))
        work.conditions.append("")
        return
    work.conditions.append(shown)
    if line.get("label"):
        work.note(line, "xls.nested", name=line.get("label"))


def _begin_rows(work: _Work, line: Line) -> None:
    if work.rows is not None:
        work.skipped = 1
        work.note(line, "xls.nested_rows", name=line.get("name"))
        return
    made = as_id(line.get("name") or say("xlsform.rows"), work.ids)
    work.ids[line.get("name")] = made
    work.own_ids[made] = {}
    label = line.get("label") or line.get("name")
    parts: list[tuple[str, Value]] = [("field", made), ("type", "repeat"), ("label", label)]
    shown = _shown(work, _condition(work, line, "relevant"))
    work.rows = Question(made, "repeat", [*parts, *([("show_if", shown)] if shown else [])], rows=[])
    work.section().fields.append(work.rows)
    if line.get("repeat_count"):
        work.note(line, "xls.repeat_count", name=made)


def _question(work: _Work, line: Line, kind: str) -> None:
    taken = work.own_ids[work.rows.id] if work.rows is not None else work.ids
    made = question(
        line, kind, work.options, as_id(line.get("name") or say("xlsform.question"), taken), work.privacy
    )
    work.notes += made.notes
    if not made.type:
        return
    name = line.get("name")
    taken[name] = made.id
    work.types[name] = made.type
    if made.options:
        work.names[name] = made.options
    _conditions(work, line, made)
    place = work.rows.rows if work.rows is not None and work.rows.rows is not None else work.section().fields
    place.append(made)
    if made.other is not None:
        place.append(made.other)


def _conditions(work: _Work, line: Line, made: Question) -> None:
    shown = _shown(work, _condition(work, line, "relevant"))
    if shown:
        made.parts.append(("show_if", shown))
    wanted = line.get("required").lower()
    if wanted in ("yes", "true", "true()", "1", "ja"):
        made.parts.append(("required", True))
    elif wanted and wanted not in ("no", "false", "false()", "0", "nee"):
        when = _condition(work, line, "required")
        made.parts += [("required_if", when)] if when else []
    if line.get("calculation"):
        _calculated(work, line, made)
    if line.get("constraint") and not made.limited:
        _rule(work, line, made)
    if line.get("choice_filter"):
        work.note(line, "xls.choice_filter", name=made.id)


def _calculated(work: _Work, line: Line, made: Question) -> None:
    words = _condition(work, line, "calculation")
    if words:
        made.parts.append(("compute", words))
        if line.get("type").strip().lower() == "calculate":
            made.parts.append(("shown", "never"))


def _rule(work: _Work, line: Line, made: Question) -> None:
    words = _condition(work, line, "constraint", own=line.get("name"))
    if not words:
        return
    if work.rows is not None:
        work.note(line, "xls.rule_in_rows", name=made.id, text=line.get("constraint"))
        return
    message = line.get("constraint_message") or made.label
    work.rules.append((f"not answered({made.id}) or ({words})", message, made.id))


def _condition(work: _Work, line: Line, column: str, own: str = "") -> str:
    source = line.get(column)
    if not source:
        return ""
    try:
        return told(source, work.known(own))
    except Untold as piece:
        work.note(line, "xls.untold", column=column, text=source, piece=str(piece))
        return ""


def _shown(work: _Work, own: str) -> str:
    """The condition of a question with those of the groups around it that are no section."""
    around = [one for one in work.conditions if one]
    parts = [*around, own] if own else around
    if len(parts) == 1:
        return parts[0]
    return " and ".join(f"({part})" for part in parts)


# Writing it ------------------------------------------------------------------------------------------------------


def _form(form: str, work: _Work) -> str:
    written = pairs([("form", form), ("title", work.title)], 0)
    if work.rules:
        written.append("rules:")
        for rule, message, at in work.rules:
            written += pairs([("rule", rule), ("message", message), ("at", at)], 4, dash=True)
    written.append("sections:")
    for section in work.sections:
        if section.fields:
            head: list[tuple[str, Value]] = [("section", section.id), ("title", section.title)]
            head += [("show_if", section.show_if)] if section.show_if else []
            written += [*pairs(head, 4, dash=True), "    fields:"]
            for made in section.fields:
                written += made.written(8)
    return "\n".join(written) + "\n"
