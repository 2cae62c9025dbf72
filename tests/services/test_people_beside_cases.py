"""Are links, caught mail and records of residents shown to those who may see them, and to nobody else?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine.policy import Act, Actor, may
from app.services import health
from app.services.access import accounts
from app.services.cases import read_log
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.follow_up import caught_mail
from app.services.municipality import municipalities
from app.services.people import referrer_links
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.models import ReferrerLink
from tests.support.bound import MUNICIPALITY, NEIGHBOUR

OPERATOR = accounts.operator(MUNICIPALITY)
RECEPTION = Actor("hilde", MUNICIPALITY, roles=frozenset({"reception"}))
ADMIN = Actor("tom", MUNICIPALITY, roles=frozenset({"form_admin"}))


# Links of referrers --------------------------------------------------------------------------------------------------


def test_a_link_lets_its_referrer_in_and_nobody_else(store: Flask) -> None:
    link, token = referrer_links.make(OPERATOR, "Praktijk Goossens")
    came = referrer_links.open_link(MUNICIPALITY, token)
    assert (came.link, came.actor.name, came.actor.account) == (link, "Praktijk Goossens", "")
    assert may(came.actor, Act.FORM_FILL_REFERRER)
    assert not may(came.actor, Act.QUEUE_READ)
    for wrong in ("", "x", token[:-1], token.swapcase()):
        with pytest.raises(NotFound):
            referrer_links.open_link(MUNICIPALITY, wrong)
    with pytest.raises(NotFound):
        referrer_links.open_link(NEIGHBOUR, token)


def test_a_link_that_was_taken_back_is_as_unknown_as_any(store: Flask) -> None:
    link, token = referrer_links.make(OPERATOR, "Wim Segers")
    referrer_links.revoke(OPERATOR, link)
    with pytest.raises(NotFound):
        referrer_links.open_link(MUNICIPALITY, token)
    with pytest.raises(NotFound):
        referrer_links.revoke(OPERATOR, link)
    assert [line.revoked_at is not None for line in referrer_links.listed(OPERATOR)] == [True]


def test_the_database_does_not_know_the_token(store: Flask) -> None:
    _, token = referrer_links.make(OPERATOR, "Rita Mertens")
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert token not in str(tx.execute(sa.select(ReferrerLink.token_hash)).all())


def test_a_link_fills_in_its_referrer_and_nothing_of_that_stands_in_the_clear(store: Flask) -> None:
    fills = {"referrer.name": ("dr. Lien Goossens",), "referrer.wish": ("bij_opstart", "bij_afronding")}
    link, token = referrer_links.make(OPERATOR, "Praktijk Goossens", fills=fills)
    assert referrer_links.open_link(MUNICIPALITY, token).fills == fills
    referrer_links.change(OPERATOR, link, "Praktijk G.", {"referrer.name": ("dr. Kanarie",)})
    came = referrer_links.open_link(MUNICIPALITY, token)
    assert (came.actor.name, came.fills) == ("Praktijk G.", {"referrer.name": ("dr. Kanarie",)})
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert "Kanarie" not in str(tx.execute(sa.select(ReferrerLink)).all())
        assert b"Kanarie" not in (tx.execute(sa.select(ReferrerLink.sealed)).scalar_one() or b"Kanarie")


def test_another_link_for_the_same_referrer_closes_the_one_before(store: Flask) -> None:
    link, token = referrer_links.make(OPERATOR, "Wim Segers", fills={"referrer.name": ("Wim",)})
    fresh = referrer_links.renew(OPERATOR, link)
    assert referrer_links.open_link(MUNICIPALITY, fresh).fills == {"referrer.name": ("Wim",)}
    with pytest.raises(NotFound):
        referrer_links.open_link(MUNICIPALITY, token)
    referrer_links.revoke(OPERATOR, link)
    with pytest.raises(NotFound):
        referrer_links.renew(OPERATOR, link)


def test_a_link_is_somebodys(store: Flask) -> None:
    with pytest.raises(Invalid, match="link_name"):
        referrer_links.make(OPERATOR, "  ")


def test_only_some_make_links(store: Flask) -> None:
    with pytest.raises(Forbidden):
        referrer_links.make(RECEPTION, "Vriend")


# Caught mail ---------------------------------------------------------------------------------------------------------


def _catch(tx: Transaction, number: int) -> bool:
    return caught_mail.catch(tx, f"<{number}@zandlede>", "a@x.example", f"Bericht {number}", "Dag")


def test_a_message_is_caught_once_and_read_newest_first(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        assert [_catch(tx, number) for number in (1, 2, 3, 3)] == [True, True, True, False]
    first = caught_mail.page(ADMIN, size=2)
    assert [mail.subject for mail in first.mails] == ["Bericht 3", "Bericht 2"]
    rest = caught_mail.page(ADMIN, cursor=first.next, size=2)
    assert ([mail.subject for mail in rest.mails], rest.next) == (["Bericht 1"], "")
    assert caught_mail.show(ADMIN, first.mails[0].id).body == "Dag"


def test_mail_is_read_by_those_who_may(store: Flask) -> None:
    for read in (lambda: caught_mail.page(RECEPTION), lambda: caught_mail.show(RECEPTION, "0" * 13)):
        with pytest.raises(Forbidden):
            read()
    with pytest.raises(NotFound):
        caught_mail.show(ADMIN, "nergens")


# Residents -----------------------------------------------------------------------------------------------------------


def test_the_log_of_readers_is_the_data_protection_officers(store: Flask) -> None:
    dpo = Actor("ilse", MUNICIPALITY, roles=frozenset({"dpo"}))
    with pytest.raises(NotFound):  # asked, and there is no such case
        read_log.of_case(dpo, ids.to_text(1))
    with pytest.raises(Forbidden):
        read_log.of_case(RECEPTION, ids.to_text(1))


# The installation ----------------------------------------------------------------------------------------------------


def test_a_host_name_leads_to_its_municipality(store: Flask) -> None:
    assert {known.id for known in municipalities.listed()} == {MUNICIPALITY, NEIGHBOUR}
    assert municipalities.by_host("localhost") is None
    assert municipalities.name_of(NEIGHBOUR) == "Buurlede"


def test_a_process_shows_itself(store: Flask) -> None:
    health.beat("worker-1")
    health.beat("worker-1")
    assert list(health.beats()) == ["worker-1"]
