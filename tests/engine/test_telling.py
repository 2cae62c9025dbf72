"""Whatever an author writes is said in words that need no programming."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace

import pytest

from app.definitions.expressions.reading import read
from app.definitions.expressions.scope import Scope, scope_of
from app.definitions.model.expressions import Condition, ValueType
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import NOWHERE, Problem
from app.engine.labels import Labels
from app.engine.telling import condition_words
from tests.support.shipped import catalog

WORKFLOWS = sorted(catalog().workflows)


def conditions(node: object) -> Iterator[Condition]:
    """Every condition in a definition."""
    if isinstance(node, Condition):
        yield node
    elif isinstance(node, Mapping):
        for item in node.values():
            yield from conditions(item)
    elif isinstance(node, tuple):
        for item in node:
            yield from conditions(item)
    elif is_dataclass(node):
        for part in fields(node):
            yield from conditions(getattr(node, part.name))


def labels(form: str, *, content: bool = True, rows: str = "", row: str = "") -> Labels:
    pinned = catalog().forms[form]
    return Labels(pinned, catalog().workflows[pinned.workflow], {"oosthoek": "Oosthoek"}, rows, row, content)


def told(form: str, text: str, *, holds: bool = True, **more: object) -> str:
    words = labels(form, **more)  # type: ignore[arg-type]
    scope: Scope = scope_of(words.form.fields(), {"gesproken", "toegelaten"}, None)
    problems: list[Problem] = []
    found = read(
        ScalarNode(text, NOWHERE),
        scope.inside(words.rows) if words.rows else scope,
        ValueType.BOOLEAN,
        problems,
    )
    assert found is not None, problems
    return condition_words(found, words, holds=holds)


@pytest.mark.parametrize("workflow", WORKFLOWS)
@pytest.mark.parametrize("content", [True, False])
def test_every_condition_of_the_package_is_said_without_ids_or_signs(workflow: str, content: bool) -> None:
    flow = catalog().workflows[workflow]
    pinned = catalog().forms[flow.forms[0]]
    words = Labels(pinned, flow, content=content)
    found = list(conditions((flow, pinned)))
    assert found or workflow in {"wettelijke_termijn", "impactmeting", "netwerkmoment"}
    for condition in found:
        rows = next((name for name in ("domeinen", "doorverwijzen") if "row." in condition.source), "")
        if rows and all(field.id != rows for field in pinned.fields()):
            rows = ""
        for holds in (True, False):
            said = condition_words(condition, replace(words, rows=rows), holds=holds)
            outside = re.sub(r"'[^']*'", "", said).replace("in elke rij", "")
            assert said
            assert not re.search(r"[<>=_\[\]{}]|\b(and|or|not|in|row)\b", outside), (condition.source, said)


CARD = "doorverwijskaart"
INTAKE = "brede_intake"


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        (CARD, "age(persoon.geboorte) >= 65", "leeftijd (Geboortedatum of geboortejaar) is minstens 65"),
        (CARD, "dringend is vandaag", "'Kan dit wachten tot volgende week?' is 'Nee, vandaag bellen'"),
        (CARD, "buurt is oosthoek", "'In welk dorp of welke wijk?' is 'Oosthoek'"),
        (
            CARD,
            "geld in zorgen or papieren in zorgen",
            "bij 'Kruis samen aan' is 'Geld' of 'Papieren en rechten' aangekruist",
        ),
        (
            CARD,
            "akkoord_terug and (dringend is ja or not answered(toelichting))",
            (
                "'Akkoord om terug te koppelen' is gegeven en ('Kan dit wachten tot volgende week?' is 'Ja' "
                "of 'Wil je er iets over zeggen?' is niet ingevuld)"
            ),
        ),
        (
            CARD,
            "dringend in [ja, deze_week]",
            "'Kan dit wachten tot volgende week?' is 'Ja' of 'Liever deze week'",
        ),
        (CARD, "marked(gesproken)", "'Gesproken', 'Wenst geen hulp' of 'Toch voor ons' is gebeurd"),
        (INTAKE, "domeinen.wonen >= zorgen", "'Wonen en energie' staat op 'Zorgen' of 'Dringend'"),
        (INTAKE, "domeinen.wonen is gaat_goed", "'Wonen en energie' staat op 'Gaat goed'"),
        (INTAKE, "count(afspraken) > 2", "het aantal rijen bij 'Wat spreken we af?' is meer dan 2"),
        (
            INTAKE,
            "any(domeinen, row.score is dringend)",
            (
                "bij 'Hoe gaat het op deze vlakken?' is er minstens één rij waar dit klopt: "
                "de score van de rij staat op 'Dringend'"
            ),
        ),
        (
            INTAKE,
            'all(afspraken, row.tegen <= date("2026-12-01"))',
            "bij 'Wat spreken we af?' klopt dit in elke rij: 'Tegen wanneer' valt op of voor 01/12/2026",
        ),
        ("vrijwilligersintake", "max_uren < 2.5", "'Hoeveel uren per week ten hoogste?' is minder dan 2,5"),
        ("vrijwilligersintake", "read(informatienota)", "'Informatie voor vrijwilligers' is gelezen"),
        (
            "vrijwilligersintake",
            "uittreksel_gezien < today - 30",
            "'Uittreksel gezien op' valt voor 30 dagen voor vandaag",
        ),
        ("vrijwilligersintake", "count(talenten) is 3", "aantal keuzes (Waar ben je goed in?) is 3"),
    ],
)
def test_a_condition_is_said_with_the_words_of_the_page(form: str, text: str, said: str) -> None:
    assert told(form, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dringend is ja", "'Kan dit wachten tot volgende week?' is niet 'Ja'"),
        ("not akkoord_terug", "'Akkoord om terug te koppelen' is gegeven"),
        (
            "akkoord_terug and dringend is ja",
            "'Akkoord om terug te koppelen' is niet gegeven of 'Kan dit wachten tot volgende week?' is niet 'Ja'",
        ),
        ("geld not in zorgen", "bij 'Kruis samen aan' is 'Geld' aangekruist"),
    ],
)
def test_the_opposite_is_said_where_it_belongs(text: str, said: str) -> None:
    assert told(CARD, text, holds=False) == said


def test_a_row_is_called_by_its_name() -> None:
    assert told(INTAKE, "row.score >= zorgen", rows="domeinen", row="wonen") == (
        "'Wonen en energie' staat op 'Zorgen' of 'Dringend'"
    )


def test_who_may_not_read_the_case_sees_no_answer_and_no_row_of_class_three() -> None:
    assert told(INTAKE, "geldvraag is ja", content=False).endswith("van het OCMW?' (zie dossier)")
    assert told(INTAKE, "domeinen.wonen >= zorgen", content=False) == "'Wonen en energie' (zie dossier)"
    hidden = told(INTAKE, "domeinen.veiligheid >= zorgen", content=False)
    assert hidden == "'Hoe gaat het op deze vlakken?' (zie dossier)"
    assert (
        told(CARD, "geld in zorgen or papieren in zorgen", content=False) == "'Kruis samen aan' (zie dossier)"
    )
