"""Do the guards of the database keep a group to its members, whoever forgets a ``where``?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.reporting.closed import CASES
from app.services.reports import regions
from app.storage import ids
from app.storage.database import transaction
from app.storage.models import RegionFigure, RegionMember
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.regions import FIRST, LAST, somebody, together


def test_a_select_that_forgets_the_group_sees_only_what_members_show(postgres_store: Flask) -> None:
    _, theirs, group = together()
    with transaction(NEIGHBOUR, readonly=True) as tx:
        assert tx.scalar(sa.text("select count(distinct municipality) from region_figure")) == 2
        assert tx.scalar(sa.text("select count(*) from region_member")) == 1
    regions.withdraw(theirs, group)
    with transaction(NEIGHBOUR, readonly=True) as tx:
        assert tx.scalar(sa.text("select count(*) from region_figure")) == 0


def test_nobody_joins_or_shows_by_hand_without_being_asked(postgres_store: Flask) -> None:
    ours, theirs = somebody(MUNICIPALITY, "head_of_service"), somebody(NEIGHBOUR, "dpo")
    group = ids.from_text(regions.found(ours, "Zorgraad"))

    def plant(model: type[RegionMember] | type[RegionFigure], **values: object) -> None:
        with transaction(NEIGHBOUR) as tx:
            tx.execute(sa.insert(model), [{"municipality": NEIGHBOUR, "region": group, **values}])

    with pytest.raises(DBAPIError, match="row-level security"):
        plant(RegionMember, id=ids.new_id(), reports=[], account=theirs.account, agreed_at=local_now())
    with pytest.raises(DBAPIError, match="row-level security"):
        plant(RegionFigure, report=CASES, first=FIRST, last=LAST, content="", shared_at=local_now())


def local_now() -> object:
    """An instant."""
    with transaction(NEIGHBOUR, readonly=True) as tx:
        return tx.now
