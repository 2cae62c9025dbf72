"""Do keys change while everybody works, with nothing lost on the way?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.services.access import accounts
from app.services.cases import add_task, case_page
from app.services.cases.announce import EVENTS
from app.services.municipality import webhook_settings
from app.services.safekeeping import changing_keys, histories
from app.storage import engines, history, ids, key_change
from app.storage.database import db, transaction
from app.storage.models import Case, Event, RootKey, Submission, Task, Webhook
from app.storage.repositories import webhook_rows
from app.storage.sealed_columns import COLUMNS
from app.storage.sealing import CannotOpen, Keyring, key_of
from tests.support import town as zandlede
from tests.support.bound import MASTER_KEY, MUNICIPALITY, BoundSettings, bound
from tests.support.databases import Templates
from tests.support.receiver import address, listed
from tests.support.tls_server import Listener, Papers

NEW_MASTER = b"n" * 32
NONE = timedelta()
TOLD, NOTED = "De sleutel ophalen bij de buur", "Hij was er niet"


@pytest.fixture
def lived_in(database_templates: Templates) -> Iterator[list[str]]:
    """A few cases with everything the journey seals; they are made once for each kind of database."""
    url = database_templates.copy("lived_in", _live)
    with bound(url):
        with transaction(MUNICIPALITY, readonly=True) as tx:
            mine = sa.select(Case.id).where(Case.municipality == MUNICIPALITY).order_by(Case.id)
            cases = [ids.to_text(case) for case in tx.execute(mine).scalars()]
        yield cases
    database_templates.server.drop_database(url)


def _live(url: str) -> None:
    zandlede.peopled(url)
    with bound(url):
        cases = [zandlede.send_card(persoon__voornaam=f"Maria {n}").case or "" for n in range(3)]
        zandlede.settle()
        zandlede.press(cases[0], "bereikt", zandlede.asked(cases[0], "bereikt"))
        holder = zandlede.holder_of(cases[1])
        add_task.add(holder, cases[1], TOLD, to="", due_on=date(2100, 1, 4))
        with transaction(
            MUNICIPALITY
        ) as tx:  # no page writes a note at the end of a task, the column is there for it
            mine = sa.and_(Task.municipality == MUNICIPALITY, Task.told.is_not(None))
            task = tx.execute(sa.select(Task.id).where(mine)).scalar_one()
            noted = tx.sealer.seal_json(("task", task, "note"), NOTED)
            tx.execute(sa.update(Task).where(mine).values(note=noted))
        with listed(Listener(port=8443), Papers(Path(), Path())) as receiver:
            webhook_settings.add(accounts.operator(MUNICIPALITY), address(receiver), EVENTS)


def _forget() -> None:
    """As another process sees it that begins now."""
    engines.store_of(db.engine).keyring.forget(MUNICIPALITY)


def _numbers_in_use() -> set[int]:
    found = set()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        for column in COLUMNS:
            mine = column.source.c.municipality == MUNICIPALITY
            values = tx.execute(sa.select(column.value).where(mine, column.value.is_not(None))).scalars()
            found |= {key_of(value) for value in values}
    return found


def _everything_opens() -> int:
    opened = 0
    with transaction(MUNICIPALITY, readonly=True) as tx:
        for column in COLUMNS:
            mine = column.source.c.municipality == MUNICIPALITY
            query = sa.select(*column.key, column.value).where(mine, column.value.is_not(None))
            for row in tx.execute(query).mappings():
                tx.sealer.open(column.place(dict(row)), row[column.column])
                opened += 1
    return opened


def _names(cases: list[str]) -> list[str]:
    return [case_page.show(zandlede.holder_of(case), case).called for case in cases]


def test_everything_is_sealed_again_and_the_old_key_is_gone(lived_in: list[str]) -> None:
    before, opened = _names(lived_in), _everything_opens()
    done = changing_keys.rotate_data(MUNICIPALITY, grace=NONE)
    assert (done.number, done.left, done.destroyed) == (2, {}, (1,))
    assert done.sealed == opened > 10
    _forget()
    assert _numbers_in_use() == {2}
    assert _everything_opens() >= opened
    assert _names(lived_in) == before
    assert not histories.verify(MUNICIPALITY).breaks


def test_what_a_task_was_told_its_note_and_the_secret_of_a_receiver_are_sealed_again_too(
    lived_in: list[str],
) -> None:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        (before,) = webhook_rows.listed(tx)
    changing_keys.rotate_data(MUNICIPALITY, grace=NONE)
    _forget()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        (after,) = webhook_rows.listed(tx)
        task = tx.execute(sa.select(Task.id, Task.told, Task.note).where(Task.note.is_not(None))).one()
        assert {key_of(task.told), key_of(task.note)} == {2}
        assert tx.sealer.open_json(("task", task.id, "told"), task.told) == TOLD
        assert tx.sealer.open_json(("task", task.id, "note"), task.note) == NOTED
        assert {key_of(sealed) for sealed in tx.execute(sa.select(Webhook.sealed)).scalars()} == {2}
    assert (after.url, after.secrets) == (before.url, before.secrets)
    assert before.secrets


def test_the_old_key_stays_until_every_process_had_time_to_learn_of_the_new_one(lived_in: list[str]) -> None:
    done = changing_keys.rotate_data(MUNICIPALITY)
    assert (done.left, done.destroyed) == ({}, ())
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert key_change.numbers(tx) == [1, 2]
    again = changing_keys.rotate_data(MUNICIPALITY, grace=NONE)
    assert (again.number, again.sealed, again.destroyed) == (2, 0, (1,))


def test_broken_off_in_the_middle_it_goes_on_and_both_halves_can_be_read(lived_in: list[str]) -> None:
    class Killed(Exception):
        pass

    def die(_table: str, _sealed: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        changing_keys.rotate_data(MUNICIPALITY, die, grace=NONE)
    assert _numbers_in_use() == {1, 2}
    opened = _everything_opens()
    assert not histories.verify(MUNICIPALITY).breaks
    assert changing_keys.go_on_all() > 0
    assert _numbers_in_use() == {2}
    assert _everything_opens() == opened


def test_a_process_that_knows_only_the_old_key_reads_what_the_new_one_sealed(lived_in: list[str]) -> None:
    store = engines.store_of(db.engine)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        old = store.keyring.sealer(tx)
    with transaction(MUNICIPALITY) as tx:
        key_change.add(tx)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        sealed = tx.sealer.seal(("task", 1, "told"), b"x")
    assert key_of(sealed) == 2
    assert old.newest == 1
    assert old.open(("task", 1, "told"), sealed) == b"x"


def test_a_process_looks_for_a_newer_key_every_minute(lived_in: list[str]) -> None:
    settings = BoundSettings("")
    patient, hasty = (
        Keyring(MASTER_KEY, settings.masters, fresh=fresh) for fresh in (timedelta(hours=1), NONE)
    )
    for keyring in (patient, hasty):
        with transaction(MUNICIPALITY, readonly=True) as tx:
            assert keyring.sealer(tx).newest == 1
    with transaction(MUNICIPALITY) as tx:
        key_change.add(tx)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert (patient.sealer(tx).newest, hasty.sealer(tx).newest) == (1, 2)


def test_indexes_and_histories_survive_the_end_of_the_first_key(lived_in: list[str]) -> None:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        index, derived = tx.sealer.index("person:name", "maria"), tx.sealer.derived("history")
    changing_keys.rotate_data(MUNICIPALITY, grace=NONE)
    _forget()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert (tx.sealer.index("person:name", "maria"), tx.sealer.derived("history")) == (index, derived)


def test_a_municipality_from_before_there_were_root_keys_keeps_its_indexes(lived_in: list[str]) -> None:
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.delete(RootKey).where(RootKey.municipality == MUNICIPALITY))
    _forget()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        index = tx.sealer.index("person:name", "maria")
    changing_keys.rotate_data(MUNICIPALITY, grace=NONE)
    changing_keys.rotate_data(MUNICIPALITY, grace=NONE)
    _forget()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert key_change.numbers(tx) == [3]
        assert tx.sealer.index("person:name", "maria") == index


def test_what_does_not_open_is_left_alone_and_keeps_its_key(lived_in: list[str]) -> None:
    with transaction(MUNICIPALITY) as tx:
        broken = tx.scalar(sa.select(Submission.id).where(Submission.municipality == MUNICIPALITY).limit(1))
        mine = sa.update(Submission).where(Submission.municipality == MUNICIPALITY, Submission.id == broken)
        tx.execute(mine.values(sealed=tx.sealer.seal(("elsewhere", 1, "sealed"), b"x")))
    done = changing_keys.rotate_data(MUNICIPALITY, grace=NONE)
    assert done.left == {("submission", "sealed"): 1}
    assert done.destroyed == ()


def test_writers_at_work_lose_nothing(town: Flask) -> None:
    cases: list[str] = []
    failed: list[BaseException] = []
    begun = threading.Barrier(3)

    def write(who: int) -> None:
        try:
            with town.app_context():
                begun.wait()
                for n in range(3):
                    cases.append(zandlede.send_card(persoon__voornaam=f"Maria {who}-{n}").case or "")
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(n,)) for n in range(2)]
    for writer in writers:
        writer.start()
    begun.wait()
    for _ in range(3):
        changing_keys.rotate_data(MUNICIPALITY)
    for writer in writers:
        writer.join()
    assert not failed
    done = changing_keys.rotate_data(MUNICIPALITY, grace=NONE)
    assert (done.left, len(cases)) == ({}, 6)
    _forget()
    assert _everything_opens() > 8
    assert len(_names(cases)) == 6
    assert not histories.verify(MUNICIPALITY).breaks


def test_a_new_master_key_opens_everything_and_the_old_one_nothing(lived_in: list[str]) -> None:
    opened = _everything_opens()
    wrapped = changing_keys.rewrap_all(NEW_MASTER)
    assert wrapped == 4  # a data key and a root key of both municipalities
    assert changing_keys.rewrap_all(NEW_MASTER) == 0
    with transaction(MUNICIPALITY, readonly=True) as tx:
        with pytest.raises(CannotOpen):
            Keyring(MASTER_KEY).sealer(tx)
        fresh = Keyring(NEW_MASTER).sealer(tx)
        submission = tx.execute(sa.select(Submission.id, Submission.sealed).limit(1)).one()
        assert fresh.open_json(("submission", submission.id, "sealed"), submission.sealed)
    assert _everything_opens() == opened  # this process goes on with the keys it has


def test_a_process_with_the_old_master_key_reads_the_key_files_again(lived_in: list[str]) -> None:
    known = [MASTER_KEY]
    keyring = Keyring(MASTER_KEY, lambda: tuple(known), fresh=NONE)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        keyring.sealer(tx)
    changing_keys.rewrap_all(NEW_MASTER)
    known.insert(0, NEW_MASTER)
    keyring.forget(MUNICIPALITY)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert keyring.sealer(tx).newest == 1
    assert keyring.rewrapped(keyring.wrap(b"k" * 32), NEW_MASTER) is None


def test_rewrapping_broken_off_leaves_both_master_keys_needed_and_can_be_run_again(
    lived_in: list[str],
) -> None:
    with transaction(MUNICIPALITY) as tx:
        assert key_change.rewrap(tx, NEW_MASTER) == 2
    _forget()
    settings = BoundSettings("", older_keys=(NEW_MASTER,))
    engines.store_of(db.engine).keyring._masters = settings.masters
    assert changing_keys.rewrap_all(NEW_MASTER) == 2
    assert _everything_opens() > 10


def test_the_database_itself_refuses_other_content_without_a_proof(lived_in: list[str]) -> None:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        event = tx.execute(
            sa.select(Event.id, Event.sealed).where(
                Event.municipality == MUNICIPALITY, Event.sealed.is_not(None)
            )
        ).first()
    assert event is not None

    def change(**values: object) -> None:
        with transaction(MUNICIPALITY) as tx:
            tx.execute(sa.update(Event).where(Event.id == event.id).values(**values))

    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        change(sealed=b"other")
    change(sealed=b"other", proof="f" * 64)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert len(history.verify_all(tx).breaks) == 1
