"""How can what somebody looks for stand in an address that servers and browsers write down? Sealed, for them alone."""

from __future__ import annotations

import base64
import binascii

from app.engine.policy import Actor
from app.services.errors import NotFound
from app.storage.database import transaction
from app.storage.sealing import CannotOpen


def sealed(actor: Actor, text: str) -> str:
    """``text`` for an address."""
    with transaction(actor.municipality, readonly=True) as tx:
        kept = tx.sealer.seal(("search", actor.account, "text"), text.encode())
    return base64.urlsafe_b64encode(kept).decode().rstrip("=")


def opened(actor: Actor, words: str) -> str:
    """The text again. Raises NotFound for what was not sealed for this person."""
    try:
        kept = base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))
        with transaction(actor.municipality, readonly=True) as tx:
            return tx.sealer.open(("search", actor.account, "text"), kept).decode()
    except (CannotOpen, binascii.Error, ValueError) as error:
        raise NotFound from error
