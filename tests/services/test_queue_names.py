"""Who sees in a list whom the work is about?"""

from __future__ import annotations

import pytest

from app.services.tasks import queue
from app.storage import clock
from tests.support.town import actor, holder_of, local, press, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def _called(who: str, **chosen: str) -> list[str]:
    return [row.called for row in queue.page(actor(who), **chosen).rows]  # type: ignore[arg-type]


def test_the_responsible_person_reads_the_name() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card(persoon__roepnaam="Maria", persoon__naam="Vandenbulcke")
        assert holder_of(card.case).account == actor("joris_maes").account
        assert _called("joris_maes") == ["Maria Vandenbulcke"]


def test_who_leads_sees_that_there_is_work_and_not_about_whom() -> None:
    with clock.stopped_at(MONDAY):
        send_card(persoon__roepnaam="Maria", persoon__naam="Vandenbulcke")
        assert _called("karin_thijs", scope="team") == [""]


def test_a_name_is_gone_once_consent_is_withdrawn() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card(persoon__roepnaam="Maria", persoon__naam="Vandenbulcke")
        press(card.case, "intrekken")
        assert _called("ilse_verbeke") == [""]
