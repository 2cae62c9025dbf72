"""How does a test get two municipalities that share their figures in a group?"""

from __future__ import annotations

from datetime import date

import numpy as np
import sqlalchemy as sa

from app.engine.policy import Actor
from app.reporting.closed import CASES, DOMAINS
from app.reporting.overview import OPEN, WAIT_BANDS
from app.reporting.releases import Axis, dump, release
from app.reporting.rows import DOMAIN
from app.services.reports import regions
from app.storage.database import transaction
from app.storage.ids import new_account_id
from app.storage.models import Account
from app.storage.repositories import release_rows
from tests.support.bound import MUNICIPALITY, NEIGHBOUR

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
AXES = (
    Axis("form", ("kaart", "intake")),
    Axis("neighbourhood", ("oosthoek", "statie")),
    Axis("wait", (*WAIT_BANDS, OPEN)),
)


def somebody(municipality: str, role: str) -> Actor:
    """An account of that role."""
    account = new_account_id()
    with transaction(municipality) as tx:
        values = {"municipality": municipality, "id": account, "key": account, "name": role}
        rest = {"email": f"{account}@{municipality}.example", "created_at": tx.now}
        tx.execute(sa.insert(Account), values | rest)
    return Actor(account, municipality, role, frozenset({role}))


def released(municipality: str, soon: int, late: int) -> None:
    """A quarter in which so many were spoken to within and after five days."""
    cube = np.zeros((2, 2, len(WAIT_BANDS) + 1), np.int64)
    cube[0, 0, 0], cube[1, 1, 5] = soon, late
    domains = release(
        DOMAINS, "q", (Axis(DOMAIN, ("wonen", "geld")),), np.array([soon, 2]), ways=1, total=False
    )
    with transaction(municipality) as tx:
        for name, made in ((CASES, release(CASES, "q", AXES, cube, ways=1)), (DOMAINS, domains)):
            release_rows.keep(tx, name, FIRST, LAST, dump(made))


def together() -> tuple[Actor, Actor, str]:
    """Two municipalities that share in a group."""
    ours, theirs = somebody(MUNICIPALITY, "head_of_service"), somebody(NEIGHBOUR, "dpo")
    released(MUNICIPALITY, 30, 10)
    released(NEIGHBOUR, 20, 20)
    group = regions.found(ours, "Zorgraad Leiestreek")
    regions.ask(ours, group, NEIGHBOUR)
    regions.agree(ours, group)
    regions.agree(theirs, group)
    return ours, theirs, group
