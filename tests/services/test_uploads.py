"""Whose upload is it, and who may have it afterwards?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.engine.model.answers import FileRef
from app.engine.policy import Actor, by_link
from app.services import housekeeping
from app.services.cases import case_page
from app.services.definitions import catalogs
from app.services.errors import Invalid, NotFound
from app.services.intake import drafts, uploads
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import File, ReadLog
from tests.support.bound import MUNICIPALITY
from tests.support.pictures import jpeg
from tests.support.town import actor, card, holder_of, local

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
PDF = b"%PDF-1.4\n%%EOF\n"


def _with(request: SubmitForm, ref: FileRef) -> SubmitForm:
    given = request.given
    return replace(request, given=type(given)({**given.values, "strook": ref}, given.errors, given.blank))


def _paper(who: Actor, ref: FileRef, token: str = "") -> SubmitForm:
    return _with(replace(card(token), actor=who, audience="reception"), ref)


def _sent(request: SubmitForm) -> Receipt:
    with clock.stopped_at(MONDAY):
        return submit(request)


def _kept() -> int:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return int(tx.scalar(sa.select(sa.func.count()).select_from(File)))


def test_a_file_goes_along_with_what_we_know_of_it_not_with_what_the_page_says() -> None:
    hilde = actor("hilde_claes")
    ref = uploads.store(hilde, "strook.pdf", PDF)
    receipt = _sent(_paper(hilde, replace(ref, name="iets anders.exe", size=1)))
    with clock.stopped_at(MONDAY):
        page = case_page.show(
            replace(holder_of(receipt.case), roles=frozenset({"contact", "reception"})), receipt.case
        )
    told = [line for section in page.submissions[0].sections for line in section.lines if line.file]
    assert [(line.file, line.text.partition(" (")[0]) for line in told] == [(ref.id, "strook.pdf")]


def test_nobody_sends_somebody_elses_file() -> None:
    ref = uploads.store(actor("hilde_claes"), "strook.pdf", PDF)
    hilde, joris = actor("hilde_claes"), actor("joris_maes")
    both = replace(joris, roles=joris.roles | {"reception"})
    with pytest.raises(Invalid) as problem:
        _sent(_paper(both, ref))
    assert [(error.field, error.code) for error in problem.value.errors] == [("strook", "file_gone")]
    _sent(_paper(hilde, ref))
    with pytest.raises(Invalid):
        _sent(_paper(hilde, ref))  # it was sent already, with another card


def test_a_double_click_with_a_file_is_one_card() -> None:
    hilde = actor("hilde_claes")
    ref = uploads.store(hilde, "strook.pdf", PDF)
    first, again = _sent(_paper(hilde, ref, "double")), _sent(_paper(hilde, ref, "double"))
    assert first.case == again.case


def test_without_an_account_a_file_belongs_to_the_browser() -> None:
    visitor = by_link(MUNICIPALITY)
    ref = uploads.store(visitor, "strook.pdf", PDF, visitor="a secret")
    given = card().given
    given = type(given)({**given.values, "strook": ref}, given.errors, given.blank)
    assert uploads.own(visitor, given, visitor="a secret").errors == ()
    for other in ("another", ""):
        assert [error.code for error in uploads.own(visitor, given, visitor=other).errors] == ["file_gone"]
    assert uploads.own(actor("hilde_claes"), given).errors


def test_a_file_that_the_page_does_not_show_is_not_handed_out() -> None:
    hilde = actor("hilde_claes")
    ref = uploads.store(hilde, "strook.pdf", PDF)
    receipt = _sent(_paper(hilde, ref))
    holder = holder_of(receipt.case)
    with clock.stopped_at(MONDAY):
        with pytest.raises(NotFound):
            uploads.of_case(replace(holder, roles=frozenset({"contact"})), receipt.case, ref.id)
        found = uploads.of_case(
            replace(holder, roles=frozenset({"contact", "reception"})), receipt.case, ref.id
        )
    assert (found.name, found.mime, found.content) == ("strook.pdf", "application/pdf", PDF)


def test_handing_out_a_file_with_sensitive_content_is_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LOGGED_FROM", 1)  # the only shipped file field is of class 1
    hilde = actor("hilde_claes")
    ref = uploads.store(hilde, "strook.pdf", PDF)
    receipt = _sent(_paper(hilde, ref))
    holder = replace(holder_of(receipt.case), roles=frozenset({"contact", "reception"}))
    with clock.stopped_at(MONDAY):
        uploads.of_case(holder, receipt.case, ref.id)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        acts = [row[0] for row in tx.execute(sa.select(ReadLog.act).where(ReadLog.account == holder.account))]
    assert uploads.FILE_READ in acts


def test_what_is_never_sent_goes_but_not_while_its_owner_has_a_draft() -> None:
    hilde = actor("hilde_claes")
    uploads.store(hilde, "strook.pdf", PDF)
    uploads.store(by_link(MUNICIPALITY), "strook.pdf", PDF, visitor="a secret")
    draft = drafts.start(hilde, catalogs.live(MUNICIPALITY).form("doorverwijskaart").id)
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(File).values(created_at=tx.instant - timedelta(days=2)))
    housekeeping.daily()
    assert _kept() == 1
    drafts.discard(hilde, draft.id)
    housekeeping.daily()
    assert _kept() == 0


def test_what_stands_behind_the_end_of_a_picture_is_not_kept() -> None:
    picture = jpeg(200, 300)
    ref = uploads.store(actor("hilde_claes"), "foto.jpg", picture + b"PK\x03\x04 a film of the phone")
    assert ref.size == len(picture)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert tx.scalar(sa.select(File.size)) == len(picture)
