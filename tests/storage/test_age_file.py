"""Does an encrypted file open for its key alone, and is it there only when it is whole?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage import age_file
from app.storage.age_file import Key, Lock, NoKey, NotWhole

SECRET, PUBLIC = age_file.new_pair()
LINES = [b"%d een regel\n" % n for n in range(20_000)]


def _read(source: Path, key: Key) -> list[bytes]:
    found: list[bytes] = []
    age_file.read(source, key, found.append)
    return [line + b"\n" for line in found]


def test_what_was_written_comes_back_line_by_line(tmp_path: Path) -> None:
    size = age_file.write(tmp_path / "a", LINES, age_file.recipient(PUBLIC))
    assert size == (tmp_path / "a").stat().st_size
    assert _read(tmp_path / "a", age_file.identities(f"# een opmerking\n{SECRET}\n")) == LINES


def test_a_passphrase_opens_what_it_closed(tmp_path: Path) -> None:
    age_file.write(tmp_path / "a", LINES, Lock(words="een zin van vijf woorden"))
    assert _read(tmp_path / "a", Key(words="een zin van vijf woorden")) == LINES


def test_a_text_that_is_no_key_is_refused() -> None:
    for text in ("", "# niets", "age1onzin", PUBLIC):
        with pytest.raises(ValueError, match="key"):
            age_file.identities(text)
    with pytest.raises(ValueError, match="onzin"):
        age_file.recipient("onzin")


def test_every_cut_and_every_changed_byte_is_noticed(tmp_path: Path) -> None:
    age_file.write(tmp_path / "a", LINES, age_file.recipient(PUBLIC))
    whole = (tmp_path / "a").read_bytes()
    key = age_file.identities(SECRET)
    for n in range(0, len(whole), len(whole) // 40):
        (tmp_path / "cut").write_bytes(whole[:n])
        (tmp_path / "changed").write_bytes(whole[:n] + bytes([whole[n] ^ 4]) + whole[n + 1 :])
        for name in ("cut", "changed"):
            with pytest.raises((NotWhole, NoKey)):
                _read(tmp_path / name, key)


def test_what_breaks_off_leaves_no_file_and_says_why(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield from LINES
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        age_file.write(tmp_path / "a", broken(), age_file.recipient(PUBLIC))
    assert list(tmp_path.iterdir()) == []
