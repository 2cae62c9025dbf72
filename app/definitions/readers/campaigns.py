"""How does a ``campaign:`` file become a campaign?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from app.definitions import privacy
from app.definitions.durations import as_duration
from app.definitions.expressions_of import Expressions, for_workflow
from app.definitions.model.campaigns import (
    Batches,
    Campaign,
    CampaignLetter,
    ContactList,
    OptOuts,
    Recurring,
    Way,
)
from app.definitions.model.forms import Field, FieldType, Form, FormKind, Section
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.workflows import Duration, Unit
from app.definitions.placeholders import PLACEHOLDER
from app.definitions.problems import guess
from app.definitions.readers.campaign_attempts import Outcomes, read_attempts
from app.definitions.readers.desk import Desk, Sheet, key_span, mappings, named, quiet, text_node, words
from app.definitions.readers.fields import read_field
from app.definitions.readers.filling import read_fills

SEEN_UP_TO = 1
NAME, PHONE, PLACE = "resident.name", "resident.phone", "case.neighbourhood"
COLUMN_TYPES = frozenset({
    FieldType.TEXT, FieldType.PHONE, FieldType.EMAIL, FieldType.CHOICE, FieldType.NEIGHBOURHOOD, FieldType.INTEGER,
    FieldType.DATE, FieldType.PARTIAL_DATE, FieldType.YES_NO,
})  # fmt: skip
"""What one cell of a spreadsheet can hold."""
FOREVER = Duration(0, Unit.CALENDAR_DAYS)


@dataclass(frozen=True, slots=True)
class _Room:
    """What all parts look at: the file, the form of one attempt (``None`` when it cannot be read) and the columns."""

    node: MappingNode
    sheet: Form | None
    columns: Mapping[str, Field]
    desk: Desk

    def field(self, node: ScalarNode | None, part: str, fits: FieldType) -> Field | None:
        """A field of the sheet of one type (``R209``, ``G451``)."""
        if node is None or self.sheet is None:
            return None
        known = {item.id: item for item in self.sheet.fields()}
        name = node.text.strip()
        if not self.desk.refer("field", name, node.span, known):
            return None
        found = known[name]
        if found.type is not fits:
            params = {"part": part, "name": name, "type": found.type.value, "fits": fits.value}
            self.desk.tell("G451", node.span, **params)
            return None
        return found


def read_campaign(sheet: Sheet, forms: Mapping[str, Form], desk: Desk) -> Campaign | None:
    """Read a whole campaign; ``forms`` are all that could be read. ``None`` when its sheet is not among them (told)."""
    node, take = sheet.node, quiet(sheet.node)
    contacts = _contacts(sheet, desk)
    written = text_node(node, "sheet")
    known = written is not None and desk.refer("form", written.text.strip(), written.span)
    form = forms.get(take.text("sheet")) if known else None
    room = _Room(node, form, {item.id: item for item in contacts.columns}, desk)
    outcome = room.field(text_node(node, "outcome"), "outcome", FieldType.CHOICE)
    outcomes = Outcomes(outcome, desk)
    way = Way(take.one_of("way", [item.value for item in Way], Way.PHONE.value))
    _check_recognised(contacts.form, way, room)
    if form is None:
        return None
    return Campaign(
        id=sheet.id,
        title=take.text("title"),
        intro=take.text("intro"),
        target=take.text("target"),
        controller=take.text("controller"),
        way=way,
        sheet=form.id,
        outcome=outcome.id if outcome is not None else "",
        talk=outcomes.named(node, "talk"),
        contacts=contacts,
        opt_outs=_opt_outs(node, outcomes),
        batches=_batches(room),
        attempts=read_attempts(node, outcomes, room.field, _letter_after(node)),
        recurring=_recurring(room, outcomes),
        letters=_letters(room),
        fills=read_fills(node, form, room.columns, desk),
        sets=_sets(room),
        opens=_opens(node, desk),
        asked=_expressions(form, desk).condition(text_node(node, "asked")),
        next_round=_expressions(form, desk).condition(text_node(node, "next_round")),
        **_period(node, desk),
        span=key_span(node, "campaign"),
    )


def _contacts(sheet: Sheet, desk: Desk) -> ContactList:
    """The columns as the fields of a small form of their own."""
    node = sheet.node.get("list")
    written = node if isinstance(node, MappingNode) else MappingNode((), sheet.node.span)
    fields: list[Field] = []
    for item in mappings(written, "columns"):
        draft = read_field(item, desk)
        if draft is None:
            continue
        privacy.check_field(draft.field, desk)
        if draft.expressions or draft.field.type not in COLUMN_TYPES:
            desk.tell("G471", draft.field.span, name=draft.field.id, known=", ".join(sorted(COLUMN_TYPES)))
        else:
            fields.append(draft.field)
    desk.unique("field", ((item.id, item.span) for item in fields))
    place = next((item.id for item in fields if item.type is FieldType.NEIGHBOURHOOD), "")
    fields = [replace(item, means=PLACE) if item.id == place else item for item in fields]
    take = quiet(written)
    form = Form(
        id=sheet.id,
        title=quiet(sheet.node).text("title"),
        sections=(Section("lijst", quiet(sheet.node).text("title"), tuple(fields)),),
        kind=FormKind.ACTION,
        controller=quiet(sheet.node).text("controller"),
        legal_basis=MappingProxyType(dict(words(written, "legal_basis"))),
        span=written.span,
    )
    return ContactList(form, take.text("source"), take.duration("delete") or FOREVER)


def _check_recognised(columns: Form, way: Way, room: _Room) -> None:
    """Somebody is known again by a name, and rung by a telephone (``G472``)."""
    for means in (NAME, PHONE) if way is Way.PHONE else (NAME,):
        found = columns.meaning(means)
        if (found is None or not found.required) and not room.desk.lost:
            room.desk.tell("G472", columns.span, means=means)


def _opt_outs(node: MappingNode, outcomes: Outcomes) -> OptOuts:
    written = node.get("opt_outs")
    if not isinstance(written, MappingNode):
        return OptOuts()
    return OptOuts(outcomes.named(written, "refused"), outcomes.named(written, "deceased"))


def _batches(room: _Room) -> Batches:
    written = room.node.get("batches")
    if not isinstance(written, MappingNode):
        return Batches(20, (), ())
    take = quiet(written)
    sees: list[str] = []
    for item in take.scalars("sees"):
        name = item.text.strip()
        if not room.desk.refer("field", name, item.span, room.columns):
            continue
        found = privacy.highest(room.columns[name])
        if found > SEEN_UP_TO:
            room.desk.tell("P551", item.span, name=name, privacy=found)
        else:
            sees.append(name)
    roles = take.texts("to")
    for role in roles:
        if room.sheet is not None and room.sheet.audience and role not in room.sheet.audience:
            room.desk.tell("G473", key_span(written, "to"), role=role, form=room.sheet.id)
    return Batches(take.integer("of", least=1) or 1, roles, tuple(sees), take.boolean("pairs"))


def _recurring(room: _Room, outcomes: Outcomes) -> Recurring | None:
    written = room.node.get("recurring")
    if not isinstance(written, MappingNode):
        return None
    every = room.field(text_node(written, "every"), "every", FieldType.CHOICE)
    options = every.options.ids if every is not None and every.options is not None else ()
    periods: dict[str, Duration] = {}
    for entry in quiet(written).entries("periods"):
        known = every is not None and room.desk.refer("option", entry.key, entry.span, options)
        if isinstance(entry.value, ScalarNode) and not entry.value.broken:
            found = as_duration(entry.value, room.desk.problems)
            if found is not None and known:
                periods[entry.key] = found
    weeks = room.field(text_node(written, "weeks"), "weeks", FieldType.INTEGER)
    same = room.field(text_node(written, "same"), "same", FieldType.YES_NO)
    once = [
        item.text.strip()
        for item in quiet(written).scalars("once")
        if room.desk.refer("option", item.text.strip(), item.span, periods)
    ]
    return Recurring(
        every=every.id if every is not None else "",
        periods=MappingProxyType(periods),
        once=tuple(once),
        weeks=weeks.id if weeks is not None else "",
        same=same.id if same is not None else "",
        refusals=outcomes.named(written, "refusals"),
        stop_after=quiet(written).integer("stop_after", least=1) or 2,
    )


def _letters(room: _Room) -> Mapping[str, CampaignLetter]:
    found: dict[str, CampaignLetter] = {}
    for name, span, item in named(room.node, "letters"):
        take = quiet(item)
        for key in ("subject", "text"):
            _check_words(text_node(item, key), room)
        before = take.text("when") == "before"
        found[name] = CampaignLetter(
            name, before, take.text("subject"), take.text("text"), take.duration("wait"), span
        )
    return MappingProxyType(found)


def _check_words(node: ScalarNode | None, room: _Room) -> None:
    """A letter names columns of the list only, of class 0 or 1: it lies on a doormat (``R215``, ``P551``)."""
    for match in PLACEHOLDER.finditer(node.text if node is not None else ""):
        name = match.group(1)
        if node is None or match.group() in ("{{", "}}"):
            continue
        if name is None:
            room.desk.tell("S170", node.at(match.start()), sign=match.group())
        elif name not in room.columns:
            known = sorted(room.columns)
            meant = guess(name, known)
            room.desk.tell("R215", node.at(match.start()), name=name, guess=meant, known=", ".join(known))
        elif privacy.highest(room.columns[name]) > SEEN_UP_TO:
            found = privacy.highest(room.columns[name])
            room.desk.tell("P551", node.at(match.start()), name=name, privacy=found)


def _sets(room: _Room) -> Mapping[str, str]:
    """Field of the sheet -> the option it always has in this campaign."""
    found: dict[str, str] = {}
    fields = {item.id: item for item in room.sheet.fields()} if room.sheet is not None else {}
    for entry in quiet(room.node).entries("sets"):
        value = entry.value
        if not room.desk.refer("field", entry.key, entry.span, fields) or not isinstance(value, ScalarNode):
            continue
        options = fields[entry.key].options
        known = options.ids if options is not None else ()
        if room.desk.refer("option", value.text.strip(), value.span, known):
            found[entry.key] = value.text.strip()
    return MappingProxyType(found)


def _opens(node: MappingNode, desk: Desk) -> tuple[str, ...]:
    written = quiet(node).scalars("opens")
    return tuple(item.text.strip() for item in written if desk.refer("form", item.text.strip(), item.span))


def _expressions(form: Form, desk: Desk) -> Expressions:
    return for_workflow(desk, (form,), frozenset(), None, {}, blind=False)


def _letter_after(node: MappingNode) -> bool:
    return any(quiet(item).text("when") == "after" for _, _, item in named(node, "letters"))


def _period(node: MappingNode, desk: Desk) -> dict[str, date | None]:
    """From when until when it is proposed to run (``G475`` for what is no such period)."""
    written = node.get("period")
    if not isinstance(written, MappingNode):
        return {}
    take = quiet(written)
    try:
        starts, ends = date.fromisoformat(take.text("from")), date.fromisoformat(take.text("until"))
    except ValueError:
        desk.tell("G475", written.span)
        return {}
    if ends < starts:
        desk.tell("G475", written.span)
    return {"starts": starts, "ends": ends}
