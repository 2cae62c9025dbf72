"""Whom would a missing holder hit, who is alone, and which neighbourhoods does nobody have?"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.model.source import Problem, Source
from app.definitions.problems import text_of
from app.services.definitions.check_definitions import unheld
from tests.support.shipped import ROOT, catalog, sources, zandlede

STAFF = (ROOT / "app" / "cli" / "demo" / "zandlede.yaml").read_text()


def told(text: str) -> list[str]:
    assert text != STAFF
    _, problems = compile_staffing(Source("staff.yaml", text), catalog())
    return [f"{found.code} {text_of(found)[0]}" for found in problems]


def without_holder(point: str) -> str:
    return re.sub(rf"(?m)^  {point}: {{holder.*\n", "", STAFF, count=1)


def test_a_missing_holder_is_told_with_somebody_who_would_come_there() -> None:
    (found,) = told(without_holder("aanspreekpunt_65plus"))
    assert found.startswith("L605 Het contactpunt `aanspreekpunt_65plus` heeft geen houder")
    assert found.endswith("Wie 'Maakt u zich als beller zorgen?' niet invult, komt zo bij niemand terecht.")


@pytest.mark.parametrize("point", ["woonloket", "veiligheid", "onthaal", "vrijwilligerscoordinator"])
def test_every_way_to_a_contact_point_gives_an_example(point: str) -> None:
    found = told(without_holder(point))
    assert len(found) == 1
    assert "Wie " in found[0]


def test_one_person_alone_cannot_be_kept_out() -> None:
    alone = re.sub(r"roles: \[[^]]*\]", "roles: [dpo]", STAFF).replace(
        "woonloket: {holder: dries_vermeulen, substitutes: [marleen_baert], owner: karin_thijs}",
        "woonloket: {holder: dries_vermeulen, owner: dries_vermeulen}",
    )
    found = [line for line in told(alone) if line.startswith("L613")]
    assert {line.split("`")[1] for line in found} == {"woonloket"}


def test_a_neighbourhood_that_is_nowhere_gives_a_guess() -> None:
    texts = [
        Source(
            one.path,
            str(one.text).replace("buurt is andere_gemeente, to: onthaal", "buurt is oosthoke, to: onthaal"),
        )
        for one in sources()
    ]
    compiled = compile_sources(texts)
    assert compiled.ok
    _, problems = compile_staffing(Source("staff.yaml", STAFF), compiled.catalog)
    assert [(found.code, found.span.path) for found in problems] == [
        ("L612", "workflows/warme_doorverwijzing.yaml")
    ]
    assert "`oosthoek`" in text_of(problems[0])[1]


def test_live_staff_are_held_to_the_same() -> None:
    world = zandlede()
    assert unheld(catalog(), world) == ()
    left = tuple(held for held in world.staffing.holdings if held.contact_point != "aanspreekpunt_65plus")
    found = unheld(catalog(), replace(world, staffing=replace(world.staffing, holdings=left)))
    assert [_short(one) for one in found] == [("L605", "staffing:zandlede")]
    assert (
        "Wie 'Maakt u zich als beller zorgen?' niet invult, komt zo bij niemand terecht."
        in text_of(found[0])[0]
    )


def test_somebody_who_left_is_named_wherever_they_stand() -> None:
    world = zandlede()
    workers = dict(world.staffing.workers)
    workers["joris_maes"] = replace(workers["joris_maes"], active=False)
    found = unheld(catalog(), replace(world, staffing=replace(world.staffing, workers=workers)))
    assert {dict(one.params)["name"] for one in found} == {"aanspreekpunt_65plus"}
    assert {one.code for one in found} == {"L606"}


def _short(found: Problem) -> tuple[str, str]:
    return found.code, found.span.path
