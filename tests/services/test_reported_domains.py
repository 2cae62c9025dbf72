"""Which life domains does a report count as touched?"""

from __future__ import annotations

from app.engine.domains import domains_of
from tests.support.shipped import catalog


def test_who_will_not_say_is_counted_with_no_domain() -> None:
    form = catalog().forms["brede_intake"]
    answers = {
        "domeinen.wonen": "zorgen",
        "domeinen.psychisch": "wil_niet_zeggen",
        "domeinen.werk": "gaat_goed",
        "domeinen.netwerk": "niet_besproken",
        "domeinen.papieren": "kan_beter",
    }
    assert domains_of(form, answers) == ("wonen", "papieren")
