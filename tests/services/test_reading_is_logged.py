"""Does whatever opens what residents told write down who read it?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SERVICES = Path(__file__).resolve().parents[2] / "app" / "services"
OPENS = re.compile(
    r"open_json\(|sealer\.open\(|event_rows\.content\(|file_rows\.opened\(|load_case\.opened\(|[^.\w]opened\(tx|"
    r"answers_of\(|\.case\.answers|case_answers\.(?:submissions|sections)\("
)
WRITES_DOWN = "log_read("
NO_READER = {
    "access/signing_in": "the secret of a second step, no resident's",
    "cases/ask_prefills": "what other cases say that may leave the house, class 0 only",
    "cases/ask_view": "words of what the definition shows to who is asked, class 0 and 1",
    "cases/ask_work": "answers of others, for the case page, which writes it down",
    "cases/asks": "answers of others as conditions read them; shows nothing",
    "cases/bond_view": "what the definition shows of cases that belong together, class 0 and 1, for the case page",
    "cases/bonds": "what the definition shows of cases to choose from, class 0 and 1, of those one may read",
    "cases/case_answers": "for the case page, the partner's page and reading in an emergency, which write it down",
    "cases/case_work": "labels of tasks, for the case page and reading in an emergency, which write it down",
    "cases/kept_answers": "opens for others, who write it down; shows nothing",
    "cases/load_case": "opens for a decision; shows nothing",
    "cases/match_candidates": "for matches and match_links, which write it down",
    "cases/referrals": "asks whether a consent stands; shows nothing",
    "cases/revise_answers": "lays what changed over what the engine decides on; shows nothing",
    "cases/answer_revisions": "writes what the resident changed themselves, or a button, on a page that wrote it down",
    "definitions/touched_work": "counts which answers a change touches; shows numbers",
    "follow_up/letters": "words of a message, in which class 2 and 3 cannot stand; read by who prints the post",
    "follow_up/messages": "words of a message on its way to whom it is for",
    "follow_up/ways": "how somebody is reached, for the machine",
    "gatherings/people": "for lists, which write it down, and the page of a session: names, of class 1",
    "gatherings/roster": "the session itself and who helps there, no residents",
    "gatherings/series": "the session itself, copied to other days",
    "gatherings/session_page": "the session itself; of who comes the name, of class 1",
    "moving/migrate_case": "the name of a state before and after; what was told is not opened",
    "people/keying": "makes keyed hashes; shows nothing",
    "people/link_case": "compares names, which the search for persons shows too",
    "people/partners": "the people of an organisation, no residents",
    "people/referrer_page": "messages to the referrer, to the referrer",
    "people/resident_codes": "the resident themselves",
    "people/resident_changes": "the resident themselves",
    "people/resident_page": "the resident themselves",
    "people/resident_proof": "the resident themselves",
    "people/residents": "names and ways to be reached, for who writes down",
    "privacy/destroy": "takes away; shows nothing",
    "privacy/person_file": "the copy somebody asked for; the request, its reason and who made it are kept with it",
    "privacy/proposals": "the machine's list of what is past its term",
    "reports/refresh": "the sealed store of reports, without names or free text; shows nothing",
    "tasks/queue_names": "names in one's own list, of class 1",
    "tasks/sealed_words": "what somebody searched themselves",
}
"""Modules that open something sealed and write no line in the read log, with why."""


def _opening() -> dict[str, str]:
    found = {}
    for file in sorted(SERVICES.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if OPENS.search(source):
            found[str(file.relative_to(SERVICES).with_suffix(""))] = source
    return found


@pytest.mark.parametrize("module", sorted(_opening()))
def test_who_opens_what_a_resident_told_is_written_down_or_has_a_reason(module: str) -> None:
    writes = WRITES_DOWN in _opening()[module]
    assert writes != (module in NO_READER), "log the reading, or say in NO_READER why nobody reads"


def test_no_reason_is_kept_for_what_is_gone() -> None:
    assert set(NO_READER) <= set(_opening())
