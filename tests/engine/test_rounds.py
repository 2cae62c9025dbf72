"""Is what is counted of a round right, and does it never tell of fewer people than it may?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from statistics import median_high, median_low

from hypothesis import given
from hypothesis import strategies as st

from app.definitions.model.forms import Field, FieldType, Form, Option, OptionList, Section
from app.engine.rounds import Reply, Results, results

ORDER = ("nog_niet", "begonnen", "loopt", "verankerd")
SAID = (*ORDER, "weet_niet")
SCORES = OptionList(
    "", tuple(Option(name, name.title(), silent=name == "weet_niet") for name in SAID), ordered=True
)
ROWS = OptionList("", (Option("tijd", "Tijd"), Option("netwerken", "Netwerken")))
GROUPS = ("bestuur", "stuurgroep", "kernpartners")


def _field(name: str, kind: FieldType, **more: object) -> Field:
    return Field(id=name, type=kind, label=name, privacy=0, **more)  # type: ignore[arg-type]


FORM = Form(
    id="oordeel",
    title="Oordeel",
    sections=(
        Section(
            id="alles",
            title="Alles",
            fields=(
                _field(
                    "items",
                    FieldType.MATRIX,
                    options=SCORES,
                    rows=ROWS,
                    each=(_field("voorbeeld", FieldType.TEXT), _field("eerst", FieldType.YES_NO)),
                ),
                _field("uren", FieldType.INTEGER),
            ),
        ),
    ),
)


@st.composite
def replies(draw: st.DrawFn) -> list[Reply]:
    found = []
    for place in range(draw(st.integers(0, 14))):
        answers: dict[str, object] = {}
        for row in ("tijd", "netwerken"):
            score = draw(st.sampled_from((None, *SAID)))
            if score is not None:
                answers[f"items.{row}"] = score
        if draw(st.booleans()):
            answers["items.tijd.voorbeeld"] = f"tekst {place}"
        if draw(st.booleans()):
            answers["uren"] = draw(st.integers(0, 40))
        found.append(Reply(draw(st.sampled_from(GROUPS)), answers))  # type: ignore[arg-type]
    return found


@dataclass(frozen=True)
class _Seen:
    sizes: dict[str, int]
    whole: int


def _seen(found: Results, item_id: str) -> _Seen:
    """What a reader of one item knows: how many answered in what is shown."""
    item = found.item(item_id)
    assert item is not None
    sizes = {group: spread.n for group, spread in item.groups.items() if spread is not None}
    return _Seen(sizes, item.whole.n if item.whole is not None else 0)


@given(replies(), st.integers(1, 6))
def test_nothing_is_told_of_fewer_than_allowed_not_even_by_taking_away(
    said: list[Reply], at_least: int
) -> None:
    found = results(FORM, said, GROUPS, at_least)
    for item in found.items:
        seen = _seen(found, item.id)
        assert all(size >= at_least for size in seen.sizes.values())
        assert not seen.sizes or seen.whole
        for count in range(len(seen.sizes) + 1):
            for some in combinations(seen.sizes.values(), count):
                left = seen.whole - sum(some) if seen.whole else 0
                assert left == 0 or left >= at_least


@given(replies(), st.integers(1, 6))
def test_words_are_only_shown_when_enough_people_answered_and_never_in_the_order_they_came(
    said: list[Reply], at_least: int
) -> None:
    found = results(FORM, said, GROUPS, at_least)
    again = results(FORM, said[::-1], GROUPS, at_least)
    assert found == again
    assert found.enough is (len(said) >= max(at_least, 1))
    assert found.enough or (not found.items and not found.remarks)


@given(replies())
def test_the_spread_is_that_of_the_answers(said: list[Reply]) -> None:
    found = results(FORM, said, GROUPS, 1)
    if not said:
        return
    item = found.item("items.tijd")
    assert item is not None
    told = [reply.answers["items.tijd"] for reply in said if reply.answers.get("items.tijd") in ORDER]
    if not told:
        assert item.whole is None or item.whole.n == 0
        return
    assert item.whole is not None
    tally = Counter(told)
    assert item.whole.counts == tuple(tally[name] for name in ORDER)
    places = [ORDER.index(str(name)) for name in told]
    assert item.whole.middle == (Decimal(median_low(places)), Decimal(median_high(places)))
    assert (item.whole.lowest, item.whole.highest) == (Decimal(min(places)), Decimal(max(places)))
    assert sum(spread.n for spread in item.groups.values() if spread is not None) == len(told)


def test_what_is_ticked_line_by_line_is_one_list() -> None:
    said = [Reply("", {"items.tijd.eerst": "ja"})] * 2 + [
        Reply("", {"items.netwerken.eerst": "ja"}),
        Reply("", {}),
    ]
    found = results(FORM, said, (), 3).item("items.eerst")
    assert found is not None
    assert found.whole is not None
    assert (found.whole.n, found.whole.counts, found.many) == (3, (2, 1), True)


def test_weet_niet_is_no_answer_and_numbers_have_a_middle() -> None:
    said = [Reply("bestuur", {"items.tijd": "weet_niet", "uren": hours}) for hours in (3, 1, 8, 2)]
    found = results(FORM, said, GROUPS, 4)
    item, hours = found.item("items.tijd"), found.item("uren")
    assert item is not None
    assert hours is not None
    assert hours.whole is not None
    assert item.whole is None
    assert hours.whole.middle == (Decimal(2), Decimal(3))
    assert (hours.whole.lowest, hours.whole.highest) == (Decimal(1), Decimal(8))
