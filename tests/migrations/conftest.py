"""What may a test of migrations ask for?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.storage import history
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY, bound, migrated


@pytest.fixture
def store_with_event(database_url: str) -> Iterator[str]:
    """A migrated database with one event in the municipality's own log."""
    migrated(database_url)
    with bound(database_url):
        with transaction(MUNICIPALITY) as tx:
            history.append(tx, None, "published", {"definition": "kaart"})
        yield database_url
