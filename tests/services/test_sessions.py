"""Does a session take as many as there are places, does who waits move up, and does everybody hear what they must?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine import values
from app.services.cases import case_page
from app.services.definitions import catalogs
from app.services.errors import Invalid
from app.services.gatherings import choosing
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.services.tasks import queue
from app.services.tasks.choice import Choice
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.models import Outbox
from app.storage.repositories import case_rows, moment_rows
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local, press, settle

pytestmark = pytest.mark.usefixtures("town")
BEFORE = local("2026-11-03 10:00")
ON_THE_DAY = local("2026-11-13 10:45")
SESSION: Mapping[str, Any] = {
    "datum": "2026-11-13",
    "uur": "10:30",
    "wijk": "ter_heide",
    "zaal": "Dorpshuis",
    "rolstoel": "ja",
    "activiteit": "Veilig op de fiets",
    "soort": "informatief",
    "coordinator": {"kind": "staff", "id": "griet_cools"},
    "plaatsen": 2,
    "inschrijven_tot": "2026-11-09",
}


def hand_in(form: str, answers: Mapping[str, Any], audience: str = "reception", **more: Any) -> Receipt:
    version = catalogs.live(MUNICIPALITY).form(form)
    given = values.read_json(version.form, answers)
    more.setdefault("token", secrets.token_hex(16))
    return submit(SubmitForm(actor("griet_cools"), version.id, given, audience=audience, **more))


def session(**more: Any) -> Receipt:
    """A session in Ter Heide that is open."""
    receipt = hand_in("mdc_sessie", {**SESSION, **more})
    press(receipt.case, "open")
    return receipt


def register(number: str, name: str, **more: Any) -> Receipt:
    """Somebody registers by telephone."""
    extra = {key: more.pop(key) for key in ("walks_in", "token", "audience") if key in more}
    answers = {"sessie": number, "persoon.naam": name, "contact.tel": "0400 00 00 31", **more}
    return hand_in("mdc_inschrijving", answers, **extra)


def state(receipt: Receipt) -> str:
    return case_page.show(actor("griet_cools"), receipt.case).state


def full(receipt: Receipt) -> tuple[int, int]:
    """How many places are taken, how many people wait."""
    key = ids.from_text(receipt.case)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return moment_rows.counts(tx, [key])[key]


def test_who_comes_too_late_waits_and_moves_up_when_somebody_cancels() -> None:
    with clock.stopped_at(BEFORE):
        here = session()
        els, rik, olena = (register(here.number, name) for name in ("Peeters", "Vanhoutte", "Kovalenko"))
        assert (els.seat, rik.seat, olena.seat) == ("placed", "placed", "waiting")
        assert state(olena) == "wachtlijst"
        press(els.case, "komt_niet")
        settle()
        assert state(olena) == "ingeschreven"
        assert full(here) == (2, 0)


def test_more_places_are_given_to_who_waits_longest() -> None:
    with clock.stopped_at(BEFORE):
        here = session(plaatsen=1)
        people = [register(here.number, name) for name in ("Peeters", "Vanhoutte", "Kovalenko")]
        press(people[1].case, "komt_niet")
        press(people[0].case, "komt_niet")
        settle()
        assert [state(one) for one in people] == ["geannuleerd", "geannuleerd", "ingeschreven"]


def test_of_two_who_want_the_last_place_one_gets_it(town: Flask) -> None:
    with clock.stopped_at(BEFORE):
        here = session(plaatsen=1)

        def one(name: str) -> str:
            with town.app_context():
                return register(here.number, name).seat

        with ThreadPoolExecutor(4) as pool:
            seats = sorted(pool.map(one, ("Peeters", "Vanhoutte", "Kovalenko", "Rahimi")))
        assert seats == ["placed", "waiting", "waiting", "waiting"]
        assert full(here) == (1, 3)


def test_places_that_become_free_while_people_register_are_given_once(town: Flask) -> None:
    with clock.stopped_at(BEFORE):
        here = session(plaatsen=3)
        first = [register(here.number, name) for name in ("A", "B", "C", "D")]

        def do(what: int) -> None:
            with town.app_context():
                if what < 2:
                    press(first[what].case, "komt_niet")
                elif what < 4:
                    register(here.number, f"Nieuw {what}")
                else:
                    settle()

        with ThreadPoolExecutor(5) as pool:
            list(pool.map(do, range(5)))
        settle()
        assert full(here) == (3, 1)
        assert state(first[3]) == "ingeschreven"


def test_a_session_that_is_not_open_takes_nobody() -> None:
    with clock.stopped_at(BEFORE):
        planned = hand_in("mdc_sessie", SESSION)
        with pytest.raises(Invalid) as refused:
            register(planned.number, "Peeters")
        assert [(error.field, error.code) for error in refused.value.errors] == [("sessie", "session_closed")]
        with pytest.raises(Invalid):
            register("MS-2026-99999", "Peeters")
        here = session()
    with clock.stopped_at(local("2026-11-10 09:00")), pytest.raises(Invalid):
        register(here.number, "Peeters")


def test_a_form_shows_what_can_be_chosen_with_the_places_that_are_left() -> None:
    with clock.stopped_at(BEFORE):
        here = session()
        session(datum="2026-11-20", inschrijven_tot="2026-11-16", zaal="Refter")
        register(here.number, "Peeters")
        told = [label for _, label in choosing.choices(MUNICIPALITY, "mdc_inschrijving")]
        assert told == [
            "vr 13/11/2026 om 10.30 uur, Dorpshuis (nog 1 plaats)",
            "vr 20/11/2026 om 10.30 uur, Refter (nog 2 plaatsen)",
        ]
        shown = case_page.show(actor("griet_cools"), register(here.number, "Vanhoutte").case)
    assert "Dorpshuis" in str(shown)


def test_the_same_registration_sent_twice_takes_one_place() -> None:
    with clock.stopped_at(BEFORE):
        here = session()
        token = secrets.token_hex(16)
        once, again = (register(here.number, "Peeters", token=token) for _ in range(2))
        assert once.case == again.case
        assert again.again
        assert full(here) == (1, 0)


def test_everybody_who_registered_hears_that_it_is_called_off() -> None:
    with clock.stopped_at(BEFORE):
        here = session(plaatsen=1)
        mail = {"contact.email": "els@thuis.example"}
        people = [register(here.number, "Peeters", **mail), register(here.number, "Vanhoutte")]
        press(here.case, "geannuleerd")
        settle()
        assert [state(one) for one in people] == ["afgelast", "afgelast"]
        assert full(here) == (0, 0)


def test_what_nobody_tapped_is_still_to_be_noted_once_it_was_held() -> None:
    with clock.stopped_at(BEFORE):
        here = session(plaatsen=1)
        els, rik = register(here.number, "Peeters"), register(here.number, "Vanhoutte")
        press(here.case, "gesloten")
    with clock.stopped_at(ON_THE_DAY):
        press(here.case, "doorgegaan")
        settle()
        assert [state(els), state(rik)] == ["te_noteren", "volzet"]


def test_a_regular_who_stays_away_twice_is_rung_once_and_only_with_consent() -> None:
    days = ["2026-10-01", "2026-10-08", "2026-10-15", "2026-10-22", "2026-10-29", "2026-11-05"]
    agreed, days_later = {"bel_mij": True}, timedelta(days=1)
    last = None
    for number, day in enumerate(days):
        with clock.stopped_at(local(f"{day} 09:00")):
            here = session(datum=str(date.fromisoformat(day) + days_later), inschrijven_tot=day, plaatsen=30)
            came = number < 4
            people = {
                "Trouw": register(here.number, "Trouw", **agreed),
                "Zwijgt": register(here.number, "Zwijgt"),
                "Komt": register(here.number, "Komt", **agreed),
            }
            press(here.case, "gesloten")
            for name, receipt in people.items():
                press(receipt.case, "aanwezig" if came or name == "Komt" else "afwezig")
            press(here.case, "doorgegaan")
            settle()
            last = here
    assert last is not None
    tasks = [task for task in case_page.show(actor("griet_cools"), last.case).tasks if task.kind == "own"]
    assert [task.label for task in tasks] == [f"Eens bellen? ({people['Trouw'].number})"]
    assert "Iemand kwam 4 van de laatste 4 keer en bleef nu 2 keer na elkaar weg." in tasks[0].why
    assert str(tasks[0].due_on) == "2026-11-10"
    with clock.stopped_at(local("2026-11-09 09:00")):
        listed = queue.show(actor("griet_cools"), Choice()).rows
    assert tasks[0].label in [row.label for row in listed]


def test_who_walks_in_gets_a_place_and_is_there() -> None:
    with clock.stopped_at(BEFORE):
        here = session(plaatsen=1)
        register(here.number, "Peeters")
    with clock.stopped_at(ON_THE_DAY):
        receipt = register(here.number, "Nieuw", walks_in=True)
        assert state(receipt) == "aanwezig"
        assert full(here) == (2, 0)


def _reminded(receipt: Receipt) -> bool:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        row = case_rows.get(tx, ids.from_text(receipt.case))
    return row is not None and "herinnerd" in row["marks"]


def test_who_has_a_place_is_reminded_once_the_day_before() -> None:
    with clock.stopped_at(BEFORE):
        here = session()
        els, rik, olena = (
            register(here.number, name, **{"contact.email": f"{name}@thuis.example"})
            for name in ("peeters", "vanhoutte", "kovalenko")
        )
        press(rik.case, "komt_niet")
        settle()
        late = register(here.number, "Claes")  # waits, as nobody else cancels
        settle()
        assert not _reminded(els)
    with clock.stopped_at(local("2026-11-12 08:31")):
        for _ in range(2):
            settle()
        assert [_reminded(one) for one in (els, rik, olena, late)] == [True, False, True, False]
        with transaction(MUNICIPALITY, readonly=True) as tx:
            mine = sa.select(Outbox.payload).where(Outbox.case == ids.from_text(els.case))
            sent = [payload.get("message") for (payload,) in tx.execute(mine)]
        assert sent.count("binnenkort") == 1


def test_nobody_is_reminded_of_a_session_that_is_off() -> None:
    with clock.stopped_at(BEFORE):
        here = session()
        els = register(here.number, "Peeters")
        press(here.case, "geannuleerd")
        settle()
    with clock.stopped_at(local("2026-11-12 08:31")):
        settle()
        assert not _reminded(els)
