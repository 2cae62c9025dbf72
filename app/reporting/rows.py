"""What does a report know of one case? Only what may be counted: no name, no text, no date of birth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from app.engine.reported import AMOUNT, FLAG
from app.reporting.store import KEY, WHOLE, Row, frame_of, typed

DOMAIN = "domain"
Cell = str | int | bool | None
Frame = pd.DataFrame
"""What services hand from the store to a report, without knowing what it is made of."""
Monthly = tuple[str, Row]
"""A line with the month it counts in."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case. Ids as in the definitions; ``neighbourhood`` is ``""`` when unknown.

    ``domains`` are the life domains in which the case has a question or worry; ``waited`` the working days from
    receipt to the first conversation, ``None`` while there has been none. ``key`` tells it apart in the store.
    """

    form: str
    neighbourhood: str
    received: date
    domains: tuple[str, ...] = ()
    waited: int | None = None
    ended: bool = False
    means: str = ""
    key: int = 0
    contact_point: str = ""
    workflow: str = ""
    state: str = ""
    reason: str = ""

    @property
    def month(self) -> str:
        """``2026-11``."""
        return f"{self.received:%Y-%m}"

    def columns(self) -> Mapping[str, Cell]:
        """As a row of the store; the day it came in is kept as its month."""
        return {
            KEY: self.key,
            "form": self.form,
            "month": self.month,
            "neighbourhood": self.neighbourhood,
            "contact_point": self.contact_point,
            "workflow": self.workflow,
            "state": self.state,
            "reason": self.reason,
            "means": self.means,
            "waited": self.waited,
            f"ended{FLAG}yes": self.ended,
            **{f"{DOMAIN}{FLAG}{domain}": True for domain in self.domains},
        }


EVERY_CASE = tuple(CaseRow("", "", date.min).columns())
"""The columns that every case has."""


def frame(rows: Iterable[CaseRow]) -> pd.DataFrame:
    """Rows as the store gives them back."""
    return joined([frame_of([row.columns() for row in rows])], EVERY_CASE)


def joined(frames: Iterable[pd.DataFrame], columns: Sequence[str] = (KEY,)) -> pd.DataFrame:
    """Several parts below each other, each with the columns of all; without any row, ``columns``."""
    parts = [part for part in frames if len(part)]
    if not parts:
        return pd.DataFrame(columns=list(columns))
    names = dict.fromkeys(str(name) for part in parts for name in part.columns)
    return pd.DataFrame({name: _below(name, parts) for name in names}, copy=False)


def _below(name: str, parts: Sequence[pd.DataFrame]) -> pd.Series[Any]:
    """One column of all parts; categories stay categories, for words of a million rows would be dear."""
    columns = [part[name] if name in part else _typed_blank(name, len(part)) for part in parts]
    if name == KEY or name in WHOLE or FLAG in name or name.startswith(AMOUNT):
        return pd.concat(columns, ignore_index=True)
    alike = (column.cat.rename_categories(list(column.cat.categories.astype("object"))) for column in columns)
    return pd.Series(
        union_categoricals(list(alike))
    )  # a part without any word has categories of another kind


def _typed_blank(name: str, length: int) -> pd.Series[Any]:
    return typed(pd.DataFrame({name: pd.Series([None] * length, dtype="object")}))[name]


def _always(word: str, length: int) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(np.zeros(length, np.int8), categories=pd.Index([word]))


def joined_months(parts: Iterable[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
    """Parts of several months below each other, with the month of each row."""
    told = [part.assign(month=_always(month, len(part))) for month, part in parts if len(part)]
    return joined(told, (KEY, "month"))


def frame_by_month(found: Sequence[Monthly]) -> Frame:
    """Lines by month as the store would give them back; each has a number of its own."""
    months: dict[str, list[Row]] = {}
    for number, (month, line) in enumerate(found, 1):
        months.setdefault(month, []).append({KEY: number, **line})
    return joined_months((month, frame_of(rows)) for month, rows in months.items())
