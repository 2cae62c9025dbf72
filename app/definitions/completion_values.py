"""Which values could stand behind a key: what it refers to, what its vocabulary closes, terms, conditions?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from app.definitions.completion_expressions import Terms, conditions
from app.definitions.known_names import FieldName, FlowNames, Name, Names, flow_names
from app.definitions.model.matching import OTHER
from app.definitions.model.workflows import Unit
from app.definitions.placeholders import CASE_NAMES
from app.definitions.readers.actions import ACTORS
from app.definitions.spots import Sort, Spot, Suggestion
from app.definitions.vocabulary import ROLES, Kind
from app.definitions.vocabulary_workflows import ESCALATION_ROLES, MEANS, REACHED_BY_MESSAGE, WAYS
from app.texts import has

WITH_ROWS = frozenset({"matrix", "repeat"})
CHOSEN = ("choice", "choices", "tags")
PLACES = ("neighbourhood", "address")
MEANINGS = (
    "resident.name", "resident.first_name", "resident.called", "resident.birth", "resident.phone", "resident.mobile",
    "resident.email", "resident.address", "resident.language", "resident.interpreter", "resident.via",
    "resident.via_phone", "resident.preference", "resident.message_ok", "resident.best_time", "case.neighbourhood",
    "case.domains", "case.card_number", "case.question", "case.privacy_told",
)  # fmt: skip
EXPECTED = ("contact_point", "person", "rule", "deadline", "limits", "states", "messages", "errors")
TERMS = tuple(unit.value for unit in Unit)
Found = Iterable[Suggestion]


class Around:
    """What can be named at a spot."""

    def __init__(self, spot: Spot, names: Names) -> None:
        self.spot = spot
        self.names = names

    def fields(self) -> tuple[FieldName, ...]:
        """The fields a condition may name here."""
        if self.spot.kind in ("form", "block"):
            return self.names.fields_in(self.spot.root)
        every = (self.names.fields(form) for form in self.flow().forms)
        return (*dict.fromkeys(chain.from_iterable(every)), *self._other_fields())

    def other(self) -> FlowNames | None:
        """The workflow on the other side of a matching, inside one."""
        matching = self.spot.around("matching")
        found = self.names.files.get(("workflow", matching.text("with"))) if matching is not None else None
        return flow_names(found) if found is not None else None

    def _other_fields(self) -> Iterator[FieldName]:
        flow = self.other()
        for form in flow.forms if flow is not None else ():
            for item in self.names.fields(form):
                yield replace(item, id=f"{OTHER}{item.id}")

    def flow(self) -> FlowNames:
        """What the workflow names; of a form, those of its workflow."""
        root = self.spot.root
        if self.spot.kind == "form":
            root = self.names.files.get(("workflow", root.text("workflow")), root)
        return flow_names(root)

    def rows(self) -> tuple[FieldName, ...]:
        """What ``row.`` can be followed by; nothing outside rows."""
        around = self.spot.around("also_rule", "reason_each", "route_rule")
        wanted = around.text("each") or around.text("of") if around else ""
        if not wanted:
            fields = [branch for name, branch in self.spot.chain if name == "field"]
            wanted = fields[-2].text("field") if len(fields) > 1 else ""
        owner = next((item for item in self.fields() if wanted and item.id == wanted), None)
        return row_facts(owner) if owner else ()

    def terms(self) -> Terms:
        """All that conditions may name."""
        flow = self.flow()
        return Terms(self.fields(), self.rows(), flow.marks)


def row_facts(owner: FieldName) -> tuple[FieldName, ...]:
    """The children of a matrix or repeat, and what every row of a matrix has."""
    score = (FieldName("score", type="choice", options=owner.options), FieldName("label"), FieldName("id"))
    children = tuple(item for item in owner.children if item.type)
    return (*score, *children) if owner.type == "matrix" else children


def values(spot: Spot, names: Names) -> Iterator[Suggestion]:
    """What fits behind ``spot.key``."""
    key = spot.key
    if key is None or spot.words is None:
        return
    around = Around(spot, names)
    kinds = set(key.kinds)
    if spot.beside:
        yield from _answers(around)
        return
    for word in key.choices:
        help_ = f"vocabulary.{key.name}.{word}"
        yield _made(
            spot, Name(word), Sort.VALUE, help_ if has(help_) else f"{spot.words.name}.{key.name}.{word}"
        )
    if Kind.FLAG in kinds:
        yield from (Suggestion(word, word, Sort.VALUE) for word in ("true", "false"))
    refer = REFERS.get(f"{spot.words.name}.{key.name}") or REFERS.get(key.name)
    if refer is not None:
        yield from (_made(spot, Name(one.word, one.about), one.sort, one.help) for one in refer(around))
    elif kinds & {Kind.CONDITION, Kind.EXPRESSION}:
        yield from conditions(spot.typed, around.terms())
    elif kinds & {Kind.DURATION, Kind.DEADLINE}:
        yield from _terms(around, deadline=Kind.DEADLINE in kinds)


def placeholders(spot: Spot, names: Names) -> Iterator[Suggestion]:
    """What may stand between braces in a text."""
    around = Around(spot, names)
    close = "" if spot.followed else "}"
    for word in CASE_NAMES:
        yield Suggestion(word, word + close, Sort.WORD)
    for row in around.rows():
        yield Suggestion(f"row.{row.id}", f"row.{row.id}{close}", Sort.FIELD, about=row.label)
    for item in around.fields():
        yield Suggestion(item.id, item.id + close, Sort.FIELD, about=item.label)


def answer_words(spot: Spot, names: Names) -> Iterator[Suggestion]:
    """The keys of ``answers:`` and ``expect:``."""
    if spot.key is not None and spot.key.name == "expect":
        yield from (Suggestion(word, word, Sort.VALUE) for word in EXPECTED)
    elif spot.key is not None and spot.key.name == "answers":
        yield from _fields(Around(spot, names))


def _answers(around: Around) -> Iterator[Suggestion]:
    beside = around.spot.beside
    if beside == "contact_point":
        yield from _points(around)
    elif beside == "states":
        yield from _states(around)
    elif beside == "messages":
        yield from _messages(around)
    else:
        for item in around.fields():
            if item.id == beside:
                yield from (_of(option, Sort.OPTION) for option in item.options)


def _made(spot: Spot, name: Name, sort: Sort, help_: str = "") -> Suggestion:
    dash = "- " if spot.dash else ""
    return Suggestion(name.id, dash + name.id, sort, help_, name.label)


def _of(name: Name | FieldName, sort: Sort) -> Suggestion:
    return Suggestion(name.id, name.id, sort, about=name.label)


def _words(*words: str) -> Callable[[Around], Found]:
    return lambda _: [Suggestion(word, word, Sort.VALUE) for word in words]


def _kind(kind: str) -> Callable[[Around], Found]:
    return lambda around: [_of(name, Sort.NAME) for name in around.names.of_kind(kind)]


def _forms(kind: str) -> Callable[[Around], Found]:
    def found(around: Around) -> Found:
        for name in around.names.of_kind("form"):
            written = around.names.files["form", name.id].text("kind") or "case"
            if written == kind:
                yield _of(name, Sort.NAME)

    return found


def _fields(around: Around) -> Found:
    return [_of(item, Sort.FIELD) for item in around.fields()]


def _typed(*types: str) -> Callable[[Around], Found]:
    return lambda around: [_of(item, Sort.FIELD) for item in around.fields() if item.type in types]


def _shares(around: Around) -> Found:
    """Fields, and the whole of a block by its prefix."""
    fields = around.fields()
    prefixes = dict.fromkeys(item.id.partition(".")[0] for item in fields if "." in item.id)
    return [*(_of(Name(prefix), Sort.FIELD) for prefix in prefixes), *_fields(around)]


def _points(around: Around) -> Found:
    return [_of(name, Sort.NAME) for name in around.names.contact_points()]


def _ends(around: Around) -> Found:
    """Where a route ends: a contact point, or one that the row names."""
    columns = ("row.contact_point",) if around.spot.branch.text("match") or around.rows() else ()
    people = [item for item in around.rows() if item.type in ("person", "partner")]
    return [
        *(Suggestion(word, word, Sort.WORD) for word in columns),
        *(Suggestion(f"row.{item.id}", f"row.{item.id}", Sort.FIELD, about=item.label) for item in people),
        *_points(around),
    ]


def _states(around: Around) -> Found:
    return [_of(name, Sort.NAME) for name in around.flow().states]


def _other_states(around: Around) -> Found:
    flow = around.other()
    return [_of(name, Sort.NAME) for name in flow.states] if flow is not None else []


def _buttons(around: Around) -> Found:
    return [_of(name, Sort.NAME) for name in around.flow().actions]


def _messages(around: Around) -> Found:
    return [_of(name, Sort.NAME) for name in around.flow().messages]


def _marks(around: Around) -> Found:
    return [_of(name, Sort.NAME) for name in around.flow().marks]


def _or_stay(around: Around) -> Found:
    return [Suggestion("stay", "stay", Sort.WORD), *_states(around)]


def _only(around: Around) -> Found:
    return [_of(name, Sort.OPTION) for name in around.names.options(around.spot.branch.text("list"))]


def _of_block(around: Around) -> Found:
    block = around.spot.branch.text("use")
    return [_of(name, Sort.FIELD) for name in around.names.block_fields(block)]


def _default(around: Around) -> Found:
    mine = next((f for f in around.fields() if f.id == around.spot.branch.text("field")), None)
    return [_of(option, Sort.OPTION) for option in mine.options] if mine else []


def _reminders(_: Around) -> Found:
    words = ("on the day", "1 working day before", "2 working days before", "5 working days before")
    return [Suggestion(word, word, Sort.WORD) for word in words]


def _terms(around: Around, *, deadline: bool) -> Iterator[Suggestion]:
    """``3 working days``; behind a number its units, behind ``from`` where it counts from."""
    words = around.spot.typed.split()
    if len(words) >= 2 and words[-1 if around.spot.typed.endswith(" ") else -2] == "from":
        since = ("received", "entered", *(name.id for name in around.flow().marks))
        dates = (item.id for item in around.fields() if item.type == "date")
        yield from (Suggestion(word, word, Sort.WORD) for word in (*since, *dates))
    elif words and words[0].isdigit() and (len(words) > 1 or around.spot.typed.endswith(" ")):
        yield from (Suggestion(unit, unit, Sort.WORD) for unit in TERMS)
        if deadline and len(words) > 2:
            yield Suggestion("from", "from ", Sort.WORD)
    else:
        for word in ("same day", "none") if deadline else ():
            yield Suggestion(word, word, Sort.WORD)
        for amount in (1, 3, 5, 10):
            unit = TERMS[1].removesuffix("s") if amount == 1 else TERMS[1]
            yield Suggestion(f"{amount} {unit}", f"{amount} {unit}", Sort.WORD)


REFERS: dict[str, Callable[[Around], Found]] = {
    "form.workflow": _kind("workflow"),
    "form.controller": _words("gemeente", "ocmw"),
    "contact_point.controller": _words("gemeente", "ocmw"),
    "use.use": _kind("block"),
    "use.fields": _of_block,
    "options.list": _kind("list"),
    "rows.list": _kind("list"),
    "reasons.list": _kind("list"),
    "options.rows": _typed("matrix"),
    "only": _only,
    "rule.at": _fields,
    "warning.at": _fields,
    "conversation.notes": _typed("long_text"),
    "conversation.overview": _typed("matrix"),
    "conversation.agreements": _typed("repeat"),
    "keeps": _fields,
    "release.per": _fields,
    "beside": _forms("case"),
    "field.at": _fields,
    "shares": _shares,
    "only_for": _words(*ROLES),
    "field.means": _words(*MEANINGS),
    "change.means": _words(*MEANINGS),
    "means": _words(*MEANS, *WAYS),
    "default": _default,
    "workflow.forms": _forms("case"),
    "start": _states,
    "not_to": _typed("person"),
    "route_rule.to": _ends,
    "route_rule.otherwise": _points,
    "also_rule.each": _typed(*WITH_ROWS),
    "also_rule.to": _ends,
    "case": _kind("workflow"),
    "carry": _shares,
    "escalation.to": _words(*ESCALATION_ROLES),
    "remind": _reminders,
    "card.themes": _typed("choice", "choices"),
    "strip": _fields,
    "leave_out": _fields,
    "draft.remind": lambda around: _terms(around, deadline=False),
    "until": _marks,
    "feedback.to": _words(*REACHED_BY_MESSAGE),
    "feedback.message": _messages,
    "message.to": _words(*REACHED_BY_MESSAGE),
    "again.then": _states,
    "action.to": _states,
    "action.form": _forms("action"),
    "open_form": _forms("case"),
    "marks": _marks,
    "by": _words(*ACTORS),
    "auto.to": _states,
    "auto.otherwise": _or_stay,
    "reopen.to": _states,
    "reason_each.of": _typed("matrix"),
    "contact_point.owner": _points,
    "collects.form": _forms("case"),
    "collects.in": _states,
    "released": _states,
    "collects.since": _typed("date"),
    "collects.until": _typed("date"),
    "adds": _forms("action"),
    "prefill.of": _forms("case"),
    "matching.with": _kind("workflow"),
    "matching.states": _other_states,
    "matching.when": _states,
    "propose": _buttons,
    "shows": _fields,
    "places": _typed("integer"),
    "sensitive": _fields,
    "overlap": _typed(*CHOSEN),
    "covers": _typed(*CHOSEN),
    "times": _typed("availability"),
    "distance": _typed(*PLACES),
    "score_part.of": _typed(*CHOSEN, *PLACES, "availability"),
}
