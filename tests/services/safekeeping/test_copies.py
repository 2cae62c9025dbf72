"""Can everything be put back? The drill, on both databases: copied under load, restored, compared to the row."""

from __future__ import annotations

import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.services.access import accounts, signing_in
from app.services.access.signing_in import Browser
from app.services.cases import case_page
from app.services.errors import Conflict, Forbidden, NotFound
from app.services.municipality import setup
from app.services.safekeeping import copies, drills, histories, holding
from app.services.safekeeping.copies import Key, Lock
from app.storage import age_file, clock, engines, history, migrate
from app.storage.database import db, transaction
from app.storage.models import METADATA, Case, Event, Outbox, Submission
from app.storage.repositories import safe_rows
from app.storage.sealing import CannotOpen, Keyring
from tests.services.safekeeping.conftest import PASSWORD, VERSION, Elsewhere, empty
from tests.support import town as zandlede
from tests.support.bound import MUNICIPALITY, BoundSettings
from tests.support.databases import Templates

MOST = 20
"""Cases that are sent in while it copies; there is always a writer at work."""


def test_copied_under_load_and_put_back_every_row_is_as_it_was_at_one_instant(
    town: Flask, tmp_path: Path, pair: tuple[Key, Lock], elsewhere: Elsewhere
) -> None:
    stop, written, failed = threading.Event(), list[str](), list[BaseException]()

    def write(who: int) -> None:
        try:
            with town.app_context():
                while not stop.is_set() and len(written) < MOST:
                    written.append(zandlede.send_card(persoon__voornaam=f"Maria {who}").case or "")
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(n,)) for n in range(2)]
    for writer in writers:
        writer.start()
    made = [copies.back_up(tmp_path / f"{n}.age", pair[1], version=VERSION) for n in range(2)]
    stop.set()
    for writer in writers:
        writer.join()
    assert not failed
    assert made[0].rows < made[-1].rows
    assert written
    for n, one in enumerate(made):
        with elsewhere():
            put_back = copies.restore(tmp_path / f"{n}.age", pair[0])
            assert put_back.tally == one.tally
            assert (
                sum(found.events for found in put_back.histories.values())
                == one.tally[MUNICIPALITY]["event"][0]
            )
            _assert_no_half_case()


