"""How many sheets say what? One table a question, small numbers hidden; of several questions together nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np

from app.reporting.overview import Cell, Table
from app.reporting.suppression import hidden_cells, subsets


def counted(question: str, given: Iterable[str], labels: Mapping[str, str], *, total: bool) -> Table:
    """How often each answer to ``question`` was given; ``labels`` by answer, in the order to show.

    ``total``: each sheet counts once, so the sum may stand below it. A small number is hidden, and what would give it
    away.
    """
    found = Counter(given)
    order = [*labels, *(answer for answer in found if answer not in labels)]
    counts = np.array([found.get(answer, 0) for answer in order], np.int64)
    hidden = hidden_cells(counts, subsets((0,), 1)[0 if total else 1 :])
    cells = tuple(
        Cell(answer, labels.get(answer, answer), None if hides else int(count))
        for answer, count, hides in zip(order, counts, hidden[(0,)], strict=True)
    )
    return Table(question, cells, int(counts.sum()) if total and not hidden[()][()] else None)
