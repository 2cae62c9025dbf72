"""Who should hear what was done with their account? A mail without content."""

from __future__ import annotations

from app.storage import outbox
from app.storage.database import Transaction
from app.storage.ids import new_id

NOTICE = "account_notice"
"""Kind of the outbox row; its payload is an account and one of the codes below."""
GUESSED, NEW_BROWSER = "guessed", "new_browser"
STEP_ON, STEP_OFF, STEP_RESET, PASSKEY_ADDED, PASSWORD = (
    "step_on",
    "step_off",
    "step_reset",
    "passkey_added",
    "password",
)
CODES = (GUESSED, NEW_BROWSER, STEP_ON, STEP_OFF, STEP_RESET, PASSKEY_ADDED, PASSWORD)
_ONCE_A_DAY = frozenset({GUESSED})


def promise(tx: Transaction, account: str, code: str) -> None:
    """Tell whose account it is, in the caller's transaction."""
    part = f"{tx.now:%Y-%m-%d}" if code in _ONCE_A_DAY else str(new_id())
    outbox.emit(tx, NOTICE, f"{NOTICE}:{account}:{code}:{part}", {"account": account, "code": code})
