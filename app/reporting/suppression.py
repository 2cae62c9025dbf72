"""Which counts are too small to show, and which others would give them away?

A count from 1 to 4 could point at somebody in a small village. Where a total stands beside the cells, one hidden
cell follows from the rest, so a second one is hidden too: the smallest that is left.
"""

from __future__ import annotations

import pandas as pd

THRESHOLD = 5


def hidden_cells(counts: pd.Series[int], *, total_shown: bool) -> pd.Series[bool]:
    """Return which of ``counts`` must not be shown.

    ``total_shown``: the sum of exactly these cells is on the page too; then never exactly one cell is hidden, and
    what is hidden adds up to at least the threshold. Zero is shown unless it is needed to protect another cell.
    """
    hidden = (counts > 0) & (counts < THRESHOLD)
    if not total_shown or not hidden.any():
        return hidden
    candidates = counts[~hidden].sort_values(kind="stable")
    order = [*candidates[candidates > 0].index, *candidates[candidates == 0].index]
    for cell in order:
        if hidden.sum() >= 2 and counts[hidden].sum() >= THRESHOLD:
            break
        hidden[cell] = True
    return hidden


def total_is_safe(counts: pd.Series[int], hidden: pd.Series[bool]) -> bool:
    """Whether the sum may stand beside the cells: not when it would reveal a lone hidden one or a small group."""
    return not hidden.any() or (int(hidden.sum()) >= 2 and int(counts[hidden].sum()) >= THRESHOLD)
