"""Two at once, many times: double clicks, two editors, two colleagues, many writers. Exactly one wins."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier

import sqlalchemy as sa
from flask import Flask

from app.engine.policy import Actor
from app.services.cases import act_on_case, add_note, case_page, hand_over
from app.services.cases.act_on_case import ActOnCase
from app.services.definitions import catalogs, definition_drafts
from app.services.errors import ServiceError
from app.services.intake import drafts
from app.services.intake.submit_form import submit
from app.services.people import partners
from app.services.people.partner_record import Partner
from app.services.tasks import claim_task, queue
from app.storage import history, ids
from app.storage.database import transaction
from app.storage.models import Case
from app.storage.task_counts import recount
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, card, send_card

PATH = "formdefs/doorverwijskaart.yaml"


def at_once(app: Flask, *doings: Callable[[], object]) -> list[str]:
    """Do them at the same moment; of each ``won``, or the code it was refused with."""
    barrier = Barrier(len(doings))

    def one(do: Callable[[], object]) -> str:
        with app.app_context():
            barrier.wait()
            try:
                do()
            except ServiceError as problem:
                return f"{type(problem).__name__} {problem.code}".strip()
            return "won"

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings))


def double_clicks(app: Flask, times: int) -> Counter[str]:
    """The same page sent twice at the same moment."""
    counted: Counter[str] = Counter()
    before = _cases()
    for _ in range(times):
        send = partial(submit, card(secrets.token_hex(16)))
        counted.update(at_once(app, send, send))
    assert _cases() - before == times, (_cases() - before, times)
    assert counted == {"won": 2 * times}, counted  # both get the same receipt
    return counted


def presses(app: Flask, times: int) -> Counter[str]:
    """Two windows of one page: in the one the case is closed, in the other it is given away, at the same moment."""
    counted: Counter[str] = Counter()
    joris, nele = actor("joris_maes"), actor("nele_lambrecht")
    for _ in range(times):
        case = send_card().case
        version = case_page.show(joris, case).version
        token = secrets.token_hex(16)
        close = ActOnCase(joris, case, "wenst_geen_hulp", version, token, reason="wenst_geen_hulp")
        give = partial(hand_over.hand_over, joris, case, to=nele.account, reason="weg", version=version)
        found = at_once(app, partial(act_on_case.act, close), give)
        assert sorted(found) == ["Conflict case_changed", "won"], found
        counted.update(found)
        _assert_whole(case, version + 1)
    return counted


def claims(app: Flask, times: int) -> Counter[str]:
    """Two colleagues take the same task of the group."""
    counted: Counter[str] = Counter()
    hilde, karin = actor("hilde_claes"), actor("karin_thijs")
    for _ in range(times):
        send_card(zorgen=["andere"], persoon__geboorte=1990)
        task = queue.page(hilde, scope="group").rows[0].task
        found = at_once(app, *(partial(claim_task.claim, who, task) for who in (hilde, karin)))
        assert sorted(found) == ["AlreadyDone claimed_before", "won"], found
        counted.update(found)
    return counted


def editors(app: Flask, times: int) -> Counter[str]:
    """Two administrators save the same file, two people the same draft, two the same partner."""
    counted: Counter[str] = Counter()
    tom, mira = actor("tom_aerts"), actor("mira_lauwers")
    for number in range(times):
        counted.update(_one_wins(app, _file(tom, number), _file(mira, number + times)))
        counted.update(_one_wins(app, *_draft(number)))
        counted.update(_one_wins(app, *_partner(number)))
    return counted


def _one_wins(app: Flask, *doings: Callable[[], object]) -> list[str]:
    found = at_once(app, *doings)
    assert found.count("won") == 1, found
    assert all(item == "won" or item.startswith("Conflict") for item in found), found
    return found


def _file(who: Actor, number: int) -> Callable[[], object]:
    opened = definition_drafts.open_text(who, PATH)
    return partial(definition_drafts.save, who, PATH, f"{opened.text}# {number}\n", opened.seen)


def _draft(number: int) -> list[Callable[[], object]]:
    hilde = actor("hilde_claes")
    form = catalogs.live(MUNICIPALITY).form("brede_intake")
    draft = drafts.start(hilde, form.id, {"kanaal": ["onthaal"]})
    words = (f"een {number}", f"twee {number}")
    return [
        partial(drafts.save, hilde, draft.id, rev=draft.rev, changes={"vraag_eigen_woorden": [word]})
        for word in words
    ]


def _partner(number: int) -> list[Callable[[], object]]:
    karin = actor("karin_thijs")
    name = f"Vereniging {number} {secrets.token_hex(4)}"
    standing = partners.one(karin, partners.add(karin, Partner("", name, email="a@b.example")))
    return [partial(partners.save, karin, replace(standing, offer=offer)) for offer in ("soep", "koffie")]


def writers(app: Flask, times: int, *, people: int = 8) -> Counter[str]:
    """Many write to one case and to cases of their own at the same time."""
    shared = send_card().case
    joris = actor("joris_maes")

    def write(who: int) -> Callable[[], object]:
        def all_of_it() -> None:
            for number in range(times):
                add_note.add(joris, shared, f"nota {who} {number}")
                send_card()

        return all_of_it

    before = _cases()
    found = at_once(app, *(write(who) for who in range(people)))
    assert found == ["won"] * people, found
    assert _cases() - before == people * times
    with transaction(MUNICIPALITY, readonly=True) as tx:
        notes = [
            entry
            for entry in history.entries(tx, ids.from_text(shared), limit=100_000)
            if entry.code == "note"
        ]
        assert len(notes) == people * times
    _assert_whole(shared, 1)
    return Counter({"notes": len(notes), "cases": people * times})


def _cases() -> int:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return int(tx.scalar(sa.select(sa.func.count()).select_from(Case)))


def _assert_whole(case: str, version: int) -> None:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        key = ids.from_text(case)
        assert tx.scalar(sa.select(Case.version).where(Case.id == key)) == version
        assert history.verify(tx, key) is None
        assert recount(tx) == []


ALL: dict[str, tuple[Callable[[Flask, int], Counter[str]], int]] = {
    "double clicks": (double_clicks, 300),
    "two presses": (presses, 200),
    "two claims": (claims, 100),
    "two editors of a file, a draft and a partner": (editors, 100),
    "eight writers": (writers, 40),
}
"""Name -> what is done, and how often in full."""
