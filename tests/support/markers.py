"""Where does something that somebody told stand? Words nobody would write by chance, planted through the services, and
every table opened with the key to look for them."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from app.definitions.model.forms import FieldType
from app.engine import values
from app.engine.likeness import Portrait
from app.engine.names import Name
from app.services.cases import add_note, add_task, case_files, case_page, hand_over, keep_from, share_case
from app.services.definitions import catalogs
from app.services.intake import prefill
from app.services.intake.submit_form import SubmitForm, submit
from app.services.people import link_case, merge_persons, persons, resident_asks, resident_codes
from app.services.people.resident_asks import From
from app.services.privacy import holds
from app.services.staff import staffing
from app.storage import clock, ids
from app.storage.database import Transaction, transaction
from app.storage.models import METADATA
from app.storage.repositories import case_rows
from app.storage.sealing import CannotOpen
from tests.support.bound import MUNICIPALITY
from tests.support.referring import referrals_of, registered, sent
from tests.support.town import actor, card, holder_of, press, settle

PROSE = (FieldType.TEXT, FieldType.LONG_TEXT)
PDF = b"%PDF-1.4\n%%EOF"
OPAQUE = frozenset({"data_key", "root_key", "photo", "picture"})
"""Sealed otherwise, and about nobody who comes for help."""


class Markers:
    """Draws them; ``all`` are those drawn."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._count = itertools.count(1)

    def word(self) -> str:
        """A word of its own."""
        self.all.append(f"Mk{next(self._count):03}q")
        return self.all[-1]

    def phone(self) -> str:
        """A telephone number of its own, as it is stored."""
        self.all.append(f"+324700{next(self._count):05}")
        return self.all[-1]


def plant_card(mark: Markers) -> str:
    """A card with a marker in everything that can be told around it; its case."""
    version = catalogs.live(MUNICIPALITY).form("doorverwijskaart")
    told = {item.id: mark.word() for item in version.form.fields() if item.type in PROSE}
    told |= {item.id: mark.phone() for item in version.form.fields() if item.type is FieldType.PHONE}
    told |= {
        item.id: f"{mark.word()}@post.example"
        for item in version.form.fields()
        if item.type is FieldType.EMAIL
    }
    asked = {name.replace(".", "__"): text for name, text in told.items()}
    receipt = submit(card(**asked, buurt="oosthoek"))
    settle()
    _around(mark, receipt.case)
    return receipt.case


def plant_talk(mark: Markers, person: str = "") -> str:
    """A broad intake with a referral that was sent, all told in markers; its case."""
    registered()
    version = catalogs.live(MUNICIPALITY).form("brede_intake")
    told: dict[str, Any] = {item.id: mark.word() for item in version.form.fields() if item.type in PROSE}
    told |= {item.id: mark.phone() for item in version.form.fields() if item.type is FieldType.PHONE}
    matrix = version.form.field("domeinen")
    assert matrix is not None
    assert matrix.rows is not None
    for row in matrix.rows.ids:
        told[f"domeinen.{row}"] = "zorgen"
        told |= {f"domeinen.{row}.{each.id}": mark.word() for each in matrix.each if each.type in PROSE}
    told |= {"kanaal": "onthaal", "dringend": "nee", "geldvraag": "nee", "buurt": "statie"}
    told["afspraken"] = [{"wat": mark.word(), "wie": "staff"}]
    told["doorverwijzen"] = [{"partner": "partner:caw:caw", "akkoord": True}]
    given = values.read_json(version.form, told)
    who = actor("hilde_claes")
    request = SubmitForm(
        who, version.id, given, token=secrets.token_hex(16), audience="reception", person=person
    )
    receipt = submit(request)
    settle()
    (referral,) = referrals_of(receipt.case)
    sent(referral)
    _around(mark, receipt.case)
    return receipt.case


def plant_person(mark: Markers, case: str) -> str:
    """The record of whom a case is about, another one that was merged into it, a draft and searches; its id."""
    holder = holder_of(case)
    person = link_case.make(holder, case) if _person_of(case) is None else _person_of(case) or ""
    name = mark.word()
    other = submit(card(persoon__voornaam=mark.word(), persoon__naam=name, contact__tel=mark.phone()))
    twin = link_case.make(holder_of(other.case), other.case)
    merge_persons.merge(holder, twin, person, reason=mark.word())
    press(other.case, "wenst_geen_hulp", reason="wenst_geen_hulp")
    hilde = actor("hilde_claes")
    prefill.begin(hilde, catalogs.live(MUNICIPALITY).form("brede_intake"), person=person)
    persons.find(hilde, Portrait(Name(whole=name), None, ""))
    settle()
    return person


