"""Does what people are told about access say what the table does?"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine.access import POLICY, Act
from app.engine.access_words import OF_RESIDENTS, SEEN, sights, whole
from app.texts import has

PAGE = Path(__file__).resolve().parents[2] / "docs" / "toegang.md"


def test_the_page_for_municipalities_is_the_table() -> None:
    """Write it anew with ``meernet access > docs/toegang.md``."""
    assert PAGE.read_text(encoding="utf-8") == whole()


@pytest.mark.parametrize("act", list(Act))
def test_every_act_has_words(act: Act) -> None:
    assert has(f"access.act.{act.replace('.', '_')}")


@pytest.mark.parametrize("role", ["form_admin", "policy"])
def test_who_sees_nothing_of_residents_is_told_so(role: str) -> None:
    (sight,) = sights({role})
    assert not sight.residents
    assert not OF_RESIDENTS & POLICY[role].keys()


def test_a_function_of_the_municipality_s_own_is_told_nothing() -> None:
    assert sights({"raadslid"}) == ()


def test_everything_that_reads_a_case_is_told_of() -> None:
    reads = {act for act in Act if act.startswith(("case.read", "emergency.read"))}
    assert reads <= set(SEEN)


def test_a_contact_person_is_told_when() -> None:
    (sight,) = sights({"contact"})
    told = {line.what: line.when for line in sight.lines}
    assert told["lezen wat de bewoner vertelde"] == "eigen, in vervanging, gedeeld of met een taak erin"
    assert told["lezen wat de bewoner vertelde, in een beperkt dossier"] == "eigen"
