"""Which columns are sealed, and for which place each value of theirs?

A change of keys goes by this list. A test holds it against the models: a column of bytes stands here or in ``OPEN``,
with why. A value is sealed for its table, its row and its column unless something else is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.storage.models import METADATA
from app.storage.sealing import Place

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column; ``place`` says of a row (its key, by name) for what its value was sealed."""

    table: str
    column: str
    place: Callable[[Row], Place]

    @property
    def source(self) -> sa.Table:
        """The table itself."""
        return METADATA.tables[self.table]

    @property
    def value(self) -> sa.Column[Any]:
        """The column itself."""
        return self.source.c[self.column]

    @property
    def key(self) -> list[sa.Column[Any]]:
        """What names a row within its municipality."""
        return [column for column in self.source.primary_key if column.name != "municipality"]


def _by_row(table: str, *columns: str, key: str = "id", named: str = "") -> list[SealedColumn]:
    """Columns sealed for their row; ``named``: under another name than the column's own."""

    def place_of(column: str) -> Callable[[Row], Place]:
        return lambda row: (table, row[key], named or column)

    return [SealedColumn(table, column, place_of(column)) for column in columns]


def _moved(what: str) -> SealedColumn:
    return SealedColumn("case_moved", what, lambda row: ("case_moved", row["case"], f"{what}:{row['move']}"))


EVENT = _by_row("event", "sealed")[0]
"""Its content stands in a chain: what is sealed again needs a new proof."""

COLUMNS: tuple[SealedColumn, ...] = (
    EVENT,
    *_by_row("ask_answer", "sealed"),
    *_by_row("ask_person", "sealed"),
    *_by_row("campaign_contact", "sealed"),
    *_by_row("campaign_import", "sealed", "report"),
    *_by_row("cases", "referrer"),
    _moved("shown"),
    _moved("before"),
    *_by_row("code_app", "sealed", key="account"),
    SealedColumn(
        "destruction_case",
        "reason",
        lambda row: ("destruction_case", f"{row['destruction']}:{row['case']}", "reason"),
    ),
    *_by_row("draft", "sealed"),
    *_by_row("emergency", "reason", "review"),
    *_by_row("file", "name", "sealed"),
    SealedColumn("kept_from", "sealed", lambda row: ("kept_from", f"{row['case']}:{row['who']}", "sealed")),
    *_by_row("legal_hold", "reason", "lifted"),
    *_by_row("letter", "sealed"),
    *_by_row("outside_sign_in", "sealed"),
    *_by_row("partner", "people"),
    *_by_row("passkey", "sealed"),
    *_by_row("person", "sealed"),
    *_by_row("person_merge", "reason"),
    *_by_row("person_search", "sealed"),
    *_by_row("photo", "content", key="account"),
    *_by_row("privacy_request", "work", "export"),
    *_by_row("read_log", "sealed", named="reason"),
    *_by_row("referrer_link", "sealed"),
    *_by_row("sheet_bundle", "sealed"),
    SealedColumn("sign_in_provider", "secret", lambda _row: ("sign_in_provider", "only", "secret")),
    *_by_row("submission", "sealed"),
    *_by_row("takeover", "reason"),
    *_by_row("task", "note", "told"),
    *_by_row("webhook", "sealed"),
)

OPEN: Mapping[tuple[str, str], str] = {
    ("data_key", "wrapped"): "a key, wrapped by the master key",
    ("root_key", "wrapped"): "a key, wrapped by the master key",
    ("picture", "content"): "the logo of the municipality, shown to everybody",
}
"""Columns of bytes that are not sealed, and why."""