def _assert_no_half_case() -> None:
    """Whatever one transaction wrote is there whole: a case with its event, its task and its timers, or none of it."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        cases = set(tx.execute(sa.select(Case.id).where(Case.municipality == MUNICIPALITY)).scalars())
        for table in ("event", "task", "outbox"):
            column = METADATA.tables[table].c.case
            mine = METADATA.tables[table].c.municipality == MUNICIPALITY
            found = set(tx.execute(sa.select(column).where(mine, column.is_not(None))).scalars())
            assert found == cases


def test_after_it_people_sign_in_and_read_and_nothing_leaves_until_released(
    copy: Path, pair: tuple[Key, Lock], elsewhere: Elsewhere
) -> None:
    with elsewhere():
        restored = copies.restore(copy, pair[0])
        assert copies.counted(restored.tally) > 100
        assert not copies.unfinished()
        assert signing_in.by_password(MUNICIPALITY, "joris.maes@zandlede.example", PASSWORD, Browser())
        with transaction(MUNICIPALITY, readonly=True) as tx:
            case = tx.scalar(sa.select(Case.id).where(Case.municipality == MUNICIPALITY).limit(1))
        shown = case_page.show(zandlede.holder_of(histories.case_text(case)), histories.case_text(case))
        assert shown.called.startswith("Maria")
        zandlede.send_card()
        before = _states()
        zandlede.settle()
        assert _states() == before
        assert before["pending"] > 0
        assert holding.release(accounts.operator(MUNICIPALITY)) == 0
        zandlede.settle()
        assert _states()["done"] > before.get("done", 0)
        with pytest.raises(Conflict, match="copy_not_held"):
            holding.release(accounts.operator(MUNICIPALITY))
        assert not histories.verify(MUNICIPALITY).breaks


def _states() -> dict[str, int]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        query = sa.select(Outbox.state, sa.func.count()).where(
            Outbox.municipality == MUNICIPALITY, Outbox.due_at <= tx.now
        )
        return {str(state): int(n) for state, n in tx.execute(query.group_by(Outbox.state))}


def test_mail_that_was_sent_before_can_be_dropped_at_the_release(
    town: Flask, tmp_path: Path, pair: tuple[Key, Lock], elsewhere: Elsewhere
) -> None:
    zandlede.send_card()
    copies.back_up(tmp_path / "a.age", pair[1], version=VERSION)
    with elsewhere():
        copies.restore(tmp_path / "a.age", pair[0])
        held = holding.standing(accounts.operator(MUNICIPALITY))
        assert held
        assert held.mail > 0
        dropped = holding.release(
            accounts.operator(MUNICIPALITY), no_mail_before=clock.now() + timedelta(minutes=1)
        )
        assert dropped == held.mail
        assert holding.standing(accounts.operator(MUNICIPALITY)) is None


def test_only_who_keeps_the_accounts_lets_it_go(town: Flask) -> None:
    with pytest.raises(Forbidden):
        holding.release(zandlede.actor("joris_maes"))
    assert holding.standing(zandlede.actor("joris_maes")) is None


def test_with_the_keys_a_sealed_answer_opens_and_without_them_not(
    copy: Path, pair: tuple[Key, Lock], elsewhere: Elsewhere
) -> None:
    with elsewhere():
        copies.restore(copy, pair[0])
        with transaction(MUNICIPALITY, readonly=True) as tx:
            row = tx.execute(sa.select(Submission.id, Submission.sealed).limit(1)).one()
            assert b"Maria" in tx.sealer.open(("submission", row.id, "sealed"), row.sealed)
            with pytest.raises(CannotOpen):
                Keyring(b"o" * 32).sealer(tx)


def test_another_master_key_is_said_before_anything_is_put_back(
    copy: Path, pair: tuple[Key, Lock], database_templates: Templates
) -> None:
    app = Flask("other")
    setup.bind(app, BoundSettings(database_templates.copy("empty", empty), master_key=b"o" * 32))
    with app.app_context():
        with pytest.raises(Conflict, match="copy_master_key"):
            copies.restore(copy, pair[0])
        assert _nobody_lives_here()
        db.engine.dispose()


def _nobody_lives_here() -> bool:
    with transaction("", readonly=True) as tx:
        return safe_rows.empty(tx) and not safe_rows.notes(tx)


def test_nothing_of_anybody_can_be_read_in_the_file(
    busy: Flask, tmp_path: Path, pair: tuple[Key, Lock]
) -> None:
    copy = tmp_path / "kopie.age"
    copies.back_up(copy, pair[1], version=VERSION)
    content = copy.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert b"zandlede" not in content
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_what_is_sealed_is_sealed_in_the_copy_too(copy: Path, pair: tuple[Key, Lock]) -> None:
    lines: list[bytes] = []
    age_file.read(copy, pair[0], lines.append)
    assert not [line for line in lines if b"Canariebos" in line or b"Geheimpje" in line]
    assert any(b'"submission"' in line for line in lines)


def test_a_wrong_key_opens_nothing(copy: Path, elsewhere: Elsewhere) -> None:
    secret, _ = age_file.new_pair()
    with elsewhere():
        with pytest.raises(NotFound, match="copy_wrong_key"):
            copies.restore(copy, copies.key_from(secret))
        assert _nobody_lives_here()


@pytest.mark.parametrize("damage", ["cut", "flipped", "other"])
def test_a_damaged_file_is_refused_and_nothing_of_it_stays(
    copy: Path, pair: tuple[Key, Lock], elsewhere: Elsewhere, damage: str
) -> None:
    content = copy.read_bytes()
    half = len(content) // 2
    copy.write_bytes(
        {
            "cut": content[:-70_000] or content[:half],
            "flipped": content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :],
            "other": b"iets anders",
        }[damage]
    )
    with elsewhere():
        with pytest.raises(Conflict, match="copy_not_whole"):
            copies.restore(copy, pair[0])
        assert _nobody_lives_here()


def test_a_copy_that_ends_too_early_is_refused_although_it_was_encrypted_well(
    copy: Path, tmp_path: Path, pair: tuple[Key, Lock], elsewhere: Elsewhere
) -> None:
    lines: list[bytes] = []
    age_file.read(copy, pair[0], lines.append)
    for name, kept in (
        ("short", lines[:-1]),
        ("less", lines[:-3] + lines[-2:]),
        ("more", [*lines, lines[-2]]),
    ):
        age_file.write(tmp_path / name, [line + b"\n" for line in kept], pair[1])
        with elsewhere():
            with pytest.raises(Conflict, match="copy_not_whole"):
                copies.restore(tmp_path / name, pair[0])
            assert _nobody_lives_here()


def test_a_copy_of_another_version_says_what_to_install(
    copy: Path, tmp_path: Path, pair: tuple[Key, Lock], elsewhere: Elsewhere
) -> None:
    lines: list[bytes] = []
    age_file.read(copy, pair[0], lines.append)
    older = lines[0].replace(f'"{migrate.newest()}"'.encode(), b'"0007"')
    age_file.write(tmp_path / "older", [line + b"\n" for line in (older, *lines[1:])], pair[1])
    with elsewhere(), pytest.raises(Conflict) as refused:
        copies.restore(tmp_path / "older", pair[0])
    assert refused.value.code == "copy_version"
    assert refused.value.params == {"version": VERSION, "revision": "0007"}


def test_a_database_where_somebody_lives_is_never_written_over(
    busy: Flask, copy: Path, pair: tuple[Key, Lock]
) -> None:
    with transaction("", readonly=True) as tx:
        before = safe_rows.notes(tx)
    with pytest.raises(Conflict, match="copy_not_empty"):
        copies.restore(copy, pair[0])
    with transaction("", readonly=True) as tx:
        assert safe_rows.notes(tx) == before


def test_a_restore_that_is_killed_leaves_a_database_that_says_so(
    copy: Path, pair: tuple[Key, Lock], elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_given: object) -> None:
        raise Killed

    with elsewhere():
        monkeypatch.setattr(copies, "_verified", die)
        with pytest.raises(Killed):
            copies.restore(copy, pair[0])
        monkeypatch.undo()
        assert copies.unfinished()
        with pytest.raises(Conflict, match="copy_unfinished"):
            copies.restore(copy, pair[0])
        zandlede.settle()
        assert _states()["pending"] > 0


def test_a_copy_is_never_written_over_another(
    busy: Flask, copy: Path, tmp_path: Path, pair: tuple[Key, Lock]
) -> None:
    with pytest.raises(Conflict, match="copy_exists"):
        copies.back_up(copy, pair[1], version=VERSION)
    assert [path.name for path in tmp_path.iterdir()] == [copy.name]


def test_a_drill_is_written_down_with_the_age_of_the_last_real_copy(
    busy: Flask, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    key = drills.copy_to(tmp_path / "drill.age", version=VERSION)
    with elsewhere():
        restored = copies.restore(tmp_path / "drill.age", key)
    with transaction("") as tx:
        assert copies.BACKUP not in safe_rows.notes(tx)
        safe_rows.put_note(tx, copies.BACKUP, {}, at=tx.instant - timedelta(hours=5))
    assert 5 * 3600 <= drills.write_down(restored, 12.0) < 6 * 3600
    with transaction("", readonly=True) as tx:
        assert safe_rows.notes(tx)[drills.DRILL].facts["seconds"] == 12.0


def test_the_history_tells_that_it_stands_on_a_copy(
    copy: Path, pair: tuple[Key, Lock], elsewhere: Elsewhere
) -> None:
    with elsewhere():
        restored = copies.restore(copy, pair[0])
        with transaction(MUNICIPALITY, readonly=True) as tx:
            newest = history.entries(tx, None, limit=1)[0]
        assert newest.code == holding.RESTORED
        assert newest.params["at"] == restored.manifest.at.isoformat(timespec="minutes")
        with engines.snapshot(db.engine) as (connection, _):
            assert connection.execute(sa.select(sa.func.count()).select_from(Event)).scalar() is not None
