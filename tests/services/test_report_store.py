"""Does the store of reports know what happened, forget what must be forgotten, and come back by itself?"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest

from app.reporting.store import Index, Store
from app.services.definitions.catalogs import live
from app.services.privacy import erase_person
from app.services.reports import figures, published, refresh
from app.storage import clock
from app.storage.database import table_of, transaction
from app.storage.models import Event
from app.storage.repositories import report_rows
from app.storage.sealing import Sealer
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.markers import Markers, plant_card, plant_person, plant_talk
from tests.support.town import actor, days, local, press, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
DAY = local("2026-11-09 09:40")
MONTH = "2026-11"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    refresh.configure(tmp_path)
    return tmp_path / MUNICIPALITY


def cases() -> list[dict[Hashable, Any]]:
    """The rows of the month, as they are read for a report."""
    return refresh.cases(MUNICIPALITY, [MONTH]).to_dict("records")


def lines() -> Any:
    """What the store has for the report of the card: what that report names, and nothing else."""
    return refresh.lines_of(
        MUNICIPALITY, published.every(live(MUNICIPALITY))["page_doorverwijskaart"], [MONTH]
    )


def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is written from here on."""
    names: list[str] = []
    put = Store._put

    def watched(self: Store, name: str, content: bytes) -> None:
        names.append(name)
        put(self, name, content)

    monkeypatch.setattr(Store, "_put", watched)
    return names


def test_who_comes_in_is_there_at_once_and_what_changes_takes_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with clock.stopped_at(DAY):
        assert cases() == []
        case = send_card().case
        settle()
        (before,) = cases()
    assert (before["form"], before["neighbourhood"], before["month"]) == (
        "doorverwijskaart",
        "oosthoek",
        MONTH,
    )
    assert before["ended=yes"] is False
    with clock.stopped_at(DAY + days(1)):
        press(case, "wenst_geen_hulp", reason="wenst_geen_hulp")
        settle()
        (after,) = cases()
        assert (after["ended=yes"], after["reason"], after["key"]) == (True, "wenst_geen_hulp", before["key"])
        names = written(monkeypatch)
        assert cases() == [after]
        assert names == []


def test_only_the_month_of_what_is_new_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.stopped_at(DAY - days(60)):
        send_card()
    with clock.stopped_at(DAY):
        refresh.refresh(MUNICIPALITY)
        names = written(monkeypatch)
        send_card()
        refresh.refresh(MUNICIPALITY)
    assert {name.partition("/")[0] for name in names} == {MONTH, "index"}
    assert {f"{MONTH}/cases", f"{MONTH}/report_page_doorverwijskaart"} <= set(names)


def test_a_commit_that_came_late_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.stopped_at(DAY):
        send_card()
        index = refresh.refresh(MUNICIPALITY)
        with transaction(MUNICIPALITY) as tx:
            newest = report_rows.last_event(tx)
            events = table_of(Event)
            row = dict(tx.execute(events.select().where(events.c.id == newest)).mappings().one())
            tx.execute(events.insert(), {**row, "id": newest - 1, "seq": 900})
        assert newest - 1 < index.seen
        names = written(monkeypatch)
        refresh.refresh(MUNICIPALITY)
        assert f"{MONTH}/cases" in names
        names.clear()
        refresh.refresh(MUNICIPALITY)
        assert names == []


def test_what_is_erased_or_may_not_be_used_is_in_no_file(folder: Path) -> None:
    mark = Markers()
    with clock.stopped_at(DAY):
        case = plant_card(mark)
        person = plant_person(mark, case)
        talk = plant_talk(mark, person)
        withdrawn = send_card().case
        settle()
        assert len(cases()) == 4
    with clock.stopped_at(DAY + days(11)):
        press(case, "overleden")
        press(talk, "overleden")
        press(withdrawn, "intrekken")
        erase_person.approve(actor("karin_thijs"), erase_person.propose(actor("ilse_verbeke"), person))
        settle()
        refresh.refresh_all()
    assert [
        path.name for path in folder.rglob("*") if path.is_file() and path.name not in {"lock", "index"}
    ] == []


def test_nobody_and_no_word_of_theirs_is_in_the_store(folder: Path) -> None:
    with clock.stopped_at(DAY):
        send_card()
        case = refresh.cases(MUNICIPALITY, [MONTH])
        (line,) = lines().to_dict("records")
    key = int(case["key"].iloc[0])
    assert line == {  # not even the key of the store, which a report does not need
        "month": MONTH,
        "d.neighbourhood": "oosthoek",
        "d.state": "toegewezen",
        "d.outcome": "",
    }
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert [row for row, _ in report_rows.of(tx, [key])] == []
    for path in folder.rglob("*"):
        assert not path.is_file() or not any(word in path.read_bytes() for word in (b"oosthoek", b"PAR1"))


def test_another_municipality_does_not_open_it(folder: Path) -> None:
    with clock.stopped_at(DAY):
        send_card()
        refresh.refresh(MUNICIPALITY)
        folder.rename(folder.parent / NEIGHBOUR)
        assert refresh.cases(NEIGHBOUR, [MONTH]).empty


@pytest.mark.parametrize("harm", ["part", "index", "all", "restored"])
def test_what_is_damaged_or_missing_is_made_anew(folder: Path, harm: str) -> None:
    with clock.stopped_at(DAY):
        send_card()
        send_card()
        before = cases()
        match harm:
            case "part":
                (folder / MONTH / "cases.parquet").write_bytes(b"\x01nothing")
            case "index":
                (folder / "index").write_bytes(b"")
            case "all":
                for path in sorted(folder.rglob("*"), reverse=True):
                    path.rmdir() if path.is_dir() else path.unlink()
            case _:  # an older copy of the database: it has fewer events than the store knows
                with refresh._work(MUNICIPALITY) as work:
                    work.store.commit(Index(work.store.index().seen + 1))
        assert sorted(row["key"] for row in cases()) == sorted(row["key"] for row in before)
        assert len(before) == 2


def test_whoever_dies_between_two_files_does_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.stopped_at(DAY):
        send_card()
        refresh.refresh(MUNICIPALITY)
        send_card()
        put = Store._put

        def dies(self: Store, name: str, content: bytes) -> None:
            if name.endswith("page_doorverwijskaart"):
                raise KeyboardInterrupt
            put(self, name, content)

        with monkeypatch.context() as patched:
            patched.setattr(Store, "_put", dies)
            with pytest.raises(KeyboardInterrupt):
                refresh.refresh(MUNICIPALITY)
        assert len(cases()) == 2
        assert len(lines()) == 2


def test_the_page_counts_without_opening_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.stopped_at(DAY):
        for _ in range(6):
            send_card()
        refresh.refresh(MUNICIPALITY)
        opened: list[object] = []
        monkeypatch.setattr(
            Sealer,
            "open_json",
            lambda self, place, sealed: opened.append(place),  # never needed
        )
        shown = figures.show(actor("karin_thijs"), figures.NOW).overview
    assert shown is not None
    by = {table.dimension: {cell.key: cell.count for cell in table.cells} for table in shown.tables}
    assert by["neighbourhood"]["oosthoek"] == 6
    assert [place for place in opened if place[0] == "submission"] == []  # type: ignore[index]


def test_a_store_that_cannot_be_written_keeps_nobody_else_waiting(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.write_text("in the way")
    with clock.stopped_at(DAY):
        refresh.refresh_all()
    assert "store of reports not refreshed: FileExistsError" in caplog.text
    assert (folder.parent / NEIGHBOUR / "index").exists()
