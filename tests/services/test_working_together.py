"""Colleagues on one case: shared for a purpose, never to somebody too close, taken over and given back."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.cases import (
    add_note,
    add_task,
    case_files,
    case_page,
    hand_over,
    pin_note,
    share_case,
    takeovers,
)
from app.services.cases.case_view import CasePage
from app.services.cases.load_case import key_of
from app.services.cases.read_log import of_case
from app.services.cases.takeover_view import Chosen
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.tasks import claim_task, finish_task, queue
from app.storage import clock, history, task_counts
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, asked, holder_of, local, press, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
SECRET = "Geheimpje"


def page_of(name: str, case: str) -> CasePage:
    return case_page.show(actor(name), case)


@pytest.fixture
def case(town: object) -> str:
    """A card of Joris."""
    with clock.stopped_at(MONDAY):
        return send_card().case


# Sharing ---------------------------------------------------------------------------------------------------


def test_a_case_is_shared_on_a_ground_until_a_day_and_who_shares_is_told_on_it(case: str) -> None:
    joris, an = actor("joris_maes"), actor("an_goethals")
    with clock.stopped_at(MONDAY):
        share_case.share(
            joris,
            case,
            with_account=an.account,
            reason="samen langsgaan",
            basis="casusoverleg",
            until=date(2026, 11, 11),
        )
        (shared,) = page_of("joris_maes", case).shares
    assert (shared.name, shared.basis, shared.until) == ("An Goethals", "casusoverleg", date(2026, 11, 11))
    assert shared.reason == "samen langsgaan"
    with clock.stopped_at(local("2026-11-11 23:30")):
        assert page_of("an_goethals", case).content == "full"
    with clock.stopped_at(local("2026-11-12 00:30")):
        assert page_of("an_goethals", case).content == "metadata"
        assert page_of("joris_maes", case).shares == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"basis": "handig"}, "basis_needed"),
        ({"reason": "  "}, "reason_needed"),
        ({"until": date(2026, 11, 8)}, "until_past"),
    ],
)
def test_nothing_is_shared_without_a_ground_a_purpose_or_on_a_day_that_passed(
    case: str, change: dict[str, object], code: str
) -> None:
    fields = {
        "reason": "samen",
        "basis": "toestemming",
        "with_account": actor("an_goethals").account,
        **change,
    }
    with clock.stopped_at(MONDAY), pytest.raises(Invalid) as problem:
        share_case.share(actor("joris_maes"), case, **fields)  # type: ignore[arg-type]
    assert problem.value.code == code


# Taking over -----------------------------------------------------------------------------------------------


def test_a_substitute_takes_over_all_of_it_and_gives_back_what_is_still_open() -> None:
    joris, nele = actor("joris_maes"), actor("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        cases = [send_card(persoon__voornaam=name).case for name in ("Mia", "Jef", "Lou")]
        preview = takeovers.preview(nele, joris.account, Chosen())
        assert (preview.cases, preview.late) == (3, 0)
        over = takeovers.begin(nele, joris.account, Chosen(), to="", reason="Joris is ziek")
        takeovers.carry_on(nele, over, most=2)
        assert takeovers.standing(nele, over).waiting == 1
        takeovers.carry_on(nele, over)
        assert {holder_of(case).account for case in cases} == {nele.account}
        assert any("Joris is ziek" in line.text for line in page_of("nele_lambrecht", cases[0]).timeline)
        press(cases[0], "wenst_geen_hulp", reason="wenst_geen_hulp")
        assert takeovers.standing(nele, over).back == 2
        takeovers.give_back(joris, over)
        stand = takeovers.standing(joris, over)
        assert (stand.returned, stand.back) == (2, 0)
        assert [holder_of(case).account for case in cases[1:]] == [joris.account] * 2
        assert holder_of(cases[0]).account == nele.account
        with transaction(MUNICIPALITY, readonly=True) as tx:
            assert list(task_counts.recount(tx)) == []


def test_only_what_is_due_by_a_day_is_taken(case: str) -> None:
    nele, joris = actor("nele_lambrecht"), actor("joris_maes")
    with clock.stopped_at(local("2026-11-16 09:00")):
        later = send_card(persoon__voornaam="Jef").case
    with clock.stopped_at(local("2026-11-16 10:00")):
        chosen = Chosen(before=date(2026, 11, 13))
        assert takeovers.preview(nele, joris.account, chosen).late == 1
        over = takeovers.begin(nele, joris.account, chosen, to="", reason="ziek")
        takeovers.carry_on(nele, over)
    assert holder_of(case).account == nele.account
    assert holder_of(later).account == joris.account


def test_a_stranger_takes_over_nothing_and_sees_nothing_of_it(case: str) -> None:
    joris, an = actor("joris_maes"), actor("an_goethals")
    with clock.stopped_at(MONDAY):
        assert joris.account not in {item.account for item in takeovers.colleagues(an)}
        with pytest.raises(Forbidden):
            takeovers.preview(an, joris.account, Chosen())
        with pytest.raises(Forbidden):
            takeovers.begin(an, joris.account, Chosen(), to="", reason="x")
        over = takeovers.begin(actor("nele_lambrecht"), joris.account, Chosen(), to="", reason="ziek")
        with pytest.raises(NotFound):
            takeovers.standing(an, over)
        with pytest.raises(NotFound):
            takeovers.give_back(an, over)


def test_what_was_claimed_goes_back_to_the_group_and_can_be_claimed_again() -> None:
    hilde = actor("hilde_claes")
    with clock.stopped_at(MONDAY):
        case = send_card(zorgen=["andere"], persoon__geboorte=1990).case
        claim_task.claim(hilde, queue.page(hilde, scope="group").rows[0].task)
        page = page_of("hilde_claes", case)
        assert page.may_release
        with pytest.raises(Invalid):
            hand_over.release(hilde, case, reason=" ", version=page.version)
        hand_over.release(hilde, case, reason="toch niet voor mij", version=page.version)
        (row,) = queue.page(hilde, scope="group").rows
        assert row.claimable
        assert not page_of("hilde_claes", case).may_release
        with transaction(MUNICIPALITY, readonly=True) as tx:
            assert list(task_counts.recount(tx)) == []
        claim_task.claim(hilde, row.task)
        assert holder_of(case).account == hilde.account


# Own tasks, notes, papers ----------------------------------------------------------------------------------


def test_an_own_task_is_counted_and_told_only_to_who_reads_the_case(case: str) -> None:
    joris, an = actor("joris_maes"), actor("an_goethals")
    with clock.stopped_at(MONDAY):
        add_task.add(joris, case, f"{SECRET} ophalen", to=an.account, due_on=date(2026, 11, 12))
        (row,) = queue.page(an).rows
        assert SECRET not in str(row)
        assert row.due_on == date(2026, 11, 12)
        mine = next(task for task in page_of("an_goethals", case).asks)
        assert SECRET in mine.label
        with transaction(MUNICIPALITY, readonly=True) as tx:
            assert list(task_counts.recount(tx)) == []
            stored = str([entry.params for entry in history.entries(tx, key_of(case))])
        assert SECRET not in stored
        finish_task.finish(an, mine.id)
        assert queue.page(an).rows == ()
        with pytest.raises(Invalid):
            add_task.add(joris, case, "gisteren", to="", due_on=date(2026, 11, 8))
        with pytest.raises(Forbidden):
            add_task.add(actor("sofie_wouters"), case, "x", to="", due_on=date(2026, 11, 12))


def test_one_note_stands_on_top_until_another_does(case: str) -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        add_note.add(joris, case, "Hond in de tuin")
        add_note.add(joris, case, "Bel twee keer")
        second, first = [line for line in page_of("joris_maes", case).timeline if line.code == "note"]
        pin_note.pin(joris, case, first.id)
        pin_note.pin(joris, case, second.id)
        pinned = page_of("joris_maes", case).pinned
        assert pinned is not None
        assert pinned.text == "Bel twee keer"
        assert page_of("karin_thijs", case).pinned is None
        pin_note.pin(joris, case, "")
        assert page_of("joris_maes", case).pinned is None
        with pytest.raises(NotFound):
            pin_note.pin(joris, case, "zzzz")


def test_a_paper_of_staff_is_sniffed_sealed_and_opened_only_by_who_reads_the_case(case: str) -> None:
    joris = actor("joris_maes")
    letter = b"%PDF-1.7\n" + SECRET.encode() + b"\n%%EOF\n"
    with clock.stopped_at(MONDAY):
        with pytest.raises(Invalid):
            case_files.add(joris, case, "virus.exe", b"MZ\x90\x00")
        case_files.add(joris, case, "attest.pdf", letter)
        (paper,) = page_of("joris_maes", case).files
        assert (paper.name, paper.by) == ("attest.pdf", "Joris Maes")
        assert page_of("karin_thijs", case).files == ()
        assert case_files.opened(joris, case, paper.id)[2] == letter
        with pytest.raises(Forbidden):
            case_files.opened(actor("an_goethals"), case, paper.id)
        with pytest.raises(Forbidden):
            case_files.add(actor("an_goethals"), case, "x.pdf", letter)
        log = of_case(actor("ilse_verbeke"), case)
    assert [line.act for line in log].count("file.read") == 1


# Tries -----------------------------------------------------------------------------------------------------


def test_what_one_more_try_means_is_told_before_it_is_pressed(case: str) -> None:
    def told() -> str:
        found = next(item for item in page_of("joris_maes", case).actions if item.id == "niet_bereikt")
        return " ".join(found.again)

    with clock.stopped_at(MONDAY):
        assert "poging 1 van 3" in told()
        assert "namiddag" in told()
        press(case, "niet_bereikt", asked(case, "niet_bereikt"))
        assert "dezelfde poging" in told()
    with clock.stopped_at(local("2026-11-10 14:00")):
        assert "poging 2 van 3" in told()
        press(case, "niet_bereikt", asked(case, "niet_bereikt"))
    with clock.stopped_at(local("2026-11-12 10:00")):
        assert "Kaart in de bus" in told()
