"""Which cases does a report count, with the submission that opened each?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.models import Case, Submission

_CASE = table_of(Case)
_SUBMISSION = table_of(Submission)


def received_since(tx: Transaction, since: datetime) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each case received from ``since`` on with its submission (``id``, ``sealed``), oldest first."""
    query = (
        sa.select(
            _CASE.c.form,
            _CASE.c.workflow,
            _CASE.c.form_version,
            _CASE.c.neighbourhood,
            _CASE.c.received_at,
            _CASE.c.closed_at,
            _CASE.c.means,
            _CASE.c.marks,
            _SUBMISSION.c.id,
            _SUBMISSION.c.sealed,
        )
        .join(
            _SUBMISSION,
            sa.and_(
                _SUBMISSION.c.municipality == _CASE.c.municipality, _SUBMISSION.c.id == _CASE.c.submission
            ),
        )
        .where(_CASE.c.municipality == tx.municipality, _CASE.c.received_at >= since)
        .order_by(_CASE.c.received_at, _CASE.c.id)
    )
    for row in tx.execute(query).mappings():
        yield dict(row), {"id": row["id"], "sealed": row["sealed"]}
