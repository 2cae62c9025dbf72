"""How long does it take to print: one referral card with a number and a photo of its own, and a tray of them?"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from app.definitions.compiler import compile_sources
from app.documents.card import CardCopy, CardDesign, cards_pdf
from app.documents.house import House, Somebody, picture
from app.services.municipality import setup
from bench.checking import Line
from tests.support.pictures import png

CARD = "doorverwijskaart"
AT = datetime(2026, 11, 9, 8, 40, tzinfo=UTC)
TIMES, TRAY = 41, 20
BUDGET_S = 0.020


def lines() -> Iterator[Line]:
    """CPU of this process; the compiler and its fonts are there, as in a server that printed before."""
    design = _design()
    numbers = iter(range(1, 100_000))

    def one() -> bytes:
        return cards_pdf(design, _copies(numbers, 1), AT)

    first = _cpu(one)
    one()
    spent = statistics.median(_cpu(one) for _ in range(TIMES))
    note = f"2 pages, {len(one()) // 1024} KB, median of {TIMES}; the first of a process {first:.3f} s"
    yield Line("PDF of a referral card", spent, BUDGET_S, note)
    tray = statistics.median(_cpu(lambda: cards_pdf(design, _copies(numbers, TRAY), AT)) for _ in range(3))
    yield Line(f"the same for {TRAY} cards in one PDF", tray, None, f"{tray / TRAY:.4f} s a card")


def _design() -> CardDesign:
    form = compile_sources(setup.shipped()).catalog.forms[CARD]
    photo = picture("png", png(300, 300), 100, 100, fill=True)
    joris = Somebody("Joris Maes", "Aanspreekpunt 65+", "0400 00 00 12", photo)
    places = {"zandlede": "Zandlede-Centrum", "oosthoek": "Oosthoek", "statie": "Statie"}
    return CardDesign(
        House("Zandlede", phone="0400 00 00 10"), form, joris, "Oosthoek", places, "10 werkdagen"
    )


def _copies(numbers: Iterator[int], count: int) -> list[CardCopy]:
    """Cards that were never printed before: nothing of them is remembered."""
    drawn = [f"DVK-2026-P{next(numbers):05d}-5" for _ in range(count)]
    return [CardCopy(number, f"https://meernet.zandlede.example/k/{number}-x7k2m9p4qd3h") for number in drawn]


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
