"""Is an expression of XLSForm said right, or not said at all?"""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.definitions.xlsform.conditions import Known, Untold, told

KNOWN = Known(
    ids={"leeftijd": "leeftijd", "werk": "werk", "zorgen": "zorgen", "Naam": "naam", "geb": "geb", "n": "n"},
    options={"werk": {"yes": "ja", "no": "nee"}, "zorgen": {"1": "geld", "wonen": "wonen"}},
    types={"werk": "choice", "zorgen": "choices", "leeftijd": "integer", "Naam": "text", "geb": "date"},
    own="leeftijd",
)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("${werk} = 'yes'", "werk is ja"),
        ("${werk} != 'yes'", "werk is not ja"),
        ("'yes' = ${werk}", "werk is ja"),
        ("selected(${werk}, 'no')", "werk is nee"),
        ("selected(${zorgen}, '1')", "geld in zorgen"),
        ("not(selected(${zorgen}, 'wonen'))", "not (wonen in zorgen)"),
        ("count-selected(${zorgen}) >= 2", "count(zorgen) >= 2"),
        ("${Naam} != ''", "answered(naam)"),
        ("${Naam} = ''", "not answered(naam)"),
        ("string-length(${Naam}) < 3", "length(naam) < 3"),
        ("${leeftijd} >= 18 and ${leeftijd} < 65", "leeftijd >= 18 and leeftijd < 65"),
        ("${werk} = 'yes' or ${leeftijd} > 64", "werk is ja or leeftijd > 64"),
        ("(${werk} = 'yes' or ${n} = 1) and ${n} < 3", "(werk is ja or n is 1) and n < 3"),
        ("${geb} <= today()", "geb <= today"),
        ("${geb} > date('2020-01-31')", 'geb > date("2020-01-31")'),
        (". > 0 and . <= 120", "leeftijd > 0 and leeftijd <= 120"),
        ("int(${n}) * 2 + 1", "n * 2 + 1"),
    ],
)
def test_it_is_said_in_our_words(theirs: str, ours: str) -> None:
    assert told(theirs, KNOWN) == ours


@pytest.mark.parametrize(
    ("theirs", "piece"),
    [
        ("${onbekend} = 1", "${onbekend}"),
        ("${werk} = 'misschien'", "'misschien'"),
        ("coalesce(${n}, 0) > 1", "coalesce()"),
        ("pulldata('x', 'y') = 1", "pulldata()"),
        ("if(${n} > 1, 2, 3)", "if()"),
        ("${n} >", "…"),
        ("${Naam} > 'a'", "> 'a'"),
        ("'los'", "'los'"),
        ("${n} = 1)", ")"),
    ],
)
def test_what_cannot_be_said_is_not_guessed_at(theirs: str, piece: str) -> None:
    with pytest.raises(Untold) as found:
        told(theirs, KNOWN)
    assert str(found.value) == piece


@given(st.text(alphabet="${}leftijdwrk='() andornot<>=!.,*+-0189\"\\\t ", max_size=300))
def test_nothing_makes_it_stumble(theirs: str) -> None:
    with suppress(Untold):
        assert told(theirs, KNOWN)


def test_depth_and_length_have_an_end() -> None:
    for theirs in ("(" * 100_000, "not(" * 500 + "1" + ")" * 500, "${n} + " * 400 + "1"):
        with pytest.raises(Untold):
            told(theirs, KNOWN)
