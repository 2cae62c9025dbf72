"""What stands in the three sheets, row by row?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.definitions.shape import is_id

Rows = Sequence[Sequence[str]]
"""A sheet: its first row names the columns; cells as text, empty where nothing stands."""
DUTCH = re.compile(r"::?\s*(?:dutch|nederlands|nl)\b|::?.*\(nl\)", re.IGNORECASE)
ANY_LANGUAGE = re.compile(r"::")
MOST_ROWS = 5_000
LONGEST_ID = 40
READ_OTHERWISE = {"yes": "ja", "no": "nee", "on": "aan", "off": "uit", "y": "ja", "n": "nee", "null": "leeg"}
"""Names that other tools of YAML take for true, false or nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the sheet (the heading is 1) and its cells by column name in lower case."""

    number: int
    cells: Mapping[str, str]

    def get(self, *names: str) -> str:
        """The first of these columns that holds something."""
        return next((self.cells[name] for name in names if self.cells.get(name)), "")


def lines(rows: Rows) -> list[Line]:
    """The rows under the heading that hold something. A column in Dutch wins over one without a language, and that over
    one in another language."""
    if not rows:
        return []
    heads = [_column(head) for head in rows[0]]
    found: list[Line] = []
    for number, row in enumerate(rows[1 : MOST_ROWS + 1], 2):
        best: dict[str, tuple[int, str]] = {}
        for (name, rank), cell in zip(heads, row, strict=False):
            text = cell.strip()
            if name and text and (name not in best or rank < best[name][0]):
                best[name] = (rank, text)
        if best:
            found.append(Line(number, {name: text for name, (_, text) in best.items()}))
    return found


def _column(head: str) -> tuple[str, int]:
    """The name of a column and how much its language is wanted: 0 Dutch, 1 none, 2 another."""
    text = head.strip()
    base = text.split("::")[0].split(":")[0].strip().lower().replace(" ", "_")
    if DUTCH.search(text):
        return base, 0
    return base, 2 if ANY_LANGUAGE.search(text) else 1


def as_id(text: str, taken: Mapping[str, str] | None = None, *, fallback: str = "veld") -> str:
    """A name as our ids must be: small letters, digits and ``_``, free of the words the language keeps."""
    made = re.sub(r"[^a-z0-9_]+", "_", text.strip().lower().replace("-", "_")).strip("_")
    made = re.sub(r"_+", "_", made)[:LONGEST_ID].strip("_")
    if not made or not made[0].isalpha():
        made = f"{fallback}_{made}".strip("_")[:LONGEST_ID]
    made = READ_OTHERWISE.get(made, made)
    if not is_id(made):
        made = f"{made}_"[: LONGEST_ID - 1] + "1"
    used = set((taken or {}).values())
    wanted, number = made, 2
    while made in used:
        made = f"{wanted[: LONGEST_ID - 3]}_{number}"
        number += 1
    return made
