"""What does a resident see of their own case, with number and code?

Who handles it, how it stands in one of four words, what comes next, what they agreed to. What they told is read back as
far as it is of class 0 or 1; class 2 after a second step; class 3 (health, safety) never: the letter with the code lies
about at home, and somebody else there may be the danger. A copy of that is asked for and handed over by a person.
"""

from __future__ import annotations

from datetime import date

from app.definitions.model.forms import THIRD_PERSON, Field, FieldType
from app.engine import values
from app.services.cases import case_work, read_log, relation
from app.services.cases.apply_decision import MESSAGE
from app.services.cases.case_view import Contact
from app.services.cases.load_case import Loaded, desk_of, due_of
from app.services.follow_up.ways import NO, RESIDENT
from app.services.intake.submit_form import contact_by
from app.services.municipality import settings
from app.services.people import resident_codes, resident_consents, resident_proof, residents
from app.services.people.resident_codes import ResidentKey
from app.services.people.resident_view import Answer, Choice, Reaching, ResidentPage, Term, Told
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows
from app.texts import has, say

OPEN_CLASS, PROVEN_CLASS = 1, 2
ADDED = "resident_added"
DID = (
    ADDED,
    "resident_called",
    "resident_asked",
    "resident_reached",
    "resident_withdrew",
    "consent_given_again",
)
"""What a resident does here, as it stands in the history."""
_NEVER = frozenset(
    {FieldType.CONSENT, FieldType.READ_RECEIPT, FieldType.SIGNATURE, FieldType.FILE, FieldType.INFO}
)
MAIN = "main"


def show(key: ResidentKey, *, language: str = "nl") -> ResidentPage:
    """The page behind a key. Raises ``NotFound`` once the code was renewed, links were recalled or consent was
    withdrawn."""
    desk = desk_of(key.municipality)
    with transaction(key.municipality, readonly=True) as tx:
        loaded = resident_codes.opened(tx, desk, key)
        return _page(tx, loaded, key, language)


def _page(tx: Transaction, loaded: Loaded, key: ResidentKey, language: str) -> ResidentPage:
    row, pinned = loaded.row, loaded.pin
    state = pinned.workflow.states[row["state"]]
    today = tx.now.astimezone(pinned.world.calendar.zone).date()
    next_on = None if state.end else _next(loaded)
    hidden = relation.restricted(row, pinned)
    readable = () if hidden else _answers(loaded, proven=key.proven)
    stops = () if state.end else resident_consents.stops(tx, loaded, language)
    return ResidentPage(
        number=row["number"],
        title=pinned.title,
        called=residents.greeted(pinned.form, loaded.case.answers),
        received_at=row["received_at"],
        status=state.shown_as,
        status_label=say(f"queue_words.status_{state.shown_as}", language),
        line=say(f"residents.status.{state.shown_as}", language),
        contact=_contact(loaded, row["holder"]),
        absence=case_work.absence_notice(loaded, tx.now, language),
        stand_in=_stand_in(tx, loaded),
        next_line=_next_line(loaded, next_on, today, language),
        next_on=next_on,
        next_late=bool(next_on and next_on < today),
        terms=tuple(
            Term(limit.label, limit.due_on, limit.met)
            for limit in case_work.limits(loaded, today)
            if limit.statutory
        ),
        messages=_messages(tx, row["id"]),
        done=_done(tx, row["id"], language),
        agreed=() if state.end else resident_consents.standing(tx, loaded, language),
        stops=stops,
        reaching=reaching(loaded),
        answers=readable,
        more=not hidden and not key.proven and len(_answers(loaded, proven=True)) > len(readable),
        provable=resident_proof.can_prove(pinned.form, loaded.case.answers),
        ended=state.end,
        goes_on_in=_goes_on(tx, loaded),
        readers=read_log.for_resident(tx, pinned, row["id"], language),
    )


def _contact(loaded: Loaded, account: str) -> Contact:
    worker = loaded.pin.world.staffing.workers.get(account)
    phone = (worker.phone if worker else "") or settings.of(loaded.pin.world).phone
    return Contact(account, worker.name if worker else "", phone)


