"""Was this very form sent before? A double click, a sending once more over a bad line, the button back.

A page that makes something carries a token of its own. The token is taken in the transaction of what is made: it
stands once, also when both presses arrive in the same moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from app.engine.policy import Actor
from app.services.errors import Conflict
from app.storage import json_codec
from app.storage.database import Transaction
from app.storage.repositories import token_rows

SENT_OTHER = "sent_other"


def first(tx: Transaction, actor: Actor, token: str, *body: object) -> Mapping[str, Any] | None:
    """What ``token`` gave when it came before; ``None`` when it did not (or is empty): then go on, and tell ``gave``.

    ``body`` is what was sent, plain values; kept as a keyed hash only. Raises ``Conflict`` (``sent_other``) when the
    token came with something else, or with somebody else.
    """
    if not token:
        return None
    hashed = body_hash(tx, actor.account, *body)
    if token_rows.keep(tx, token=token, body_hash=hashed, account=actor.account, result={}):
        return None
    used = token_rows.find(tx, token)
    if used is None or used.body_hash != hashed:
        raise Conflict(SENT_OTHER)
    return used.result


def body_hash(tx: Transaction, *parts: object) -> str:
    """The same for the same request (hex). Keyed: a copy of the database tells nobody whether a guess is right."""
    return tx.sealer.index("form_token", json_codec.canonical(list(parts)).decode())


def is_same(tx: Transaction, kept: str, *parts: object) -> bool:
    """Whether ``kept`` came with the same request; also as it was written before it was keyed."""
    bare = hashlib.sha256(json_codec.canonical(list(parts))).hexdigest()
    return kept in (body_hash(tx, *parts), bare)


def gave(tx: Transaction, token: str, **result: str) -> None:
    """Keep what was made (ids only), for who sends it again."""
    if token:
        token_rows.put_result(tx, token, result)
