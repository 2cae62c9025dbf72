"""Does another system hear that something happened, signed, once it can, and nothing about anybody?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine.policy import Actor
from app.services.access import accounts
from app.services.cases.announce import CHANGED, ENDED, EVENTS, RECEIVED
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.follow_up import outgoing, webhooks
from app.services.follow_up.outgoing import Outgoing
from app.services.municipality import webhook_settings
from app.services.municipality.webhook_settings import Made
from app.services.staff import staffing
from app.storage import clock, history
from app.storage.database import transaction
from app.storage.models import CaughtMail, Outbox, Webhook, WebhookDelivery
from tests.support.bound import MUNICIPALITY
from tests.support.receiver import HOST, address, listed
from tests.support.tls_server import Heard, Listener, Papers
from tests.support.town import actor, asked, local, press, send_card, settle

MONDAY = local("2026-11-09 09:40")


@pytest.fixture
def receiver(town: Flask, server: Listener, made: Papers) -> Iterator[Listener]:
    """A receiver whose host the operator listed."""
    server.heard.clear()
    with listed(server, made), clock.shifted(to=MONDAY):
        yield server
    server.answer = lambda _heard: (200, {}, b"ok")


def operator() -> Actor:
    return accounts.operator(MUNICIPALITY)


def add(receiver: Listener, *events: str) -> Made:
    return webhook_settings.add(operator(), address(receiver), events or EVENTS)


def told(heard: Heard) -> dict[str, object]:
    found: dict[str, object] = json.loads(heard.body)
    return found


def test_nothing_leaves_while_nobody_is_named(receiver: Listener) -> None:
    send_card()
    settle()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        kinds = set(tx.execute(sa.select(Outbox.kind)).scalars())
    assert not {kind for kind in kinds if kind.startswith("webhook")}
    assert receiver.heard == []


def test_a_case_is_told_of_by_number_type_and_time_only(receiver: Listener) -> None:
    secret = add(receiver).secret
    receipt = send_card(persoon__voornaam="Kanarie", toelichting="Zij is zo alleen")
    settle()
    press(receipt.case, "bereikt", asked(receipt.case, "bereikt"))
    settle()
    events = [told(heard) for heard in receiver.heard]
    assert [item["type"] for item in events] == [RECEIVED, CHANGED]
    for heard, item in zip(receiver.heard, events, strict=True):
        assert item.keys() == {"id", "type", "timestamp", "data"}
        assert item["data"] == {"case": receipt.case}
        assert (heard.method, heard.path) == ("POST", "/haak?x=1")
        whole = repr(heard).lower()
        assert "kanarie" not in whole
        assert "alleen" not in whole
        stamp = heard.headers["webhook-timestamp"]
        signed = webhooks.signature(secret, str(item["id"]), stamp, heard.body)
        assert heard.headers["webhook-signature"] == signed
        assert heard.headers["webhook-id"] == item["id"]
    assert len({item["id"] for item in events}) == 2


def test_only_what_a_receiver_waits_for_is_promised(receiver: Listener) -> None:
    add(receiver, ENDED)
    send_card()
    settle()
    assert receiver.heard == []
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert not [kind for kind in tx.execute(sa.select(Outbox.kind)).scalars() if "webhook" in kind]


def test_neither_address_nor_secret_stands_readable_and_neither_is_shown_again(receiver: Listener) -> None:
    secret = add(receiver).secret
    with transaction(MUNICIPALITY, readonly=True) as tx:
        rows = repr(list(tx.execute(sa.select(Webhook.sealed, Webhook.host, Webhook.events))))
    assert secret not in rows
    assert "/haak" not in rows
    shown = repr(webhook_settings.show(operator()))
    assert secret not in shown
    assert "/haak" not in shown


def test_what_fails_is_told_again_with_the_same_number(receiver: Listener) -> None:
    add(receiver, RECEIVED)
    receiver.answer = lambda _heard: (503, {}, b"straks")
    send_card()
    settle()
    assert len(receiver.heard) == 1
    receiver.answer = lambda _heard: (204, {}, b"")
    with clock.shifted(to=MONDAY + timedelta(hours=2)):
        settle()
    assert len(receiver.heard) == 2
    assert told(receiver.heard[0]) == told(receiver.heard[1])
    log = webhook_settings.show(operator())[0].log
    assert [(line.outcome, line.attempt) for line in log] == [("sent", 2), ("status_503", 1)]


def test_who_fails_too_often_is_paused_and_administrators_hear_of_it(receiver: Listener) -> None:
    add(receiver, RECEIVED)
    receiver.answer = lambda _heard: (500, {}, b"")
    send_card()
    send_card()
    for hour in range(8):
        with clock.shifted(to=MONDAY + timedelta(hours=2 * hour)):
            settle()
    shown = webhook_settings.show(operator())[0].hook
    assert shown.paused_at is not None
    assert shown.failures >= webhooks.MOST_FAILURES
    asked = len(receiver.heard)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        mails = list(
            tx.execute(
                sa.select(CaughtMail.recipient).where(CaughtMail.subject.contains("staan stil"))
            ).scalars()
        )
        codes = [entry.code for entry in history.entries(tx, None, limit=50)]
    keepers = {
        worker.email
        for worker in staffing.world(MUNICIPALITY).staffing.workers.values()
        if "system_admin" in worker.roles
    }
    assert set(mails) == keepers
    assert "webhook_paused" in codes
    with clock.shifted(to=MONDAY + timedelta(days=2)):
        send_card()
        settle()
        assert len(receiver.heard) == asked, "paused is paused"
        receiver.answer = lambda _heard: (200, {}, b"")
        webhook_settings.resume(operator(), webhook_settings.show(operator())[0].id)
        send_card()
        settle()
    assert len(receiver.heard) == asked + 1


def test_a_new_secret_signs_beside_the_old_one_for_a_day(receiver: Listener) -> None:
    old = add(receiver, RECEIVED).secret
    hook = webhook_settings.show(operator())[0].id
    new = webhook_settings.rotate(operator(), hook).secret
    assert old != new
    send_card()
    settle()
    with clock.shifted(to=MONDAY + timedelta(hours=25)):
        send_card()
        settle()
    for heard, secrets in zip(receiver.heard, ((new, old), (new,)), strict=True):
        stamp, number = heard.headers["webhook-timestamp"], heard.headers["webhook-id"]
        signed = [webhooks.signature(secret, number, stamp, heard.body) for secret in secrets]
        assert heard.headers["webhook-signature"].split(" v1,")[0] == signed[0]
        assert heard.headers["webhook-signature"] == " ".join(signed)


def test_a_host_that_is_no_longer_listed_hears_nothing(receiver: Listener) -> None:
    add(receiver, RECEIVED)
    outgoing.configure(Outgoing(webhook_hosts=()))
    send_card()
    settle()
    assert receiver.heard == []
    assert webhook_settings.show(operator())[0].log[0].outcome == "host_not_listed"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://haak.zandlede.test/", "webhook_url"),
        ("https://127.0.0.1/", "webhook_url"),
        ("https://haak.zandlede.test:8443/", "webhook_url"),
        ("https://haak.zandlede.test@elders.be/", "webhook_url"),
        ("https://elders.be/", "webhook_host"),
        ("https://haak.zandlede.test.elders.be/", "webhook_host"),
        ("https://x.haak.zandlede.test/", "webhook_host"),
    ],
)
def test_only_https_at_a_listed_host_can_be_named(receiver: Listener, url: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        webhook_settings.add(operator(), url, EVENTS)
    assert [error.code for error in caught.value.errors] == [code]


def test_only_who_keeps_the_accounts_may_name_one(receiver: Listener) -> None:
    for key in ("tom_aerts", "karin_thijs", "pieter_bogaert", "joris_maes"):
        with pytest.raises(Forbidden):
            webhook_settings.add(actor(key), f"https://{HOST}:{receiver.port}/", EVENTS)
    add(receiver)
    hook = webhook_settings.show(operator())[0].id
    elsewhere = accounts.operator("buurlede")
    for attempt in (webhook_settings.rotate, webhook_settings.remove, webhook_settings.test):
        with pytest.raises(NotFound):
            attempt(elsewhere, hook)
    assert webhook_settings.show(elsewhere) == []


def test_a_test_is_told_at_once_and_what_is_removed_takes_its_log_along(receiver: Listener) -> None:
    add(receiver)
    hook = webhook_settings.show(operator())[0].id
    assert webhook_settings.test(operator(), hook) == webhooks.SENT
    assert told(receiver.heard[0])["type"] == webhooks.TEST
    receiver.answer = lambda _heard: (302, {"Location": "https://elders.be"}, b"")
    assert webhook_settings.test(operator(), hook) == "redirect"
    webhook_settings.remove(operator(), hook)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert tx.scalar(sa.select(sa.func.count()).select_from(WebhookDelivery)) == 0
