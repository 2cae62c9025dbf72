"""Does somebody without an account send far too much? Counted in the database, so that no restart opens the gate.

Generous on purpose: a true referral is never lost to it, its sender is asked to wait and keeps what was typed.
"""

from __future__ import annotations

import ipaddress

from app.engine.policy import Actor
from app.services.errors import Invalid
from app.storage.database import Transaction
from app.storage.repositories import sending_rows

TOO_MANY = "sent_too_many"


def count(tx: Transaction, actor: Actor, *, link: str, origin: str) -> None:
    """Count one sending, per link and per origin. Raises Invalid (``sent_too_many``); staff are never counted."""
    if actor.account:
        return
    network = network_of(origin)
    wanted = [f"link:{link}"] if link else []
    wanted += [f"origin:{network}"] if network else []
    counted = [sending_rows.count_one(tx, who) for who in wanted]
    if not all(counted):
        raise Invalid(TOO_MANY, minutes=str(sending_rows.WINDOW.seconds // 60))


def network_of(origin: str) -> str:
    """What one sender can hardly change: an IPv4 address, the first 64 bits of an IPv6 one; empty for anything else."""
    try:
        address = ipaddress.ip_address(origin)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
