"""Spreadsheets for tests."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """An XLSX file with these sheets of rows."""
    found = io.BytesIO()
    with xlsxwriter.Workbook(found, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return found.getvalue()
