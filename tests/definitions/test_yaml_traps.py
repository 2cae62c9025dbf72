"""Does an author read, in plain Dutch and at the right place, what YAML would swallow or explain in its own terms?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.definitions.model.source import Source
from app.definitions.problems import text_of
from app.definitions.yaml_nodes import plain, read

BAD = sorted((Path(__file__).parent / "bad" / "yaml").glob("*.yaml"))


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_each_trap_is_told_where_it_stands(path: Path) -> None:
    raw = path.read_bytes()
    expected = [line.decode() for line in re.findall(rb"^# expect: (.*)$", raw, re.MULTILINE)]
    _, problems = read(Source(path.name, raw))
    assert [f"{found.span.line}:{found.span.column}: {found.code}" for found in problems] == expected


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_each_trap_has_words_and_a_way_out(path: Path) -> None:
    _, problems = read(Source(path.name, path.read_bytes()))
    for found in problems:
        message, hint = text_of(found)
        assert message
        assert hint


@pytest.mark.parametrize(
    "text",
    [
        "a: {label: Kan dit?, to: b}",
        "no: no\non: 12:30\nnull: 0400\nyes: 1_000\noff: 2026-11-09",
        "label: Foto's en 't Jolle",
        'label: "Kaart #1: van 2"',
        "label: kleur #fff niet  # wel een opmerking".replace(" #fff niet", ""),
        "label: a#b",
        "text: |\n  's Avonds: > 5\n  {holder.name} belt\n  # geen opmerking",
        "text: >\n  Een lange\n  regel",
        'if: "any(rij, row.bedrag > 0)"',
        "if: dringend in [vandaag, deze_week]",
        "if: any(rij, row.bedrag > 0)",
        "ja: Ja\nnee: Nee\ny: x\nn: z\na:b:c: d\npersoon.geboorte: 1941",
        "remind: [1 working day before, on the day]",
        "label: “Nee”, zei ze",
        "label: 10\u00a0% korting",
        "\ufefflabel: x",
        "a: b\r\nc: d\r\n",
        "empty:\nnext: x",
    ],
)
def test_what_is_safe_raises_no_alarm(text: str) -> None:
    node, problems = read(Source("goed.yaml", text))
    assert problems == []
    assert node is not None


def test_every_scalar_stays_the_text_that_was_written() -> None:
    node, _ = read(Source("a.yaml", "no: no\non: 12:30\nnull: ~\nphone: 0400\nlijst: [1_000, y]"))
    assert node is not None
    assert plain(node) == {"no": "no", "on": "12:30", "null": "~", "phone": "0400", "lijst": ["1_000", "y"]}


def test_many_broken_lines_are_told_at_once() -> None:
    text = 'a: \'s Avonds\nb: @school\nc: Wat: dit\nd: "Nee" bellen\n'
    _, problems = read(Source("a.yaml", text))
    assert [(found.span.line, found.code) for found in problems] == [
        (1, "Y023"),
        (2, "Y024"),
        (3, "Y025"),
        (4, "Y024"),
    ]
