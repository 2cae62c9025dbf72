from __future__ import annotations

import re
from pathlib import Path

import app.engine
from app.engine.judge import explain
from app.engine.model.answers import FieldError
from app.texts import has

ROOM = Path(app.engine.__file__).parent
CODE = re.compile(r'Rejected\(\s*"(\w+)"|return "(\w+)", \(|\("(\w+)", \(')
SOURCES = [ROOM / "files.py", *ROOM.glob("values/*.py"), *ROOM.glob("judging/*.py")]


def codes() -> set[str]:
    return {
        next(filter(None, found))
        for source in SOURCES
        for found in CODE.findall(source.read_text(encoding="utf-8"))
    }


def test_every_code_a_value_can_be_refused_with_has_a_sentence() -> None:
    found = codes()
    assert {"required", "too_few", "odd_phone", "file_kind", "no_such_date", "email"} <= found
    assert [
        code for code in sorted(found | {"rule", "shape", "unknown_field"}) if not has(f"errors.{code}")
    ] == []


def test_one_is_said_as_one() -> None:
    error = FieldError("x", "too_few", (("label", "Talen"), ("min", "1"), ("n", "1")))
    assert explain(error) == "Kies of noteer er minstens één."
    assert explain(error, where=True) == "Talen: Kies of noteer er minstens één."
    several = FieldError("x", "too_few", (("label", "Talen"), ("min", "2"), ("n", "2")))
    assert explain(several) == "Kies of noteer er minstens 2."


def test_no_colon_follows_a_question_mark() -> None:
    question = FieldError("x", "required", (("label", "Wat loopt goed?"),))
    assert explain(question, where=True) == "Wat loopt goed? Vul dit nog in."
    in_row = (("label", "Klaar?"), ("group", "Afspraken"), ("row", "2"))
    assert explain(FieldError("x.1.y", "required", in_row), where=True) == (
        "Afspraken, rij 2, Klaar? Vul dit nog in."
    )
