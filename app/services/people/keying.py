"""Under what is a record kept, so that somebody who only heard the name finds it?

Keys are hashes of sounds. When the rules of sounds change, ``RULES`` goes up and every record is keyed anew at the next
start: it must be opened for that, which no revision of the tables can do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.definitions.model.forms import Field, FieldType, Form
from app.engine import likeness, values
from app.engine.likeness import Portrait
from app.engine.model.answers import Answers, PartialDate
from app.engine.names import Name
from app.services.cases.kept_answers import opened
from app.services.definitions import catalogs
from app.services.people import residents
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, person_rows
from app.storage.repositories.person_rows import Found

RULES = 1
BATCH = 200
_BIRTH = Field("birth", FieldType.PARTIAL_DATE, "", 1)


def portrait_of(form: Form, answers: Answers) -> Portrait:
    """Whom answers are about."""
    first, family, called = (
        residents.meaning(form, answers, f"resident.{part}") for part in ("first_name", "name", "called")
    )
    place = residents.option(form, answers, "case.neighbourhood")
    return Portrait(Name(first, family, called), residents.birth(form, answers), place)


def portrait(row: Found) -> Portrait:
    """Whom a record is about. Records of before first and family name were kept apart have one whole name."""
    kept = row.kept
    first, family, called = (kept.get(part, "") for part in ("first_name", "family_name", "called"))
    if not first and not family:
        whole = kept.get("name", "")
        name = Name(whole=whole if called in whole else f"{called} {whole}")
    else:
        name = Name(first, family, called)
    return Portrait(name, _birth(kept.get("birth", ""), row.birth_year), row.neighbourhood)


def birth_of(text: str) -> PartialDate | None:
    """A day, month or year of birth as people write it. Raises ``values.Rejected``."""
    found = values.coerce(_BIRTH, [text])
    return found if isinstance(found, PartialDate) else None


def keep(tx: Transaction, person: int, form: Form, answers: Answers, *, fresh: bool) -> None:
    """Key a record from the answers it was made or chosen for; ``fresh``: it was made just now. A number that was told
    with them finds the record too."""
    if fresh:
        person_rows.put_keys(tx, person, likeness.index_of(portrait_of(form, answers)), fresh=True)
    for number in numbers(form, answers):
        person_rows.add_number(tx, person, number)


def numbers(form: Form, answers: Answers) -> Iterator[str]:
    """The national numbers in the answers."""
    for item in form.fields():
        value = answers.get(item.id) if item.type is FieldType.NATIONAL_NUMBER else None
        if isinstance(value, str):
            yield value


def key_all(municipality: str) -> int:
    """Key every record that is not keyed by the present rules; how many. May be run again and again, and broken off."""
    done = 0
    while True:
        with transaction(municipality) as tx:
            batch = person_rows.not_keyed(tx, RULES, most=BATCH)
            for key in batch:
                _key_again(tx, key)
        done += len(batch)
        if len(batch) < BATCH:
            return done


def _key_again(tx: Transaction, key: int) -> None:
    row = person_rows.get(tx, key, lock=True)
    if row is None:
        return
    changed: dict[str, Any] = {}
    for form, answers in _told(tx, key):
        for number in numbers(form, answers):
            person_rows.add_number(tx, key, number)
        if "family_name" not in row.kept and not changed:
            changed = parts(form, answers)
    if changed:
        row.kept.update(changed)
    person_rows.put_keys(tx, key, likeness.index_of(portrait(row)))
    sealed = {"sealed": residents.seal(tx, key, row.kept)} if changed else {}
    person_rows.write(tx, key, {"keyed": RULES, **sealed})


def parts(form: Form, answers: Answers) -> dict[str, str]:
    """First and family name apart, as far as told."""
    told = {
        "first_name": residents.meaning(form, answers, "resident.first_name"),
        "family_name": residents.meaning(form, answers, "resident.name"),
    }
    return {name: text for name, text in told.items() if text}


def _told(tx: Transaction, key: int) -> Iterator[tuple[Form, Answers]]:
    """What was told when the cases of a record began, the first first; nothing of what was erased."""
    rows: list[Mapping[str, Any]] = [row for row in person_rows.cases(tx, [key]) if row["parent"] is None]
    for stored in case_rows.submissions(tx, [row["submission"] for row in rows]):
        form = catalogs.cached_form(tx.municipality, stored["form_version"])
        yield form, opened(tx, stored, form)


def _birth(text: str, year: int | None) -> PartialDate | None:
    try:
        found = birth_of(text) if text else None
    except values.Rejected:
        found = None
    return found or (PartialDate(year) if year is not None else None)
