"""How do sheets lie in their bundles, so that nothing tells which came when or with what?

A row is a bundle: a sealed list in a drawn order, written anew as a whole whenever a sheet is added. So there is no
row, key, place on disk or transaction that belongs to one sheet.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.models import SheetBundle, SheetToken

_BUNDLE, _TOKEN = table_of(SheetBundle), table_of(SheetToken)
_HOUR = timedelta(hours=1)
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """One sheet as it lies in a bundle: its answers as JSON values, and the first day of the month it goes in."""

    data: Data
    until: date


def first_use(tx: Transaction, token: str) -> bool:
    """Whether ``token`` brings its sheet now; false when it did already. Forgets what is past."""
    forget_tokens(tx)
    ends = tx.instant.replace(minute=0, second=0, microsecond=0) + 2 * _HOUR
    key = tx.sealer.index("sheet_token", token)
    return tx.insert_new(SheetToken, {"municipality": tx.municipality, "key": key, "until": ends})


def forget_tokens(tx: Transaction) -> None:
    """Remove the tokens whose hour is past."""
    tx.execute(sa.delete(_TOKEN).where(_own(tx, _TOKEN), _TOKEN.c.until <= tx.instant))


def waiting(tx: Transaction, form: str) -> list[Kept]:
    """The sheets that wait to be enough, locked until the end of the transaction."""
    key = _waiting_key(tx, form)
    empty = {"municipality": tx.municipality, "id": key, "form": form, "waits": True, "until": None}
    tx.insert_new(SheetBundle, {**empty, "sealed": _sealed(tx, key, [])})
    query = sa.select(_BUNDLE.c.sealed).where(_own(tx), _BUNDLE.c.id == key).with_for_update()
    return _opened(tx, key, tx.scalar(query))


def keep_waiting(tx: Transaction, form: str, sheets: Sequence[Kept]) -> None:
    """Write the waiting sheets anew, in a drawn order."""
    key = _waiting_key(tx, form)
    fresh = {"sealed": _sealed(tx, key, sheets), "until": _first(sheets)}
    tx.execute(sa.update(_BUNDLE).where(_own(tx), _BUNDLE.c.id == key).values(fresh))


def release(tx: Transaction, form: str, sheets: Sequence[Kept]) -> None:
    """Sheets that are enough go together into a bundle of their own."""
    key = secrets.token_hex(16)
    row = {"municipality": tx.municipality, "id": key, "form": form, "waits": False, "until": _first(sheets)}
    tx.execute(sa.insert(_BUNDLE), {**row, "sealed": _sealed(tx, key, sheets)})


def released(tx: Transaction, form: str) -> list[Kept]:
    """Every sheet that may be read, all bundles mixed."""
    query = sa.select(_BUNDLE.c.id, _BUNDLE.c.sealed).where(
        _own(tx), _BUNDLE.c.form == form, _BUNDLE.c.waits.is_(False)
    )
    return _mixed([sheet for key, sealed in tx.execute(query) for sheet in _opened(tx, key, sealed)])


def forms_past(tx: Transaction, day: date) -> list[str]:
    """The forms of which something has to go by ``day``."""
    query = sa.select(_BUNDLE.c.form).where(_own(tx), _BUNDLE.c.until <= day).distinct()
    return [form for (form,) in tx.execute(query)]


def remove_past(tx: Transaction, form: str, day: date) -> None:
    """A released bundle goes as a whole, so that its going tells no more than its coming did; of those that wait, what
    is past."""
    kept = [sheet for sheet in waiting(tx, form) if sheet.until > day]
    keep_waiting(tx, form, kept)
    past = (_own(tx), _BUNDLE.c.form == form, _BUNDLE.c.waits.is_(False), _BUNDLE.c.until <= day)
    tx.execute(sa.delete(_BUNDLE).where(*past))


def _waiting_key(tx: Transaction, form: str) -> str:
    return tx.sealer.index("sheets_waiting", form)[:32]


def _sealed(tx: Transaction, key: str, sheets: Sequence[Kept]) -> bytes:
    rows = [[sheet.until.isoformat(), sheet.data] for sheet in _mixed(list(sheets))]
    return tx.sealer.seal_json(("sheet_bundle", key, "sealed"), rows)


def _opened(tx: Transaction, key: str, sealed: bytes) -> list[Kept]:
    rows = tx.sealer.open_json(("sheet_bundle", key, "sealed"), sealed)
    return [Kept(data, date.fromisoformat(until)) for until, data in rows]


def _mixed(sheets: list[Kept]) -> list[Kept]:
    secrets.SystemRandom().shuffle(sheets)
    return sheets


def _first(sheets: Sequence[Kept]) -> date | None:
    return min((sheet.until for sheet in sheets), default=None)


def _own(tx: Transaction, table: sa.Table = _BUNDLE) -> sa.ColumnElement[bool]:
    return table.c.municipality == tx.municipality
