"""What can a draft of a data protection impact assessment say by itself, and what must somebody still judge?"""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.report import Report, ReportPart
from app.engine.processing import EXPLAINED, SENSITIVE, Processing
from app.services.municipality import notices, register_words
from app.services.municipality.processings import Entry, Register
from app.texts import say

RISKS = ("wrong_eyes", "wrong_person", "too_much", "too_long", "leak", "lost", "pressure", "outside")
"""What could go wrong for the person; each has a text, and a text with what the product does about it."""
QUESTIONS = ("need", "views", "risks", "local", "transfers", "advice", "decision")
"""What no definition can answer, for whoever protects data in the municipality."""


def draft(register: Register, entry: Entry) -> Report:
    """The draft for one form."""
    found = entry.processing
    return Report(
        title=say("register.dpia.title", title=found.title),
        lead=say("register.dpia.lead"),
        facts=(
            (say("register.dpia.municipality"), register.municipality),
            (say("register.dpia.form"), say("register.form", title=found.title, n=entry.version)),
            (say("register.dpia.state"), say("register.dpia.is_draft")),
        ),
        parts=tuple(_parts(register, entry)),
        foot=say("register.dpia.foot", title=found.title, n=entry.version),
    )


def _parts(register: Register, entry: Entry) -> Iterator[ReportPart]:
    found = entry.processing
    told = {cell.code: cell for cell in register_words.cells(register, entry)}
    nature = ("controller", "purpose", "basis", "persons", "sources", "outside", "processors", "transfers")
    yield ReportPart(
        say("register.dpia.nature"), pairs=tuple((told[code].title, told[code].text) for code in nature)
    )
    yield ReportPart(say("register.dpia.scope"), lines=tuple(_scope(found)))
    yield ReportPart(
        say("register.dpia.needed"),
        lines=(say("register.dpia.needed_lead"),),
        head=tuple(say(f"register.dpia.{code}") for code in ("question", "class", "why")),
        rows=tuple(_needed(found)),
    )
    yield ReportPart(say("register.dpia.kept"), lines=notices.kept_words(found))
    yield _sensitive(found)
    yield ReportPart(say("register.dpia.rights"), lines=(say("register.dpia.rights_text"),))
    yield ReportPart(
        say("register.dpia.risks"),
        lines=(say("register.dpia.risks_lead"),),
        head=(say("register.dpia.risk"), say("register.dpia.measure")),
        rows=tuple((say(f"register.risk.{code}"), say(f"register.against.{code}")) for code in RISKS),
    )
    yield ReportPart(
        say("register.dpia.open"),
        lines=(say("register.dpia.open_lead"),),
        questions=tuple(say(f"register.open.{code}") for code in QUESTIONS),
    )


def _scope(found: Processing) -> Iterator[str]:
    counts = {level: len(found.of_class(level)) for level in (1, 2, 3)}
    yield say("register.dpia.counts", one=counts[1], two=counts[2], three=counts[3])
    yield say("register.dpia.large")
    yield say("register.dpia.vulnerable")
    if counts[SENSITIVE]:
        yield say("register.dpia.special")


def _needed(found: Processing) -> Iterator[tuple[str, str, str]]:
    """Every question of class 2 or 3, and why it is asked; one that says so nowhere is marked."""
    for item in found.data:
        if item.privacy >= EXPLAINED:
            why = item.why or say("register.dpia.no_why")
            yield item.label, say(f"register.class.{item.privacy}"), why


def _sensitive(found: Processing) -> ReportPart:
    rows = register_words.sensitive_readers(found)
    title = say("register.dpia.health")
    if not rows:
        return ReportPart(title, lines=(say("register.dpia.health_none"),))
    head = (say("register.dpia.role"), say("register.dpia.way"))
    return ReportPart(title, lines=(say("register.dpia.health_lead"),), head=head, rows=rows)
