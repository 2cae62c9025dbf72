"""How are second factors kept: the app with codes, codes on paper, known browsers?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from app.storage.database import Transaction, insert_into, table_of
from app.storage.models import CodeApp, KnownBrowser, Passkey, RecoveryCode

_BROWSER = table_of(KnownBrowser)
BROWSER_KEPT = timedelta(days=180)


class App(NamedTuple):
    """The app of an account: its secret (base32), the last step used, and since when it counts."""

    secret: str
    last_step: int
    confirmed_at: datetime | None


def has_factor(tx: Transaction, account: str) -> bool:
    """Whether signing in asks a second step of this account."""
    app = sa.select(CodeApp.account).where(_mine(tx, CodeApp, account), CodeApp.confirmed_at.is_not(None))
    key = sa.select(Passkey.account).where(_mine(tx, Passkey, account))
    return bool(tx.scalar(sa.select(sa.or_(app.exists(), key.exists()))))


def app_of(tx: Transaction, account: str) -> App | None:
    """The app of an account, confirmed or not."""
    query = sa.select(CodeApp.sealed, CodeApp.last_step, CodeApp.confirmed_at).where(
        _mine(tx, CodeApp, account)
    )
    row = tx.execute(query).first()
    if row is None:
        return None
    return App(tx.sealer.open(("code_app", account, "sealed"), row[0]).decode(), row[1], row[2])


def put_app(tx: Transaction, account: str, secret: str) -> None:
    """A secret that still has to be confirmed, instead of what was there."""
    delete_app(tx, account)
    sealed = tx.sealer.seal(("code_app", account, "sealed"), secret.encode())
    place = {"municipality": tx.municipality, "account": account}
    tx.execute(sa.insert(CodeApp), place | {"sealed": sealed, "last_step": 0, "made_at": tx.instant})


def use_step(tx: Transaction, account: str, step: int, *, confirm: bool = False) -> bool:
    """Use the code of half minute ``step`` up; False when it, or a later one, was used before."""
    values: dict[str, object] = {"last_step": step} | ({"confirmed_at": tx.instant} if confirm else {})
    later = sa.update(CodeApp).where(_mine(tx, CodeApp, account), CodeApp.last_step < step)
    return tx.execute(later.values(**values)).rowcount == 1


def delete_app(tx: Transaction, account: str) -> bool:
    """No app any more; False when there was none."""
    return tx.execute(sa.delete(CodeApp).where(_mine(tx, CodeApp, account))).rowcount == 1


def put_codes(tx: Transaction, account: str, codes: Iterable[str]) -> None:
    """These recovery codes, instead of those before."""
    delete_codes(tx, account)
    for code in codes:
        values = {"municipality": tx.municipality, "account": account, "code": _code(tx, account, code)}
        tx.execute(sa.insert(RecoveryCode), values)


def use_code(tx: Transaction, account: str, code: str) -> bool:
    """Use a recovery code up; False when it is none, or was used."""
    mine = sa.update(RecoveryCode).where(
        _mine(tx, RecoveryCode, account),
        RecoveryCode.code == _code(tx, account, code),
        RecoveryCode.used_at.is_(None),
    )
    return tx.execute(mine.values(used_at=tx.instant)).rowcount == 1


def codes_left(tx: Transaction, account: str) -> int:
    """How many recovery codes are still good."""
    query = sa.select(sa.func.count()).where(_mine(tx, RecoveryCode, account), RecoveryCode.used_at.is_(None))
    return int(tx.scalar(query))


def delete_codes(tx: Transaction, account: str) -> None:
    """No recovery codes any more."""
    tx.execute(sa.delete(RecoveryCode).where(_mine(tx, RecoveryCode, account)))


def knows_browser(tx: Transaction, account: str, mark: str, network: str) -> tuple[bool, bool]:
    """Whether somebody signed in to this account before with the browser of ``mark`` (a hash), and from ``network``."""
    query = sa.select(KnownBrowser.id, KnownBrowser.network).where(
        _mine(tx, KnownBrowser, account), KnownBrowser.seen_at > tx.instant - BROWSER_KEPT
    )
    rows = tx.execute(query).all()
    place = _network(tx, network)
    return any(row[0] == mark for row in rows), bool(place) and any(row[1] == place for row in rows)


def counts_browsers(tx: Transaction, account: str) -> int:
    """In how many browsers somebody signed in to this account."""
    query = sa.select(sa.func.count()).where(_mine(tx, KnownBrowser, account))
    return int(tx.scalar(query))


def know_browser(tx: Transaction, account: str, mark: str, network: str) -> None:
    """Somebody signed in here just now; browsers nobody used for half a year are forgotten."""
    old = KnownBrowser.seen_at <= tx.instant - BROWSER_KEPT
    tx.execute(sa.delete(KnownBrowser).where(_mine(tx, KnownBrowser, account), old))
    now = {"network": _network(tx, network), "seen_at": tx.instant}
    row = {"municipality": tx.municipality, "account": account, "id": mark, "first_at": tx.instant, **now}
    statement = insert_into(tx.dialect, _BROWSER).on_conflict_do_update(
        index_elements=[_BROWSER.c.municipality, _BROWSER.c.account, _BROWSER.c.id], set_=now
    )
    tx.execute(statement, row)


def _code(tx: Transaction, account: str, code: str) -> str:
    return tx.sealer.index("recovery_code", f"{account}:{code}")


def _network(tx: Transaction, network: str) -> str:
    return tx.sealer.index("network", network) if network else ""


def _mine(
    tx: Transaction,
    table: type[CodeApp] | type[RecoveryCode] | type[KnownBrowser] | type[Passkey],
    account: str,
) -> sa.ColumnElement[bool]:
    return sa.and_(table.municipality == tx.municipality, table.account == account)
