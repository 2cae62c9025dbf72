"""What does a form do with data about people? What a register of processing and a DPIA ask, read from the definitions.

Nothing here is typed twice: purposes, data, roles and terms are those the form, its workflow and the policy run on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.definitions.model.forms import Field, FieldType, Form, Retention
from app.definitions.model.workflows import Action, Duration, TargetKind, Workflow
from app.engine.access import POLICY, Act, Relation
from app.engine.labels import Labels
from app.engine.telling import condition_words

NO_DATA = frozenset({FieldType.INFO})
SENSITIVE = 3
"""The class of health, care and violence: article 9."""
EXPLAINED = 2
"""From this class on a form says why it asks."""
_CONTENT = (Act.CASE_READ, Act.CASE_READ_WITH_REASON, Act.CASE_READ_BLOCKED)
_FREE = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class Purpose:
    """``basis`` as the form names it (``public_task``, ``consent``), and for what."""

    basis: str
    text: str


@dataclass(frozen=True, slots=True)
class Datum:
    """One thing that is asked: in which form and part, under which class, and why."""

    label: str
    privacy: int
    form: str
    section: str
    why: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """``months`` after the end, or ``term``, then ``delete`` or ``anonymise``; ``when`` in words, empty for all other
    cases."""

    months: int
    then: str
    when: str = ""
    term: Duration | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A role that may read the content: ``own`` what it handles itself, ``reason`` with a written reason; of a list
    ``list`` all of it, ``batch`` what was given to oneself."""

    role: str
    way: str


@dataclass(frozen=True, slots=True)
class Processing:
    """One form that opens a case, with the small forms behind its buttons; or the list of a campaign.

    ``persons`` and ``sources`` are codes; ``points`` are labels of the contact points its route may end at, those of
    ``partners`` outside the house; ``chosen_partner``: one whom the person chooses may get something too; ``messages``
    the kinds of people it writes to; ``source`` who gave a list, where nobody fills a form in.
    """

    form: str
    title: str
    controller: str
    address_form: str
    purposes: tuple[Purpose, ...]
    persons: tuple[str, ...]
    sources: tuple[str, ...]
    data: tuple[Datum, ...]
    readers: tuple[Reader, ...]
    points: tuple[str, ...]
    restricted: tuple[str, ...]
    partners: tuple[str, ...]
    chosen_partner: bool
    messages: tuple[str, ...]
    kept: tuple[Kept, ...]
    source: str = ""

    def of_class(self, privacy: int) -> tuple[Datum, ...]:
        """What is asked under one class."""
        return tuple(item for item in self.data if item.privacy == privacy)

    @property
    def highest(self) -> int:
        """The highest class of what is asked."""
        return max((item.privacy for item in self.data), default=0)


