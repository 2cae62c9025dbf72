"""Two people save over each other, or one sends the same twice: is nothing lost, and nothing there twice?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import pytest
from flask import Flask

from app.engine.model.people import Absence, ClosingDay
from app.services.access import outside_told, protection
from app.services.cases import add_task, case_files, case_page, share_case, takeovers
from app.services.cases.takeover_view import Chosen
from app.services.definitions import catalogs
from app.services.errors import Conflict, ServiceError
from app.services.municipality import logo, neighbourhoods, openings, settings, statements, streets
from app.services.people import partners, referrer_links
from app.services.people.partner_record import Partner
from app.services.privacy import holds
from app.services.seen import PAGE_CHANGED, mark
from app.services.staff import staff_absences, staffing
from app.storage import clock, history, ids
from app.storage.database import transaction
from app.storage.repositories import token_rows
from tests.machines.pairs import at_once
from tests.support.bound import MUNICIPALITY
from tests.support.pictures import png
from tests.support.town import actor, local, send_card

CARD = "doorverwijskaart"
MONDAY = local("2026-11-09 09:40")
WON, LATE = "won", f"Conflict {PAGE_CHANGED}"
LAST = date(2099, 12, 31)


@dataclass(frozen=True)
class Saved:
    """A page that saves something of the whole municipality: its mark, how one of two texts is saved, what stands."""

    mark: Callable[[], str]
    save: Callable[[int, str | None], object]
    stands: Callable[[], object]


def _world() -> settings.Settings:
    return settings.of(staffing.world(MUNICIPALITY))


def _identity(number: int, seen: str | None) -> None:
    settings.save_identity(actor("tom_aerts"), "Zandlede", {"phone": f"09 000 00 0{number}"}, seen=seen)


def _standing() -> openings.Standing:
    return openings.standing(staffing.world(MUNICIPALITY), catalogs.live(MUNICIPALITY).form(CARD).form)


def _statement(number: int, seen: str | None) -> None:
    statements.save(actor("tom_aerts"), "complaints", {"complaint_whom": f"An {number}"}, seen=seen)


def _complaints() -> dict[str, str]:
    return dict(statements.of(staffing.world(MUNICIPALITY), "complaints").told)


def _places() -> dict[str, str]:
    return neighbourhoods.shown(neighbourhoods.show(actor("tom_aerts")))


def _import(number: int, seen: str | None) -> None:
    text = f"straat;kant;van;tot;dorp\nKerkstraat;alle;1;{number}9;oosthoek\n"
    streets.import_file(actor("tom_aerts"), text.encode(), seen=seen)


def _days(number: int, seen: str | None) -> None:
    days = [ClosingDay(date(2027, 1, number), f"Dag {number}")]
    staffing.set_closing_days(actor("karin_thijs"), days, seen=seen)


def _closed() -> tuple[ClosingDay, ...]:
    return staffing.world(MUNICIPALITY).calendar.closing_days


def _known() -> dict[str, str]:
    known = outside_told.show(actor("mira_lauwers"))
    return outside_told.shown(known.told, active=known.active)


def _provider(number: int, seen: str | None) -> None:
    told = replace(outside_told.Told(), label=f"Poort {number}")
    outside_told.save(actor("mira_lauwers"), told, active=False, seen=seen)


def _protected() -> dict[str, str]:
    return protection.show(actor("tom_aerts")).shown


def _link(number: int, seen: str | None) -> None:
    (line,) = referrer_links.listed(actor("tom_aerts"))
    referrer_links.change(actor("tom_aerts"), line.id, f"Praktijk {number}", {}, seen=seen)


PAGES: dict[str, Saved] = {
    "who we are": Saved(lambda: mark(settings.identity(_world())), _identity, lambda: _world().phone),
    "sender": Saved(
        lambda: mark({"sender_name": _world().sender_name, "reply_to": _world().reply_to}),
        lambda n, seen: settings.save_sender(actor("tom_aerts"), f"Loket {n}", "", seen=seen),
        lambda: _world().sender_name,
    ),
    "colour": Saved(
        lambda: mark({"accent": _world().accent}),
        lambda n, seen: settings.save_accent(actor("tom_aerts"), f"#00{n}040", seen=seen),
        lambda: _world().accent,
    ),
    "logo": Saved(
        lambda: mark({logo.LOGO: _world().logo}),
        lambda n, seen: logo.save(actor("tom_aerts"), png(300 + n, 100), seen=seen),
        lambda: _world().logo,
    ),
    "statement": Saved(lambda: mark(_complaints()), _statement, _complaints),
    "places": Saved(
        lambda: mark(_places()),
        lambda n, seen: neighbourhoods.save(actor("tom_aerts"), {}, [f"Nieuwdorp {n}"], seen=seen),
        _places,
    ),
    "streets": Saved(
        lambda: streets.show(actor("tom_aerts")).mark, _import, lambda: streets.export(actor("tom_aerts"))
    ),
    "closing days": Saved(lambda: mark(staffing.closing_days_shown(_closed())), _days, _closed),
    "signing in": Saved(
        lambda: mark(_protected()),
        lambda n, seen: protection.save(actor("tom_aerts"), ["dpo"], str((0, 2, 5)[n]), seen=seen),
        _protected,
    ),
    "provider": Saved(lambda: mark(_known()), _provider, _known),
    "closed form": Saved(
        lambda: _standing().marks["closing"],
        lambda n, seen: openings.close(actor("tom_aerts"), CARD, None, LAST, f"Dicht {n}.", seen=seen),
        lambda: _standing().sentence,
    ),
    "short address": Saved(
        lambda: _standing().marks["word"],
        lambda n, seen: openings.set_word(actor("tom_aerts"), CARD, f"kaart{n}", seen=seen),
        lambda: _standing().opening.word,
    ),
    "frames": Saved(
        lambda: _standing().marks["origins"],
        lambda n, seen: openings.set_origins(actor("tom_aerts"), CARD, [f"https://w{n}.example"], seen=seen),
        lambda: _standing().opening.origins,
    ),
    "link": Saved(
        lambda: referrer_links.listed(actor("tom_aerts"))[0].mark,
        _link,
        lambda: referrer_links.listed(actor("tom_aerts"))[0].name,
    ),
}


@pytest.mark.parametrize("name", list(PAGES))
def test_of_two_who_save_over_each_other_one_is_told_and_nothing_is_overwritten(
    town: Flask, name: str
) -> None:
    page = PAGES[name]
    referrer_links.make(actor("tom_aerts"), "Praktijk")
    before, seen = page.stands(), page.mark()
    found = at_once(town, partial(page.save, 1, seen), partial(page.save, 2, seen))
    assert sorted(found) == [LATE, WON]
    winner, loser = (1, 2) if found[0] == WON else (2, 1)
    after = page.stands()
    assert after != before
    page.save(winner, seen)  # the same press once more: done, and nothing to say
    with pytest.raises(Conflict, match=PAGE_CHANGED) as late:
        page.save(loser, seen)
    assert late.value.current is not None
    assert page.stands() == after
    page.save(loser, page.mark())  # who saw it may
    assert page.stands() not in (before, after)


def test_two_who_save_something_else_do_not_meet(town: Flask) -> None:
    doings = (
        partial(_identity, 7, PAGES["who we are"].mark()),
        partial(PAGES["sender"].save, 7, PAGES["sender"].mark()),
        partial(_statement, 7, PAGES["statement"].mark()),
        partial(PAGES["short address"].save, 7, PAGES["short address"].mark()),
        partial(PAGES["closed form"].save, 7, PAGES["closed form"].mark()),
    )
    assert at_once(town, *doings) == [WON] * len(doings)
    assert (_world().phone, _world().sender_name) == ("09 000 00 07", "Loket 7")
    assert _complaints()["complaint_whom"] == "An 7"
    assert (_standing().opening.word, _standing().sentence) == ("kaart7", "Dicht 7.")


def test_a_form_that_was_closed_longer_is_not_opened_from_an_older_page(town: Flask) -> None:
    tom = actor("tom_aerts")
    openings.close(tom, CARD, None, date(2099, 12, 1), "Even dicht.")
    seen = _standing().marks["closing"]
    openings.close(tom, CARD, None, LAST, "Langer dicht.", seen=seen)
    with pytest.raises(Conflict, match=PAGE_CHANGED):
        openings.reopen(tom, CARD, seen=seen)
    assert _standing().sentence == "Langer dicht."


def test_the_same_street_twice_is_one_stretch(town: Flask) -> None:
    tom = actor("tom_aerts")
    row = {"straat": "Kerkstraat", "kant": "even", "van": "2", "tot": "10", "dorp": "oosthoek"}
    assert at_once(town, partial(streets.add, tom, row), partial(streets.add, tom, row)) == [WON, WON]
    assert streets.show(tom).total == 1


# The same sent twice -----------------------------------------------------------------------------------------------


@pytest.fixture
def case(town: Flask) -> str:
    """A card of Joris."""
    with clock.stopped_at(MONDAY):
        return send_card().case


def _own_tasks(case: str) -> int:
    return sum(
        task.label.endswith("Bel de dokter") for task in case_page.show(actor("joris_maes"), case).tasks
    )


def test_an_own_task_sent_twice_is_one_task(town: Flask, case: str) -> None:
    joris, due = actor("joris_maes"), date(2026, 11, 12)
    add = partial(add_task.add, joris, case, "Bel de dokter", to="", due_on=due, token="t" * 24)
    with clock.stopped_at(MONDAY):
        assert at_once(town, add, add) == [WON, WON]
        assert add().again
        assert _own_tasks(case) == 1
        with pytest.raises(Conflict, match="sent_other"):
            add_task.add(joris, case, "Iets anders", to="", due_on=due, token="t" * 24)
        with pytest.raises(ServiceError):
            add_task.add(actor("karin_thijs"), case, "Bel de dokter", to="", due_on=due, token="t" * 24)
        add_task.add(joris, case, "Bel de dokter", to="", due_on=due, token="u" * 24)
        assert _own_tasks(case) == 2
        with transaction(MUNICIPALITY, readonly=True) as tx:
            used = token_rows.find(tx, "t" * 24)
        assert used is not None
        assert "dokter" not in str(used)


def test_a_paper_sent_twice_is_one_paper(town: Flask, case: str) -> None:
    joris, letter = actor("joris_maes"), b"%PDF-1.7\nbrief\n%%EOF\n"
    lay = partial(case_files.add, joris, case, "attest.pdf", letter, token="p" * 24)
    with clock.stopped_at(MONDAY):
        assert at_once(town, lay, lay) == [WON, WON]
        assert len(case_page.show(actor("joris_maes"), case).files) == 1
        with pytest.raises(Conflict, match="sent_other"):
            case_files.add(joris, case, "ander.pdf", letter, token="p" * 24)
        case_files.add(joris, case, "attest.pdf", letter, token="q" * 24)
        assert len(case_page.show(actor("joris_maes"), case).files) == 2


def test_a_partner_and_a_link_sent_twice_are_one_each(town: Flask) -> None:
    karin, tom = actor("karin_thijs"), actor("tom_aerts")
    add = partial(partners.add, karin, Partner("", "Soepbus", email="a@b.example"), token="s" * 24)
    assert at_once(town, add, add) == [WON, WON]
    assert [item.key for item in partners.listed(karin) if item.name == "Soepbus"] == [add()]
    first = referrer_links.make(tom, "Praktijk", sent="l" * 24)
    link, token = referrer_links.make(tom, "Praktijk", sent="l" * 24)
    assert [line.id for line in referrer_links.listed(tom)] == [first[0]] == [link]
    assert referrer_links.open_link(MUNICIPALITY, token).link == link


def test_an_absence_saved_twice_is_one_and_told_once(town: Flask) -> None:
    joris = actor("joris_maes")
    away = Absence(joris.account, date(2026, 12, 1), date(2026, 12, 4))
    with clock.stopped_at(MONDAY):
        save = partial(staff_absences.save, joris, away)
        assert at_once(town, save, save) == [WON, WON]
        assert save().wake == ()
        _, rows = staff_absences.upcoming(joris, own=True)
        assert len(rows) == 1


def test_a_case_shared_twice_is_shared_once_and_again_after_it_ended(town: Flask, case: str) -> None:
    joris, an = actor("joris_maes"), actor("an_goethals").account

    def share() -> None:
        share_case.share(joris, case, with_account=an, reason="Huisbezoek", basis="gedeeld_beroepsgeheim")

    def shared() -> int:
        with transaction(MUNICIPALITY, readonly=True) as tx:
            return [entry.code for entry in history.entries(tx, ids.from_text(case))].count("shared")

    with clock.stopped_at(MONDAY):
        assert at_once(town, share, share) == [WON, WON]
        assert shared() == 1
        share_case.unshare(joris, case, with_account=an)
        share()
        assert shared() == 2


def test_work_taken_over_twice_is_one_takeover(town: Flask, case: str) -> None:
    karin, joris, nele = (actor(name) for name in ("karin_thijs", "joris_maes", "nele_lambrecht"))
    begin = partial(
        takeovers.begin, karin, joris.account, Chosen(), to=nele.account, reason="ziek", token="o" * 24
    )
    with clock.stopped_at(MONDAY):
        assert begin() == begin()


def test_a_hold_set_twice_is_one_hold(town: Flask, case: str) -> None:
    ilse = actor("ilse_verbeke")
    for _ in range(2):
        holds.set_on_case(ilse, case, "Beroep bij de Raad van State")
    assert len(holds.of_case(ilse, case).standing) == 1
