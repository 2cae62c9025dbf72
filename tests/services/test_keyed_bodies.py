"""Can somebody with a copy of the database try out what was told, by the hash that recognises a form sent twice?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.engine import values
from app.services.cases.act_on_case import NOTHING_GIVEN, ActOnCase, act
from app.services.definitions import catalogs
from app.services.errors import Conflict
from app.services.intake.submit_form import submit
from app.storage import clock, json_codec
from app.storage.database import transaction
from app.storage.models import FormToken, Submission
from tests.support.bound import MUNICIPALITY
from tests.support.town import card, holder_of, local, send_card

pytestmark = pytest.mark.usefixtures("town")
TOKEN = "e" * 32


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.stopped_at(local("2026-11-09 09:40")):
        yield


def _bare(*parts: object) -> str:
    """What anybody can compute who guesses right."""
    return hashlib.sha256(json_codec.canonical(list(parts))).hexdigest()


def _card_parts() -> tuple[object, ...]:
    sent = card(TOKEN)
    version = catalogs.live(MUNICIPALITY).form("doorverwijskaart")
    with transaction(MUNICIPALITY, readonly=True) as tx:
        row = tx.execute(sa.select(Submission.id, Submission.sealed).where(Submission.token == TOKEN)).one()
        data = tx.sealer.open_json(("submission", row.id, "sealed"), row.sealed)
    assert values.read_json(version.form, data).values
    return sent.form_version, data


def _kept(table: type[Submission | FormToken]) -> str:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return str(tx.scalar(sa.select(table.body_hash).where(table.token == TOKEN)))


def test_what_was_told_cannot_be_guessed_from_the_hash_of_a_submission() -> None:
    send_card(TOKEN)
    assert _kept(Submission) != _bare(*_card_parts())


def test_a_card_that_was_kept_before_hashes_were_keyed_is_still_known_again() -> None:
    first = send_card(TOKEN)
    bare = _bare(*_card_parts())
    with transaction(MUNICIPALITY) as tx:
        mine = sa.update(Submission).where(Submission.municipality == MUNICIPALITY, Submission.token == TOKEN)
        tx.execute(mine.values(body_hash=bare))
    again = send_card(TOKEN)
    assert (again.again, again.number) == (True, first.number)
    with pytest.raises(Conflict, match="token_used"):
        submit(card(TOKEN, toelichting="Iets heel anders"))


def test_so_is_a_button_and_what_was_filled_in_behind_it() -> None:
    case = send_card().case
    pressed = ActOnCase(
        actor=holder_of(case),
        case=case,
        action="wenst_geen_hulp",
        reason="wenst_geen_hulp",
        given=NOTHING_GIVEN,
        token=TOKEN,
        version=1,
    )
    act(pressed)
    bare = _bare(case, "wenst_geen_hulp", "wenst_geen_hulp", {}, {}, "", "", NOTHING_GIVEN.values)
    assert _kept(FormToken) != bare
    assert act(pressed).again
    with transaction(MUNICIPALITY) as tx:
        mine = sa.update(FormToken).where(FormToken.municipality == MUNICIPALITY, FormToken.token == TOKEN)
        tx.execute(mine.values(body_hash=bare))
    assert act(pressed).again
    with pytest.raises(Conflict, match="token_used"):
        act(replace(pressed, reason="verhuisd"))
