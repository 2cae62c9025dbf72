"""How does somebody take what came out of a round along? As PDF with pictures, as a workbook.

The lines of the page and nothing else: what is hidden there is hidden here. That it was taken is written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from babel.dates import format_date

from app.documents.report import Report, ReportPart, report_pdf
from app.engine.policy import Actor
from app.engine.rounds import Item, Spread
from app.reporting import spreadsheets
from app.services.cases.load_case import key_of
from app.services.cases.round_results import RoundView
from app.services.municipality.letterhead import house_of
from app.services.staff import staffing
from app.storage import history
from app.storage.database import transaction
from app.texts import has, say

PDF, XLSX = "pdf", "xlsx"
KINDS: Mapping[str, str] = {
    PDF: "application/pdf",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TAKEN = "round_taken"
Cell = str | int


def take(actor: Actor, view: RoundView, kind: str) -> bytes:
    """A file of results that ``actor`` was shown; ``kind`` of ``KINDS``."""
    with transaction(actor.municipality) as tx:
        params = {"kind": kind}
        history.append(tx, key_of(view.case), TAKEN, params, by=actor.account)
        house, now = house_of(tx, staffing.world(actor.municipality), ""), tx.now
    if kind == XLSX:
        return spreadsheets.book_bytes(list(_sheets(view)), _notes(view), say("report_pages.notes"))
    return report_pdf(_paper(view, now), house, now)


def _notes(view: RoundView) -> list[str]:
    about = [f"{label}: {text}" for label, text in view.about]
    n, least = say("asks.results.n", n=view.results.n), say("asks.results.small", n=view.results.at_least)
    if not view.results.enough:
        n = say("asks.results.too_few", n=view.results.at_least)
    return [f"{view.title} {view.number}", view.question, *about, n, least]


def _lines(view: RoundView, item: Item) -> list[tuple[str, Spread | None]]:
    """All together, each group, and the rounds before this one."""
    found = [(say("asks.results.all"), item.whole)]
    found += [(view.groups[group], spread) for group, spread in item.groups.items()]
    for one in view.series if len(view.series) > 1 else ():
        then = one.results.item(item.id)
        alike = then is not None and list(then.options) == list(item.options)
        found.append((f"{one.at:%d/%m/%Y}", then.whole if then is not None and alike else None))
    return found


def _head(item: Item) -> list[str]:
    numbers = [] if item.options else [say("asks.results.middle"), say("asks.results.range")]
    return [say("asks.results.who"), *_options(item), *numbers, say("asks.results.count")]


def _options(item: Item) -> list[str]:
    return [_word(key, label) for key, label in item.options.items()]


def _word(key: str, label: str) -> str:
    own = f"asks.results.option.{key}"
    return say(own) if key == label and has(own) else label


def _cells(item: Item, spread: Spread | None) -> list[Cell]:
    width = len(item.options) or 2
    if spread is None or not spread.n:
        return [say("asks.results.hidden")] * (width + 1)
    if item.options:
        return [*spread.counts, spread.n]
    return [*_range(spread), spread.n]


def _range(spread: Spread) -> Iterator[str]:
    for pair in (spread.middle, (spread.lowest, spread.highest)):
        low, high = pair if pair is not None else (None, None)
        same = low == high or high is None
        texts = [str(value).replace(".", ",") for value in (low, high) if value is not None]
        yield (
            texts[0]
            if texts and same
            else say("asks.results.between", low=texts[0], high=texts[-1])
            if texts
            else ""
        )


def _sheets(view: RoundView) -> Iterator[tuple[str, list[list[Cell]]]]:
    """One long list: a line a thing that was asked and a group; what people wrote on a sheet of its own."""
    for number, item in enumerate(view.results.items, 1):
        rows: list[list[Cell]] = [[str(cell) for cell in _head(item)]]
        rows += [[label, *_cells(item, spread)] for label, spread in _lines(view, item)]
        yield f"{number} {item.label}", rows
    words: list[list[Cell]] = [[one.label, text] for one in view.results.remarks for text in one.texts]
    if words:
        yield say("asks.results.remarks"), words


def _paper(view: RoundView, now: datetime) -> Report:
    facts = [*view.about, (say("collecting.file.made"), format_date(now, "d MMMM y", locale="nl"))]
    parts: list[ReportPart] = []
    if view.results.enough:
        facts.append((say("collecting.file.n"), str(view.results.n)))
        parts = [*_parts(view)]
    lead = _notes(view)[-2] if not view.results.enough else say("asks.results.small", n=view.results.at_least)
    return Report(view.question, lead, tuple(facts), tuple(parts), f"{view.title} {view.number}")


def _parts(view: RoundView) -> Iterator[ReportPart]:
    titles = dict.fromkeys(
        [*(item.section for item in view.results.items), *(one.section for one in view.results.remarks)]
    )
    for title in titles:
        yield ReportPart(title)
        for item in view.results.items:
            if item.section == title:
                yield _part(view, item)
        for one in view.results.remarks:
            if one.section == title and one.texts:
                yield ReportPart(one.label, lines=one.texts, level=3)


def _part(view: RoundView, item: Item) -> ReportPart:
    lines = _lines(view, item)
    if all(spread is None or not spread.n for _, spread in lines):
        return ReportPart(item.label, lines=(say("asks.results.hidden_item"),), level=3)
    rows = tuple((label, *map(str, _cells(item, spread))) for label, spread in lines)
    return ReportPart(item.label, head=tuple(_head(item)), rows=rows, level=3, bars=_bars(item))


def _bars(item: Item) -> tuple[tuple[str, float, str], ...]:
    """All together, drawn: option, share of the longest bar, how many."""
    if item.whole is None or not item.options:
        return ()
    most = max(item.whole.counts, default=0) or 1
    return tuple(
        (label, count / most, str(count))
        for label, count in zip(_options(item), item.whole.counts, strict=True)
    )