def _person_of(case: str) -> str | None:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        row = case_rows.get(tx, ids.from_text(case))
    return ids.to_text(row["person"]) if row and row["person"] is not None else None


def _around(mark: Markers, case: str) -> None:
    """What staff and the resident lay beside it."""
    holder = holder_of(case)
    today = clock.now().date()
    add_note.add(holder, case, mark.word())
    add_task.add(holder, case, mark.word(), to="", due_on=today)
    case_files.add(holder, case, f"{mark.word()}.pdf", PDF + mark.word().encode())
    nele = staffing.account_id(MUNICIPALITY, "nele_lambrecht")
    share_case.share(holder, case, with_account=nele, reason=mark.word(), basis="toestemming")
    karin = actor("karin_thijs")
    holds.set_on_case(karin, case, mark.word())
    holds.lift(karin, holds.of_case(karin, case).standing[0].id, mark.word())
    keep_from.keep_from(
        holder, case, account=staffing.account_id(MUNICIPALITY, "bram_de_coster"), reason=mark.word()
    )
    _resident(mark, case)
    _handed(mark, case)
    settle()


def _resident(mark: Markers, case: str) -> None:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        key = ids.from_text(case)
        code, number = resident_codes.code_of(tx, key), _number(tx, key)
    sender = From(resident_codes.enter(MUNICIPALITY, number, code), secrets.token_hex(8))
    content = PDF + mark.word().encode()
    resident_asks.add(sender, mark.word(), name=f"{mark.word()}.pdf", content=content)
    resident_asks.call_back(From(sender.key, secrets.token_hex(8)), mark.word())
    resident_asks.ask_for(From(sender.key, secrets.token_hex(8)), "copy", mark.word())


def _number(tx: Transaction, key: int) -> str:
    cases = METADATA.tables["cases"]
    return str(tx.scalar(sa.select(cases.c.number).where(cases.c.id == key)))


def _handed(mark: Markers, case: str) -> None:
    holder = holder_of(case)
    version = case_page.show(holder, case).version
    to = next(item.account for item in hand_over.candidates(holder, case) if item.account != holder.account)
    hand_over.hand_over(holder, case, to=to, reason=mark.word(), version=version)


# Looking -----------------------------------------------------------------------------------------------------


def left(mark: Markers) -> dict[str, set[str]]:
    """Which markers stand in which tables, sealed columns opened."""
    found: dict[str, set[str]] = {}
    for table, text in everything().items():
        here = {word for word in mark.all if word in text}
        if here:
            found[table] = here
    return found


def everything() -> dict[str, str]:
    """All rows of all tables as text, by table; every sealed column opened. Fails on one that does not open."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return {
            table.name: "\n".join(_told(tx, table, row) for row in tx.execute(sa.select(table)).mappings())
            for table in METADATA.sorted_tables
            if not table.name.startswith("definition_") and table.name not in OPAQUE
        }


def _told(tx: Transaction, table: sa.Table, row: Mapping[Any, Any]) -> str:
    plain = {name: item for name, item in row.items() if not isinstance(item, bytes)}
    opened = [_opened(tx, table, row, name) for name, item in row.items() if isinstance(item, bytes)]
    return f"{json.dumps(plain, default=str, ensure_ascii=False)} {' '.join(opened)}"


def _opened(tx: Transaction, table: sa.Table, row: Mapping[Any, Any], column: str) -> str:
    for place in _places(table, row, column):
        try:
            return tx.sealer.open(place, row[column]).decode(errors="replace")
        except CannotOpen:
            continue
    raise AssertionError((table.name, column))


def _places(table: sa.Table, row: Mapping[Any, Any], column: str) -> Iterator[tuple[str, Any, str]]:
    """Where it may have been sealed for: the id of the row, or what its key is made of."""
    keys = [row[name.name] for name in table.primary_key if name.name != "municipality"]
    texts = [str(key) for key in keys]
    every = [*keys, ":".join(texts), "|".join(texts), *(f"{a}:{b}" for a in texts for b in texts)]
    every += [ids.to_text(key) for key in keys if isinstance(key, int)]
    for key, name in itertools.product(every, (column, "sealed", "reason")):
        yield table.name, key, name


__all__ = ["Markers", "everything", "left", "plant_card", "plant_person", "plant_talk"]
