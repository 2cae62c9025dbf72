"""The copy of what is kept of somebody, on paper: tagged, with headings, for who reads with eyes, ears or fingers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from app.documents.sheets import Sheet, SheetPart, sheet_pdf
from app.engine.policy import Actor
from app.services.municipality import settings
from app.services.municipality.letterhead import house_of
from app.services.privacy import requests
from app.services.staff import staffing
from app.storage import clock
from app.storage.database import transaction
from app.texts import say


def pdf(actor: Actor, request: str) -> bytes:
    """What was approved, as PDF. Raises what ``requests.export`` raises."""
    return printed(actor.municipality, requests.export(actor, request))


def printed(municipality: str, export: Mapping[str, Any]) -> bytes:
    """A copy that was frozen, as PDF."""
    world = staffing.world(municipality)
    with transaction(municipality, readonly=True) as tx:
        house = house_of(tx, world)
    made = Sheet(
        house=house,
        title=say("keeping.copy.title"),
        lead=say("keeping.copy.lead"),
        facts=((say("keeping.copy.about"), str(export["name"])),),
        parts=tuple(_parts(export)),
        call_title=say("keeping.copy.rights_title"),
        call=tuple(line for line in (say("keeping.copy.rights"), settings.of(world).phone) if line),
    )
    return sheet_pdf(made, clock.now())


def _parts(export: Mapping[str, Any]) -> Iterator[SheetPart]:
    if export["record"]:
        yield SheetPart(say("keeping.part.record"), pairs=_pairs(export["record"]))
    for case in export["cases"]:
        yield SheetPart(f"{case['title']}, {case['number']}", pairs=tuple(_facts(case)))
        for part in case["parts"]:
            title = part["title"] or say(f"keeping.part.{part['part']}")
            yield SheetPart(f"{case['number']}: {title}", pairs=_pairs(part["lines"]))
    if export["readers"]:
        lines = tuple(
            say(
                "keeping.copy.reader",
                day=_day(item["at"]),
                who=item["who"],
                why=item["why"],
                number=item["number"],
            )
            for item in export["readers"]
        )
        yield SheetPart(say("keeping.part.readers"), lines=lines)


def _facts(case: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield say("keeping.copy.controller"), case["controller"]
    yield say("keeping.copy.received"), _day(case["received"])
    if case["closed"]:
        yield say("keeping.copy.closed"), _day(case["closed"])
    for item in case["why"]:
        yield item["basis"], item["purpose"]
    yield say("keeping.copy.kept_for"), case["kept"]


def _pairs(lines: list[dict[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (line["label"], f"{line['text']} ({line['source']})" if line.get("source") else line["text"])
        for line in lines
    )


def _day(text: str) -> str:
    when: date = datetime.fromisoformat(text).date()
    return f"{when.day}/{when.month:02}/{when.year}"
