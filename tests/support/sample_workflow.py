"""The referral card and its workflow as checked types, for tests of the engine that need no YAML."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

from app.definitions.model.expressions import (
    Call,
    Compare,
    CompareOp,
    Condition,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    Member,
    Not,
    RowRef,
    ValueType,
)
from app.definitions.model.forms import Field, FieldType, Form, Option, OptionList, Section
from app.definitions.model.workflows import (
    Action,
    Again,
    AlsoRule,
    Auto,
    Deadline,
    DeadlineKind,
    Duration,
    Escalation,
    Every,
    Feedback,
    Limit,
    Message,
    Need,
    Reminder,
    Reopen,
    RouteRule,
    State,
    Target,
    TargetKind,
    Unit,
    Workflow,
)


def wd(amount: int) -> Duration:
    return Duration(amount, Unit.WORKING_DAYS)


def within(amount: int, since: str = "entered", unit: Unit = Unit.WORKING_DAYS) -> Deadline:
    source = f"{amount} {unit.value}" + ("" if since == "entered" else f" from {since}")
    return Deadline(DeadlineKind.AFTER, Duration(amount, unit), since, source=source)


def condition(source: str, tree: Expr) -> Condition:
    return Condition(source, tree, ValueType.BOOLEAN)


def option_is(field: str, option: str) -> Condition:
    tree = Compare(CompareOp.IS, FieldRef(field, ValueType.OPTION), Literal(option, ValueType.OPTION))
    return condition(f"{field} is {option}", tree)


def has_option(field: str, option: str) -> Condition:
    tree = Member(Literal(option, ValueType.OPTION), FieldRef(field, ValueType.OPTIONS))
    return condition(f"{option} in {field}", tree)


def given(field: str) -> Condition:
    return condition(field, FieldRef(field, ValueType.BOOLEAN))


def marked(mark: str, *, negated: bool = False) -> Condition:
    call = Call("marked", (Literal(mark, ValueType.TEXT),), ValueType.BOOLEAN)
    return condition(f"{'not ' if negated else ''}marked({mark})", Not(call) if negated else call)


def aged(field: str, years: int) -> Condition:
    age = Call("age", (FieldRef(field, ValueType.DATE),), ValueType.NUMBER)
    return condition(
        f"age({field}) >= {years}", Compare(CompareOp.GE, age, Literal(Decimal(years), ValueType.NUMBER))
    )


SCORES = ("gaat_goed", "kan_beter", "zorgen", "dringend")


def scored(at_least: str) -> Condition:
    tree = Compare(
        CompareOp.GE, RowRef("score", ValueType.OPTION), Literal(at_least, ValueType.OPTION), order=SCORES
    )
    return condition(f"row.score >= {at_least}", tree)


def _row(name: str, point: str, privacy: int) -> Option:
    return Option(
        name, name.capitalize(), privacy=privacy, columns=MappingProxyType({"contact_point": point})
    )


DOMAINS = OptionList(
    "levensdomeinen",
    (
        _row("inkomen", "maatschappelijk_werker", 2),
        _row("wonen", "woonloket", 1),
        _row("psychisch", "maatschappelijk_werker", 3),
        _row("kinderen", "huis_van_het_kind", 1),
        _row("anders", "", 1),
    ),
)

CARD = Form(
    id="kaart",
    title="Doorverwijskaart",
    workflow="opvolging",
    number="DVK-{year}-{seq}",
    sections=(
        Section(
            "alles",
            "Alles",
            (
                Field("geboorte", FieldType.PARTIAL_DATE, "Geboorte", 1),
                Field("buurt", FieldType.NEIGHBOURHOOD, "Buurt", 1, means="case.neighbourhood"),
                Field("zorgen", FieldType.CHOICES, "Zorgen", 3),
                Field("dringend", FieldType.CHOICE, "Dringend", 1),
                Field("akkoord", FieldType.CONSENT, "Akkoord", 1),
                Field("niet_door", FieldType.PERSON, "Niet door", 2, of=("staff",), many=True),
                Field(
                    "domeinen",
                    FieldType.MATRIX,
                    "Domeinen",
                    1,
                    rows=DOMAINS,
                    options=OptionList("score", tuple(Option(name, name) for name in SCORES), ordered=True),
                ),
                Field(
                    "afspraken",
                    FieldType.REPEAT,
                    "Afspraken",
                    1,
                    fields=(
                        Field("wat", FieldType.TEXT, "Wat", 2),
                        Field("wie", FieldType.PERSON, "Wie", 1, of=("staff", "resident")),
                        Field("tegen", FieldType.DATE, "Tegen", 1),
                    ),
                ),
            ),
        ),
    ),
)


def _options(names: tuple[str, ...]) -> ListOf:
    return ListOf(tuple(Literal(name, ValueType.OPTION) for name in names))


WORST = Condition(
    "worst(domeinen)",
    Call(
        "worst",
        (FieldRef("domeinen", ValueType.ROWS), _options(DOMAINS.ids), _options(SCORES[1:])),
        ValueType.ROW,
    ),
    ValueType.ROW,
)
REMIND = (Reminder(wd(1)), Reminder(None))
ESCALATE = (Escalation(wd(2), "substitute"), Escalation(wd(7), "head_of_service"))
REASONS = OptionList(
    "redenen",
    (
        Option("beantwoord", "Beantwoord", columns=MappingProxyType({"means": "solved"})),
        Option("onbereikbaar", "Onbereikbaar", columns=MappingProxyType({"means": "unreachable"})),
    ),
)


def _to(point: str) -> Target:
    return Target(TargetKind.CONTACT_POINT, point)


ROUTE = (
    RouteRule(
        1,
        option_is("dringend", "vandaag"),
        _to("wachtdienst"),
        deadline=Deadline(DeadlineKind.SAME_DAY, source="same day"),
        escalate=(Escalation(Duration(2, Unit.WORKING_HOURS), "head_of_service"),),
    ),
    RouteRule(2, None, Target(TargetKind.KEEP, "contact_person")),
    RouteRule(3, aged("geboorte", 65), _to("aanspreekpunt_65plus")),
    RouteRule(4, has_option("zorgen", "kinderen"), _to("huis_van_het_kind")),
    RouteRule(5, has_option("zorgen", "eenzaam"), _to("buurtzorgregisseur")),
    RouteRule(6, None, Target(TargetKind.ROW_COLUMN, "contact_point"), match=WORST),
    RouteRule(7, None, _to("onthaal")),
)

REACHED = Action(
    "bereikt",
    "Gesproken",
    to="in_opvolging",
    marks=("gesproken",),
    feedback=(Feedback("referrer", "opgestart", given("akkoord")),),
)
MISSED = Action("niet_bereikt", "Niet bereikt", again=Again(3, "kaart_in_bus", wd(1), other_part_of_day=True))
CLOSE = Action("afsluiten", "Sluit af", to="afgesloten")
TRIAL = Action(
    "start",
    "Start",
    to="actief",
    needs=(Need(marked("nota_gelezen"), "Laat eerst de informatienota lezen."),),
)


def _state(name: str, days: int, *actions: Action, auto: tuple[Auto, ...] = ()) -> State:
    return State(
        name,
        name.replace("_", " ").capitalize(),
        task=f"Taak {name}",
        deadline=within(days),
        remind=REMIND,
        escalate=ESCALATE,
        actions=MappingProxyType({action.id: action for action in actions}),
        auto=auto,
    )


STATES = (
    _state(
        "toegewezen",
        3,
        REACHED,
        MISSED,
        auto=(Auto("niet_voor_ons", option_is("buurt", "andere_gemeente")), Auto("")),
    ),
    _state("kaart_in_bus", 2, REACHED, Action("terug", "Terug", to="toegewezen")),
    _state(
        "in_opvolging",
        20,
        CLOSE,
        TRIAL,
        Action("opnieuw", "Opnieuw", to="toegewezen"),
        Action("gelezen", "Nota gelezen", marks=("nota_gelezen",)),
        Action("beslist", "Beslist", marks=("beslist",)),
    ),
    _state("niet_voor_ons", 5, CLOSE),
    State(
        "actief",
        "Actief",
        deadline=Deadline(DeadlineKind.NONE, because="aan de slag", source="none"),
        every=(Every(Duration(6, Unit.MONTHS), "Bel even hoe het gaat", within(10)),),
        actions=MappingProxyType({"pauze": Action("pauze", "Pauze", to="gepauzeerd"), "afsluiten": CLOSE}),
    ),
    State(
        "gepauzeerd",
        "Gepauzeerd",
        task="Vraag of het weer kan",
        deadline=within(3, unit=Unit.MONTHS),
        auto=(Auto("actief", after=Duration(6, Unit.WEEKS)),),
        actions=MappingProxyType({"afsluiten": CLOSE}),
    ),
    State(
        "afgesloten",
        "Afgesloten",
        "klaar",
        end=True,
        reasons=REASONS,
        reopen=Reopen(Duration(60, Unit.CALENDAR_DAYS), "in_opvolging"),
    ),
    State("ingetrokken", "Ingetrokken", "klaar", end=True),
)

FLOW = Workflow(
    id="opvolging",
    title="Opvolging",
    forms=("kaart",),
    start="toegewezen",
    states=MappingProxyType({state.id: state for state in STATES}),
    route=ROUTE,
    also=(
        AlsoRule(
            1,
            each="domeinen",
            condition=scored("zorgen"),
            target=Target(TargetKind.ROW_COLUMN, "contact_point"),
            task="{row.label}: overleg met {holder.name}",
            deadline=within(5),
        ),
        AlsoRule(
            2,
            each="afspraken",
            target=Target(TargetKind.PERSON_FIELD, "wie"),
            task="{row.wat}",
            deadline=Deadline(
                DeadlineKind.DATE,
                wd(10),
                date=RowRef("tegen", ValueType.DATE),
                source="row.tegen, or 10 working days",
            ),
        ),
    ),
    limits=(
        Limit(
            "eerste_contact",
            "gesproken",
            within(10, "received"),
            "Eerste contact",
            escalate=(Escalation(wd(0), "head_of_service"),),
        ),
        Limit("kennisgeving", "meegedeeld", within(8, "beslist", Unit.CALENDAR_DAYS), statutory=True),
    ),
    messages=MappingProxyType(
        {
            "ontvangen": Message(
                "ontvangen",
                "referrer",
                "Kaart {case.number}: voor {case.due} door {holder.name} {holder.phone}",
            ),
            "opgestart": Message("opgestart", "referrer", "Kaart {case.number} is opgestart {{x}} {zorgen}"),
            "eigen_keuze": Message("eigen_keuze", "referrer", "Eigen keuze"),
        }
    ),
    anywhere=MappingProxyType(
        {
            "intrekken": Action(
                "intrekken",
                "Toestemming ingetrokken",
                by=("resident", "holder", "dpo"),
                does=("block_content", "recall_links", "stop_messages", "cancel_tasks"),
                feedback=(Feedback("referrer", "eigen_keuze", given("akkoord")),),
                to="ingetrokken",
            )
        }
    ),
    not_to="niet_door",
    receipt=(Feedback("referrer", "ontvangen"),),
)
