"""How does a table leave as a file that a spreadsheet opens, with nothing in it that the spreadsheet would carry out?

What people typed may begin with ``=``: Excel, LibreOffice and Google Sheets would calculate it. In CSV such a text gets
an apostrophe before it; in XLSX every text is written as text, whatever it looks like.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_CARRIED_OUT = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula, also in the wide forms that some spreadsheets read the same."""
_BLANKS = " \u00a0\u200b\ufeff"
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]")
WIDEST, NARROWEST = 60, 12


def harmless(text: str) -> str:
    """``text`` for one cell of a CSV file: no spreadsheet calculates it."""
    begins = text.lstrip(_BLANKS)
    return f"'{text}" if text.startswith(_CARRIED_OUT) or begins.startswith(_CARRIED_OUT) else text


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows with semicolons, as spreadsheets here expect; begins with the mark that says UTF-8."""
    paper = io.StringIO()
    writer = csv.writer(paper, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + paper.getvalue()


def xlsx_bytes(name: str, rows: Sequence[Sequence[str | int]]) -> bytes:
    """The rows as one sheet, the first in bold and kept in sight; only an ``int`` is written as a number."""
    return book_bytes([(name, rows)])


def book_bytes(
    sheets: Sequence[tuple[str, Sequence[Sequence[str | int | float]]]],
    notes: Sequence[str] = (),
    notes_name: str = "Notes",
) -> bytes:
    """A sheet each, the first row in bold and kept in sight; ``notes`` come on a last sheet, a line each."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        heads = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        names = _names([name for name, _ in sheets])
        for name, (_, rows) in zip(names, sheets, strict=True):
            _fill(book.add_worksheet(name), rows, wrapped, heads)
        if notes:
            told = book.add_worksheet(notes_name)
            told.set_column(0, 0, 100)
            for at, line in enumerate(notes):
                told.write_string(at, 0, line, wrapped)
    return made.getvalue()


def _fill(
    sheet: Worksheet, rows: Sequence[Sequence[str | int | float]], wrapped: Format, heads: Format
) -> None:
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            write = sheet.write_string if isinstance(cell, str) else sheet.write_number
            write(at, column, cell, wrapped if at else heads)
    sheet.freeze_panes(1, 1)
    for column, width in enumerate(_widths(rows)):
        sheet.set_column(column, column, width)


def _names(names: Sequence[str]) -> list[str]:
    """Names a workbook takes: 31 characters, none twice, without what it keeps for itself."""
    found: list[str] = []
    for name in names:
        plain = _NOT_IN_NAME.sub(" ", name).strip("' ")[:27] or "Blad"
        fresh, n = plain, 2
        while fresh.casefold() in {other.casefold() for other in found}:
            fresh, n = f"{plain} {n}", n + 1
        found.append(fresh)
    return found


def _widths(rows: Sequence[Sequence[str | int | float]]) -> list[int]:
    columns = max((len(row) for row in rows), default=0)
    longest = [max(len(str(row[at])) for row in rows if at < len(row)) for at in range(columns)]
    return [min(WIDEST, max(NARROWEST, length)) for length in longest]
