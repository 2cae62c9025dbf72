"""A copy of what is kept of somebody: all of it, what is about others blacked out, in time, frozen."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from app.services.cases import add_note
from app.services.errors import Conflict, Forbidden, Invalid
from app.services.people import link_case
from app.services.privacy import copy_paper, requests
from app.services.privacy.person_file import BLACK
from app.storage import clock
from tests.support.markers import Markers, left, plant_card, plant_person
from tests.support.town import actor, holder_of, local, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
TOLD = ("submission", "event", "person", "task")
"""Where what somebody told stands; the same words in letters, mails and drafts come from there."""


def asked(moment: str, **changes: Any) -> tuple[str, str]:
    """A card at some moment, and the request for a copy that its resident then makes: case, request."""
    with clock.stopped_at(local(moment)):
        case = send_card(**changes).case
        person = link_case.make(holder_of(case), case)
        return case, requests.begin(actor("ilse_verbeke"), person)


def approved(request: str) -> str:
    """What goes out when nothing more is blacked out, as text."""
    dpo = actor("ilse_verbeke")
    work = requests.work(dpo, request)
    requests.approve(dpo, request, version=work.request.version, seen=work.mark)
    return json.dumps(requests.export(dpo, request), ensure_ascii=False)


def test_everything_that_was_told_is_in_it() -> None:
    mark = Markers()
    with clock.stopped_at(MONDAY):
        case = plant_card(mark)
        person = plant_person(mark, case)
        request = requests.begin(actor("ilse_verbeke"), person)
        work = requests.work(actor("ilse_verbeke"), request)
        every = {f"{item.text} {item.text.replace(' ', '')}" for item in work.file.items()}
        standing = left(mark)
    expected = set().union(*(standing.get(table, set()) for table in TOLD))
    missing = {word for word in expected if not any(word in text or _local(word) in text for text in every)}
    assert not missing, missing
    assert len(expected) >= 20
    assert len(work.file.cases) == 2  # of the record that was merged into theirs too


ZUS = {"contact__via": "Zus Godelieve", "contact__via_tel": "09 000 00 77", "contact__via_band": "Halfzus"}
THIRD = "(gaat over iemand anders)"


def test_what_tells_about_others_is_left_out_and_the_referrer_stands_in_it() -> None:
    _, request = asked("2026-11-09 09:40", **ZUS)
    told = approved(request)
    for word in ("Zus Godelieve", "000 00 77", "00000077", "Halfzus"):
        assert word not in told
    assert told.count(THIRD) == 3
    assert BLACK not in told
    assert "Dokter Peeters" in told
    assert "Hulp- en dienstverlening" in told
    assert "60 maanden" in told or "Zolang het dossier loopt" in told


def test_what_tells_about_others_goes_out_only_when_somebody_lets_it_out() -> None:
    _, request = asked("2026-11-09 09:40", **ZUS)
    dpo = actor("ilse_verbeke")
    work = requests.work(dpo, request)
    (tie,) = (item.key for item in work.file.items() if item.text == "Halfzus")
    assert tie in work.hidden
    requests.keep(dpo, request, version=1, hidden=[], cuts={})  # not a word of it: it stays left out
    assert tie in requests.work(dpo, request).hidden
    requests.keep(dpo, request, version=2, hidden=[], cuts={}, released=[tie])
    told = approved(request)
    assert "Halfzus" in told
    assert "Zus Godelieve" not in told
    assert told.count(THIRD) == 2


def test_the_term_is_a_month_and_two_more_for_a_reason_once() -> None:
    _, request = asked("2027-01-31 10:00")
    dpo = actor("ilse_verbeke")
    assert requests.one(dpo, request).due_on == date(2027, 2, 28)
    with pytest.raises(Invalid, match="reason_needed"):
        requests.extend(dpo, request, "  ", version=1)
    requests.extend(dpo, request, "Veel dossiers", version=1)
    assert (requests.one(dpo, request).due_on, requests.one(dpo, request).longer) == (
        date(2027, 4, 30),
        "Veel dossiers",
    )
    with pytest.raises(Invalid, match="longer_already"):
        requests.extend(dpo, request, "Nog meer", version=2)


def test_what_came_in_since_is_looked_at_first_and_two_never_overwrite_each_other() -> None:
    case, request = asked("2026-11-09 09:40")
    dpo = actor("ilse_verbeke")
    seen = requests.work(dpo, request)
    add_note.add(holder_of(case), case, "Buurvrouw Rita belde")
    with pytest.raises(Conflict, match="copy_changed"):
        requests.approve(dpo, request, version=seen.request.version, seen=seen.mark)
    requests.keep(dpo, request, version=1, hidden=[], cuts={})
    with pytest.raises(Conflict):
        requests.keep(dpo, request, version=1, hidden=[], cuts={})


def test_it_is_printed_tagged_and_nothing_black_stands_in_it() -> None:
    _, request = asked("2026-11-09 09:40", contact__via="Zus Godelieve", contact__via_tel="09 000 00 77")
    approved(request)
    made = copy_paper.pdf(actor("ilse_verbeke"), request)
    assert made.startswith(b"%PDF")
    assert b"/MarkInfo" in made or b"/StructTreeRoot" in made or b"pdfuaid" in made


def test_only_who_looks_after_rights_gets_it() -> None:
    _, request = asked("2026-11-09 09:40")
    for key in ("joris_maes", "tom_aerts", "hilde_claes", "pieter_bogaert"):
        for ask in (requests.work, requests.export, requests.one):
            with pytest.raises(Forbidden):
                ask(actor(key), request)


def _local(word: str) -> str:
    """A telephone number as people write it."""
    return f"0{word.removeprefix('+32')}" if word.startswith("+32") else word