def _stand_in(tx: Transaction, loaded: Loaded) -> Contact | None:
    account = case_work.standing_in(loaded, tx.now)
    return _contact(loaded, account) if account else None


def _next(loaded: Loaded) -> date | None:
    """Before when something happens: the first promise of the case that still runs, else its main task."""
    promised = contact_by(loaded.pin, loaded.row)
    main = next((task for task in loaded.tasks if task["key"] == MAIN and task["state"] == "open"), None)
    return promised or (due_of(main) if main else None)


def _next_line(loaded: Loaded, on: date | None, today: date, language: str) -> str:
    """What comes next, honestly: also when it should have come."""
    if on is None:
        return ""
    name = _contact(loaded, loaded.row["holder"]).name
    late = "_late" if on < today else ""
    code = "contact" if contact_by(loaded.pin, loaded.row) else "step"
    return say(f"residents.next.{code}{late}", language, name=name)


def _messages(tx: Transaction, case: int) -> tuple[Told, ...]:
    """What was sent to the resident, the newest first."""
    found = [
        Told(event["at"], str((event_rows.content(tx, event["id"]) or {}).get("text", "")))
        for event in event_rows.of_code(tx, case, MESSAGE)
        if event["params"].get("to") == RESIDENT
    ]
    return tuple(reversed(found))


def _done(tx: Transaction, case: int, language: str) -> tuple[Told, ...]:
    """What the resident did here, the newest first."""
    events = [event for code in DID for event in event_rows.of_code(tx, case, code)]
    return tuple(
        Told(event["at"], _in_words(event["code"], event["params"], language))
        for event in sorted(events, key=lambda item: int(item["seq"]), reverse=True)
    )


def _in_words(code: str, params: dict[str, str], language: str) -> str:
    named = f"residents.did.{code}.{params.get('what', '')}"
    return say(named if has(named) else f"residents.did.{code}", language, **params)


def _goes_on(tx: Transaction, loaded: Loaded) -> str:
    if loaded.row["merged_into"] is None:
        return ""
    other = case_rows.get(tx, loaded.row["merged_into"])
    return str(other["number"]) if other else ""


# What they told, and how they are reached ----------------------------------------------------------------------


def _answers(loaded: Loaded, *, proven: bool) -> tuple[Answer, ...]:
    """The answers to read back, after the second step also those of class 2."""
    form, most = loaded.pin.form, PROVEN_CLASS if proven else OPEN_CLASS
    own = {
        field.id
        for field in form.fields()
        if _is_own(field) and (proven or field.means != resident_proof.MEANS)
    }
    places = loaded.pin.world.staffing.neighbourhoods
    return tuple(
        Answer(line.label, line.text)
        for line in values.read_back(form, loaded.case.answers, neighbourhoods=places)
        if line.id in own and line.privacy <= most and not line.silent and not line.row
    )


def _is_own(field: Field) -> bool:
    """Whether it is the resident's to read: not what tells about a referrer or others, not what staff note."""
    about_others = field.means.startswith("referrer.") or field.about == THIRD_PERSON
    return field.type not in _NEVER and not about_others and not field.only_for


def reaching(loaded: Loaded) -> Reaching:
    """How the resident is reached now."""
    form, answers = loaded.pin.form, loaded.case.answers
    asked = form.meaning("resident.preference")
    chosen = answers.get(asked.id) if asked else None
    options = asked.options.options if asked and asked.options else ()

    def text(means: str) -> str | None:
        return residents.shown(form, answers, means) if form.meaning(means) else None

    leave = residents.option(form, answers, "resident.message_ok")
    return Reaching(
        phone=text("resident.phone"),
        mobile=text("resident.mobile"),
        email=text("resident.email"),
        choices=tuple(Choice(option.id, option.label, option.id == chosen) for option in options),
        message_ok=leave not in {"", NO} if form.meaning("resident.message_ok") else None,
    )
