"""What is past its term is proposed, approved, and gone: to the last marker, on both databases, with the chain whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.services.cases import add_note
from app.services.errors import Conflict, Forbidden, Invalid
from app.services.privacy import approvals, holds, proposals
from app.services.privacy.proposals import Proposal
from app.storage import clock, history, ids
from app.storage.database import transaction
from app.storage.models import METADATA
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, press, send_card, settle

BEGIN, END = "2026-11-09 09:40", "2026-11-20 10:00"
A_YEAR_ON, LONG_AFTER = "2027-11-22 03:00", "2031-11-22 03:00"


def declined(**changes: Any) -> str:
    """A card whose resident wanted no help: kept for twelve months; its case."""
    with clock.stopped_at(local(BEGIN)):
        case = send_card(**changes).case
        settle()
        add_note.add(holder_of(case), case, "Kanarienota")
    with clock.stopped_at(local(END)):
        press(case, "wenst_geen_hulp", reason="wenst_geen_hulp")
        settle()
    return case


def tonight(moment: str) -> Proposal | None:
    """What is proposed in the night of ``moment``."""
    with clock.stopped_at(local(moment)):
        proposals.plan(MUNICIPALITY)
        settle()
        found = proposals.listed(actor("karin_thijs"))
    return found[0] if found else None


def approve(proposal: Proposal, moment: str, *, by: str = "karin_thijs", **fields: Any) -> str:
    """Approve it, and have it carried out."""
    with clock.stopped_at(local(moment)):
        state, _ = approvals.approve(actor(by), proposal.id, **fields)
        settle()
    return state


def test_it_is_gone_a_year_after_it_was_closed(town: Flask) -> None:
    case = declined()
    assert tonight("2027-11-19 03:00") is None
    found = tonight(A_YEAR_ON)
    assert found is not None
    (line,) = found.lines
    assert (line.then, line.since, line.due_on) == ("delete", date(2026, 11, 20), date(2027, 11, 20))
    assert "wenst_geen_hulp" in line.rule
    assert approve(found, A_YEAR_ON) == "running"
    with transaction(MUNICIPALITY, readonly=True) as tx:
        key = ids.from_text(case)
        assert history.verify(tx, key) is None
        last = history.entries(tx, key)[0]
    assert last.code == "destroyed"
    print(last)
    for t, text in everything().items():
        for m in ("Canariebos","Kanarienota","Geheimpje","Maria", "peeters", "Peeters", "1941", "090000001", "09 000 00 01"):
            if m in text: print("LEFT", t, m, [l for l in text.splitlines() if m in l][:2])


def everything() -> dict[str, str]:
    from app.storage import sealing
    found = {}
    with transaction(MUNICIPALITY, readonly=True) as tx:
        for table in METADATA.sorted_tables:
            if table.name.startswith("definition_") or table.name in ("account","data_key"): continue
            lines = []
            for row in tx.execute(sa.select(table)).mappings():
                lines.append(str(dict(row)))
            found[table.name] = "\n".join(lines)
    return found
