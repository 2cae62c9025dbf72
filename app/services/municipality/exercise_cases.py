"""What work lies in an exercise? The examples of each form, told again about invented people."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import count, cycle, islice

from app.definitions.model.forms import Field, FieldType, Form
from app.engine import values
from app.engine.made_up_people import MadeUp, made_up
from app.engine.policy import Actor, by_link
from app.services.definitions import catalogs
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Invalid, ServiceError
from app.services.intake.submit_form import SubmitForm, submit
from app.services.staff import real_people, staffing
from app.storage import clock

PER_FORM = 6
TRIES = 6
FIRST_RESIDENT = 500
DESK = "onthaal"
Answers = dict[str, object]
T = FieldType


def make(operator: Actor) -> int:
    """Hand the examples in; how many cases came of it. Raises ``Forbidden`` anywhere but in an exercise or the demo."""
    real_people.demand_invented(operator.municipality)
    live = catalogs.live(operator.municipality)
    world = staffing.world(operator.municipality)
    today = clock.now().astimezone(world.calendar.zone).date()
    desk = next(
        (item for item in world.staffing.workers.values() if "reception" in item.roles and item.active), None
    )
    staff = (
        Actor(desk.id, operator.municipality, desk.name, desk.roles, desk.controller) if desk else operator
    )
    numbers = count(FIRST_RESIDENT)
    places = cycle(world.staffing.neighbourhoods or {"": ""})
    made = 0
    for version in live.forms.values():
        for example in islice(_examples(version.form), PER_FORM):
            who = made_up(next(numbers))
            told = _about(version.form, who, next(places), example)
            made += _handed_in(staff, version, told, who, today)
    return made


def _examples(form: Form) -> Iterator[Mapping[str, object]]:
    """The examples of a form that starts a case, over and over."""
    usable = [example.answers for example in form.examples if form.workflow]
    return cycle(usable) if usable else iter(())


def _about(form: Form, who: MadeUp, place: str, answers: Mapping[str, object]) -> Answers:
    """The answers of an example, with somebody else in it."""
    told = dict(answers)
    names = {
        "resident.first_name": who.first_name,
        "resident.name": who.name,
        "resident.called": who.first_name,
        "resident.phone": who.phone,
    }
    for means, text in names.items():
        field = form.meaning(means)
        if field is not None:
            told[field.id] = text
    for field in form.fields():
        if field.type is T.NEIGHBOURHOOD and place:
            told[field.id] = place
    return told


def _handed_in(staff: Actor, version: FormVersion, told: Answers, who: MadeUp, today: date) -> int:
    """1 when a case came of it. What a form asks for beyond its example is made up too."""
    audience = "reception" if "reception" in version.form.audience else next(iter(version.form.audience), "")
    actor = staff if audience == "reception" else by_link(staff.municipality, audience)
    for _ in range(TRIES):
        request = SubmitForm(
            actor,
            version.id,
            values.read_json(version.form, told),
            secrets.token_hex(16),
            audience=audience,
        )
        try:
            submit(request)
        except Invalid as problem:
            asked = [
                version.form.field(error.field)
                for error in problem.errors
                if error.code.startswith("required")
            ]
            fresh = {field.id: _made_up_answer(field, who, today) for field in asked if field is not None}
            if not fresh or fresh.keys() <= told.keys():
                return 0
            told = {**told, **fresh}
        except ServiceError:
            return 0
        else:
            return 1
    return 0


def _made_up_answer(field: Field, who: MadeUp, today: date) -> object:
    """Something that fits the type."""
    if field.options is not None and field.options.options:
        first = next((item.id for item in field.options.options if not item.silent), "")
        return [first] if field.type in {T.CHOICES, T.TAGS} else first
    fitting: Mapping[FieldType, object] = {
        T.CONSENT: True,
        T.READ_RECEIPT: True,
        T.YES_NO: "ja",
        T.YES_NO_UNASKED: "ja",
        T.PHONE: who.phone,
        T.EMAIL: who.email("oefening"),
        T.DATE: today.isoformat(),
        T.PARTIAL_DATE: str(today.year - 20 - who.number % 60),
        T.TIME: "10:00",
        T.INTEGER: 1,
        T.DECIMAL: 1,
        T.SIGNATURE: {"way": "spoken", "data": who.whole_name},
        T.ADDRESS: {"homeless": True},
        T.IBAN: "BE68539007547034",
        T.ENTERPRISE_NUMBER: "0566988259",
    }
    return fitting.get(field.type, who.whole_name)
