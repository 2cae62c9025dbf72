"""Is the right word proposed for a slip of the pen in every kind of name that an author writes?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.definitions import quick
from app.definitions.expressions.functions import FUNCTIONS
from app.definitions.model.source import Problem, Source
from app.definitions.problems import guess
from app.definitions.vocabulary_workflows import NODES
from tests.support.definition_sets import files_of, problems_of

SET = files_of((Path(__file__).parent / "slips.yaml").read_text(encoding="utf-8"))

SLIPS = [
    # what it is, what stands there, the slip, where it is told, what was meant
    ("a key of a form", "audience:", "audiance:", "Y051", "audience"),
    ("a key in Dutch", "title: Je vraag", "titel: Je vraag", "Y051", "title"),
    ("a key of a field", "default: tuin", "defualt: tuin", "Y051", "default"),
    ("a key of a state", "shown_as:", "show_as:", "Y051", "shown_as"),
    ("a key of an action", "marks: gesproken", "mark: gesproken", "Y051", "marks"),
    ("a key of a route", "otherwise: onthaal", "otherwse: onthaal", "Y051", "otherwise"),
    ("a key of a contact point", "claim: 1", "claims: 1", "Y051", "claim"),
    ("a key of an option", "gewicht: 2}", "gewcht: 2}", "Y051", "gewicht"),
    ("a key of a person", "karin: {name:", "karin: {naam:", "Y051", "name"),
    ("a key of a holding", "substitutes:", "subsitutes:", "Y051", "substitutes"),
    ("a field type", "type: email", "type: emial", "S102", "email"),
    ("a closed word", "then: delete", "then: delte", "Y049", "delete"),
    ("an audience", "reception]", "recepton]", "Y049", "reception"),
    ("true or false", "required: true", "required: ture", "Y044", "true"),
    ("a field in a condition", "show_if: soort is vervoer", "show_if: soor is vervoer", "T201", "soort"),
    ("a field of a block, by its own name", "answered(wie.naam)", "answered(naam)", "T201", "wie.naam"),
    ("a field of a block", "answered(wie.naam)", "answered(wie.nam)", "T201", "wie.naam"),
    ("a cell of a matrix", "vlakken.wonen is", "vlakken.woonen is", "T201", "vlakken.wonen"),
    ("a field in a workflow", "if: soort is tuin", "if: sort is tuin", "T201", "soort"),
    ("a field at a rule", "at: telefoon", "at: telefon", "R209", "telefoon"),
    ("a field that a consent shares", "shares: [telefoon]", "shares: [telefon]", "R209", "telefoon"),
    ("a field taken from a block", "fields: [naam,", "fields: [nam,", "R209", "naam"),
    ("a field changed in a block", "change: {roepnaam:", "change: {roepnam:", "R209", "roepnaam"),
    ("a field that is carried on", "carry: [telefoon]", "carry: [telefon]", "R209", "telefoon"),
    ("a person field", "not_to: niet_door", "not_to: niet_dor", "R209", "niet_door"),
    ("rows for tasks", "each: vlakken,", "each: vlaken,", "R209", "vlakken"),
    ("rows for reasons", "of: vlakken", "of: vlaken", "R209", "vlakken"),
    ("rows for options", "rows: vlakken}", "rows: vlaken}", "R209", "vlakken"),
    ("a field in a text", "{holder.name}", "{holder.nam}", "R215", "holder.name"),
    ("a fact in a message", "{case.number}", "{case.numer}", "R215", "case.number"),
    ("a fact of a row in a task", "{row.label}", "{row.lable}", "R215", "row.label"),
    ("something of a row", "row.gedaan)", "row.gedan)", "T209", "row.gedaan"),
    ("something of a row without row", "row.gedaan)", "gedaan)", "T208", "row.gedaan"),
    ("a column that names a contact point", "worst(vlakken), to: row.contact_point",
     "worst(vlakken), to: row.contactpoint", "R210", "contact_point"),
    ("an option in a condition", "if: soort is tuin", "if: soort is tiun", "T202", "tuin"),
    ("an option of yes or no", "row.gedaan)", "row.gedaan is jaa)", "T202", "ja"),
    ("an option of a score", "show_if: row.score >= zorgen", "show_if: row.score >= zorgn", "T202", "zorgen"),
    ("an option as a default", "default: tuin", "default: tuinn", "R211", "tuin"),
    ("an option taken from a list", "only: [vervoer,", "only: [vervor,", "R211", "vervoer"),
    ("an option between quotes", "soort is tuin", "'soort is \"tuin\"'", "T211", "tuin"),
    ("a closing reason", "reason is verhuisd", "reason is verhuist", "T202", "verhuisd"),
    ("a function", "answered(telefoon)", "answerd(telefoon)", "T205", "answered"),
    ("a function by another name", "age(begin)", "agee(begin)", "T205", "age"),
    ("a list of options", "list: soorten, only", "list: soortn, only", "R201", "soorten"),
    ("a list of rows", "rows: {list: vlakken}", "rows: {list: vlaken}", "R201", "vlakken"),
    ("a block", "use: persoon", "use: person", "R202", "persoon"),
    ("a form of a workflow", "forms: [aanmelding]\nstart: nieuw",
     "forms: [aanmeldng]\nstart: nieuw", "R203", "aanmelding"),
    ("a form behind an action", "form: verslag\n        marks",
     "form: verslg\n        marks", "R203", "verslag"),
    ("a workflow", "workflow: buurthulp\nrules", "workflow: buurthlp\nrules", "R204", "buurthulp"),
    ("a workflow of a sub-case", "case: deelwerk", "case: delwerk", "R204", "deelwerk"),
    ("a contact point of a route", "oosthoek, to: woonloket", "oosthoek, to: wonloket", "R205", "woonloket"),
    ("a contact point otherwise", "otherwise: onthaal", "otherwise: onthal", "R205", "onthaal"),
    ("a contact point in a list", "contact_point: woonloket, gew",
     "contact_point: woonlokt, gew", "R205", "woonloket"),
    ("a contact point that owns", "owner: onthaal", "owner: onthal", "R205", "onthaal"),
    ("a contact point in a staffing", "  onthaal: {holder", "  onthal: {holder", "L601", "onthaal"),
    ("the first state", "start: nieuw", "start: niew", "R206", "nieuw"),
    ("a state of an action", "to: bezig\n      stopt", "to: bezg\n      stopt", "R206", "bezig"),
    ("a state of an automatic exit", "soort is tuin, to: gedaan",
     "soort is tuin, to: gedan", "R206", "gedaan"),
    ("a state after the last attempt", "then: gedaan", "then: gedan", "R206", "gedaan"),
    ("a state to open again", "calendar days, to: bezig", "calendar days, to: bezg", "R206", "bezig"),
    ("staying", "otherwise: stay", "otherwise: stey", "R206", "stay"),
    ("a message", "message: gestart", "message: gestrt", "R207", "gestart"),
    ("a mark to count from", "from gesproken", "from gesprken", "R208", "gesproken"),
    ("a date to count from", "from begin", "from begn", "R208", "begin"),
    ("a mark until which", "until: gesproken", "until: gesprken", "G408", "gesproken"),
    ("a mark in a condition", "marked(gesproken)", "marked(gesprken)", "T212", "gesproken"),
    ("a role that may press", "by: [holder,", "by: [hodler,", "R212", "holder"),
    ("a role that gets a message", "to: referrer", "to: refferer", "R212", "referrer"),
    ("a role that sees a field", "only_for: [coordinator]", "only_for: [cordinator]", "R212", "coordinator"),
    ("a role to escalate to", "to: coordinator", "to: cordinator", "G422", "coordinator"),
    ("a role of a person", "karin: {name: Karin Thijs, roles: [head_of_service]",
     "karin: {name: Karin Thijs, roles: [head_of_servic]", "Y049", "head_of_service"),
    ("an effect", "does: [stop_messages]", "does: [stop_mesages]", "Y049", "stop_messages"),
    ("how a state is shown", "shown_as: bekeken", "shown_as: bekekn", "Y049", "bekeken"),
    ("what decides the holder", "per: neighbourhood", "per: neighborhood", "Y049", "neighbourhood"),
    ("what a reason means", "means: solved", "means: solvd", "S122", "solved"),
    ("a type of a column", "gewicht: number", "gewicht: numbr", "S120", "number"),
    ("a person who holds", "oosthoek: {holder: nele", "oosthoek: {holder: nelle", "L602", "nele"),
    ("a person who replaces", "replaced_by: nele", "replaced_by: nelle", "L602", "nele"),
    ("a neighbourhood of a holder", "oosthoek: {holder", "oosthok: {holder", "L603", "oosthoek"),
    ("a neighbourhood in a condition", "dorp is oosthoek", "dorp is oosthok", "L612", "oosthoek"),
    ("a unit of time", "task: Bel\n    deadline: 3 working days",
     "task: Bel\n    deadline: 3 workng days", "Y050", "3 working days"),
    ("a unit of time in Dutch", "limit: eerste, until: gesproken, deadline: 10 working days",
     "limit: eerste, until: gesproken, deadline: 10 werkdagen", "Y050", "10 working days"),
    ("weeks in Dutch", "after: 6 weeks", "after: 6 weken", "S150", "6 weeks"),
    ("a reminder", "remind: [on the day]", "remind: [on teh day]", "S151", "on the day"),
    ("a bound", "min: today", "min: tody", "S130", "today"),
    ("what a file is, by its folder", "block: persoon\n", "blok: persoon\n", "Y051", "block"),
]  # fmt: skip


def test_the_set_itself_is_sound() -> None:
    assert problems_of(SET) == ()


@pytest.mark.parametrize(
    ("stands", "slip", "code", "meant"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS]
)
def test_a_slip_of_the_pen_is_told_with_what_was_meant(stands: str, slip: str, code: str, meant: str) -> None:
    told = [found for found in problems_of(_with(stands, slip)) if found.code == code]
    assert [_guess(found) for found in told] == [meant]


WRITTEN = [(name, key) for name, words in NODES.items() for key in words.keys if len(key) > 3]


@pytest.mark.parametrize(("node", "key"), WRITTEN, ids=lambda part: part)
def test_two_letters_swapped_in_any_key_still_mean_that_key(node: str, key: str) -> None:
    swapped = key[:1] + key[2] + key[1] + key[3:]
    assert guess(swapped, NODES[node].keys) == key


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if len(name) > 3])
def test_a_letter_forgotten_in_any_function_still_means_that_function(name: str) -> None:
    assert guess(name[:1] + name[2:], FUNCTIONS) == name


@pytest.mark.parametrize(
    ("first", "meant"), [("formm", "form"), ("lijst", "list"), ("contactpoints", "contact_points")]
)
def test_what_a_file_in_no_folder_is_meant_to_be(first: str, meant: str) -> None:
    (found,) = quick.check(Source("x.yaml", f"{first}: a\n"))
    assert (found.code, _guess(found)) == ("S100", meant)


def _with(stands: str, slip: str) -> list[Source]:
    """The set with one slip, in the first place where that stands."""
    first = next(source for source in SET if stands in str(source.text))
    changed = replace(first, text=str(first.text).replace(stands, slip, 1))
    return [changed if source is first else source for source in SET]


def _guess(found: Problem) -> str:
    return dict(found.params).get("guess", "")
