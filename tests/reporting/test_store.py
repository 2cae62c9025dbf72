"""Does the store give back what was put in, hold nothing else, and notice what was done to it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.reporting.store import Damaged, Index, Lock, Store, writing

PART = "2026-11/cases"


def _seal(name: str, plain: bytes) -> bytes:
    return name.encode() + b"|" + bytes(byte ^ 255 for byte in plain)


def _open(name: str, sealed: bytes) -> bytes:
    head = name.encode() + b"|"
    if not sealed.startswith(head):
        raise Damaged(name)
    return bytes(byte ^ 255 for byte in sealed.removeprefix(head))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with writing(tmp_path / "zandlede"):
        return Store(tmp_path / "zandlede", Lock(_seal, _open))


def _rows(store: Store, index: Index, part: str = PART) -> list[tuple[object, ...]]:
    data = store.read(index, part)
    return sorted(tuple(row) for row in data[["key", "place"]].itertuples(index=False))


def test_a_row_takes_the_place_of_the_one_before_and_what_is_gone_goes(store: Store) -> None:
    index = Index(1)
    store.merge(index, PART, [{"key": 1, "place": "oost"}, {"key": 2, "place": "west"}], set())
    store.merge(index, PART, [{"key": 2, "place": "oost"}, {"key": 3, "place": None, "hulp=bed": True}], {1})
    data = store.read(index, PART).set_index("key")
    assert data["place"].astype("object").where(data["place"].notna(), None).to_dict() == {2: "oost", 3: None}
    assert data["hulp=bed"].to_dict() == {2: False, 3: True}
    store.merge(index, PART, [], {2, 3})
    assert index.parts == {}


def test_choices_are_kept_as_a_dictionary_and_a_column_can_be_read_alone(store: Store) -> None:
    index = Index(1)
    store.merge(index, PART, [{"key": at, "place": "oost", "waited": None} for at in range(9)], set())
    data = store.read(index, PART, ["place", "waited", "unheard_of"])
    assert {name: str(kind) for name, kind in data.dtypes.items()} == {
        "place": "category",
        "waited": "Int32",
    }


def test_nothing_lies_there_unsealed_and_only_its_owner_may_look(store: Store, tmp_path: Path) -> None:
    index = Index(1)
    store.merge(index, PART, [{"key": 1, "place": "een-klein-dorp"}], set())
    store.commit(index)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 3
    assert not any(b"klein" in path.read_bytes() or b"PAR1" in path.read_bytes() for path in files)
    assert all(path.stat().st_mode & 0o077 == 0 for path in files if path.name != "lock")


@pytest.mark.parametrize("harm", ["cut", "gone", "swapped", "older"])
def test_what_was_done_to_a_file_is_noticed(store: Store, tmp_path: Path, harm: str) -> None:
    index = Index(1)
    store.merge(index, PART, [{"key": 1, "place": "oost"}], set())
    path = tmp_path / "zandlede" / f"{PART}.parquet"
    before = path.read_bytes()
    store.merge(index, PART, [{"key": 2, "place": "oost"}], set())
    store.merge(index, "2026-10/cases", [{"key": 3, "place": "oost"}], set())
    match harm:
        case "cut":
            path.write_bytes(path.read_bytes()[:-30])
        case "gone":
            path.unlink()
        case "swapped":
            path.write_bytes((tmp_path / "zandlede" / "2026-10" / "cases.parquet").read_bytes())
        case _:
            path.write_bytes(before)
    with pytest.raises(Damaged) as said:
        store.read(index, PART)
    assert said.value.part == PART


def test_whoever_dies_while_writing_leaves_the_old_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(1)
    store.merge(index, PART, [{"key": 1, "place": "oost"}], set())

    def dies(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dies)
        with pytest.raises(KeyboardInterrupt):
            store.merge(index, PART, [{"key": 2, "place": "west"}], set())
    assert _rows(store, index) == [(1, "oost")]
    store.merge(index, PART, [{"key": 2, "place": "west"}], set())
    assert _rows(store, index) == [(1, "oost"), (2, "west")]


def test_the_index_comes_back_as_it_was_and_a_strange_one_does_not(store: Store, tmp_path: Path) -> None:
    index = Index(7, {PART: 3}, {5, 7})
    store.commit(index)
    assert store.index() == index
    (tmp_path / "zandlede" / "index").write_bytes(b"index|not sealed here")
    with pytest.raises(Damaged):
        store.index()
    store.clear()
    with pytest.raises(Damaged):
        store.index()


def test_a_part_is_a_month_and_a_table_and_never_a_way_out_of_the_folder(store: Store) -> None:
    with pytest.raises(ValueError, match="a month and a table"):
        store.replace(Index(1), "../2026-11/cases", [{"key": 1}])
