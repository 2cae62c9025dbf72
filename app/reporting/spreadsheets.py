"""How does a table leave as a file that a spreadsheet opens, with nothing in it that the spreadsheet would carry out?

What people typed may begin with ``=``: Excel, LibreOffice and Google Sheets would calculate it. In CSV such a text gets
an apostrophe before it; in XLSX every cell is written as text, whatever it looks like.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

_CARRIED_OUT = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula, also in the wide forms that some spreadsheets read the same."""
_BLANKS = " \u00a0\u200b\ufeff"
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


def xlsx_bytes(name: str, rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as one sheet, the first in bold and kept in sight."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet(name[:31])
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        heads = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell, wrapped if at else heads)
        sheet.freeze_panes(1, 1)
        for column, width in enumerate(_widths(rows)):
            sheet.set_column(column, column, width)
    return made.getvalue()


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    columns = max((len(row) for row in rows), default=0)
    longest = [max(len(row[at]) for row in rows if at < len(row)) for at in range(columns)]
    return [min(WIDEST, max(NARROWEST, length)) for length in longest]