@dataclass(frozen=True, slots=True)
class Point:
    """What a contact point is called, and whether it is outside the house or seen by its holder only."""

    label: str
    partner: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What a form can lead to, by id: the small forms, the workflows of sub-cases, the contact points."""

    forms: Mapping[str, Form]
    workflows: Mapping[str, Workflow]
    points: Mapping[str, Point]


def processing(form: Form, around: Around) -> Processing:
    """What ``form``, which opens a case, does. Raises ``KeyError`` when its workflow is not there."""
    workflow = around.workflows[form.workflow]
    family = (workflow, *_below(workflow, around.workflows))
    whole = (form, *_behind(family, around.forms))
    named = sorted({name for one in family for name in _ends(form, one)})
    ends = [around.points[name] for name in named if name in around.points]
    return Processing(
        form=form.id,
        title=form.title,
        controller=form.controller,
        address_form=form.address_form,
        purposes=tuple(Purpose(basis, text) for basis, text in form.legal_basis.items()),
        persons=tuple(persons_of(whole)),
        sources=tuple(form.audience),
        data=tuple(found for one in whole for found in data_of(one)),
        readers=tuple(readers()),
        points=tuple(item.label for item in ends if not item.partner and not item.restricted),
        restricted=tuple(item.label for item in ends if item.restricted),
        partners=tuple(item.label for item in ends if item.partner),
        chosen_partner=any(_invites(one) for one in family),
        messages=tuple(dict.fromkeys(message.to for one in family for message in one.messages.values())),
        kept=tuple(_kept(rule, form, workflow) for rule in form.retention),
    )


def readers() -> Iterator[Reader]:
    """The roles that may read what somebody told, from the policy itself."""
    for role, grants in POLICY.items():
        relations = frozenset().union(*(grants.get(act, frozenset()) for act in _CONTENT[:1]))
        if relations:
            yield Reader(role, "own" if relations <= _NEAR else "service")
        if any(grants.get(act) for act in _CONTENT[1:]):
            yield Reader(role, "reason")


_NEAR = frozenset({Relation.OWN, Relation.SUBSTITUTE, Relation.SHARED})


def _below(workflow: Workflow, workflows: Mapping[str, Workflow]) -> Iterator[Workflow]:
    """The workflows of the sub-cases that it opens, each once; of those again, none do."""
    names = dict.fromkeys(rule.case for rule in workflow.also if rule.case)
    yield from (workflows[name] for name in names if name in workflows)


def _behind(family: tuple[Workflow, ...], forms: Mapping[str, Form]) -> Iterator[Form]:
    """The small forms behind the buttons, each once."""
    names = dict.fromkeys(action.form for one in family for action in _actions(one) if action.form)
    yield from (forms[name] for name in names if name in forms)


def _actions(workflow: Workflow) -> Iterator[Action]:
    for state in workflow.states.values():
        yield from state.actions.values()
    yield from workflow.anywhere.values()


def _ends(form: Form, workflow: Workflow) -> set[str]:
    """The contact points that a route or a sub-task may end at."""
    targets = [rule.target for rule in workflow.route]
    targets += [rule.target for rule in workflow.also if rule.target is not None]
    named = {target.name for target in targets if target.kind is TargetKind.CONTACT_POINT}
    if any(target.kind is TargetKind.ROW_COLUMN for target in targets):
        rows = (option for field in form.fields() if field.rows for option in field.rows.options)
        named |= {text for option in rows for text in option.columns.values()}
    return named


def _invites(workflow: Workflow) -> bool:
    """Whether an organisation that the person chooses may get something."""
    asked = any("invite_partner" in action.does for action in _actions(workflow))
    return asked or any(rule.partner for rule in workflow.also)


def persons_of(forms: tuple[Form, ...]) -> Iterator[str]:
    """Codes of whom it is about, each once: by what answers stand for, whom fields name, and free words."""
    fields = [one for form in forms for field in form.fields() for one in (field, *field.each, *field.fields)]
    for code in ("resident", "referrer"):
        if any(field.means.startswith(f"{code}.") for field in fields):
            yield code
    named = {kind for field in fields if field.type is FieldType.PERSON for kind in field.of}
    yield from sorted(named - {"resident"})
    if any(field.type in _FREE and field.privacy >= EXPLAINED for field in fields):
        yield "others"


def data_of(form: Form) -> Iterator[Datum]:
    """Everything about people that is asked, with rows that are more private than their field apart."""
    for section in form.sections:
        for field in section.fields:
            yield from _of_field(field, form, section.title)


def _of_field(field: Field, form: Form, section: str, before: str = "") -> Iterator[Datum]:
    if field.type in NO_DATA or not field.label.strip():
        return
    label = f"{before}: {field.label}" if before else field.label
    if field.privacy > 0:
        yield Datum(label, field.privacy, form.title, section, field.why, field.required)
    for row in field.rows.options if field.rows else ():
        if row.privacy is not None and row.privacy > field.privacy:
            yield Datum(f"{label}: {row.label}", row.privacy, form.title, section, field.why)
    for child in (*field.each, *field.fields):
        yield from _of_field(child, form, section, label)


def _kept(rule: Retention, form: Form, workflow: Workflow) -> Kept:
    labels = Labels(form, workflow, content=True)
    when = condition_words(rule.condition, labels) if rule.condition is not None else ""
    return Kept(rule.months, rule.then, when)
