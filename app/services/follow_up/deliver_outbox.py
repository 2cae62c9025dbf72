"""How does one outbox row become an effect, once?

Claim, do, done. A failed row goes back with a longer wait each time; after the last attempt it is dead and the
coordinator sees it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping

from app.services.access.notices import NOTICE
from app.services.access.outside_people import ROLES_GONE
from app.services.campaigns import bring_list, destroy_list, fill_list
from app.services.cases import roles_gone, stray_cases
from app.services.cases.announce import EVENT
from app.services.cases.apply_decision import MAIL, TIMER
from app.services.cases.asks import ASK_CLOSE, ASK_MAIL
from app.services.cases.session_links import MOMENT
from app.services.cases.stray_news import STRAYS
from app.services.follow_up import ask_mail, digest, fire_timer, send_mail, webhooks
from app.services.follow_up.fire_timer import LeaseLost
from app.services.follow_up.outgoing import Outgoing, configure
from app.services.gatherings import following
from app.services.moving import migrate_batch, move_deadlines
from app.services.privacy import destroy, proposals
from app.services.reports import nightly, runs
from app.services.safekeeping import histories
from app.services.staff.calendar_news import CALENDAR
from app.storage import outbox
from app.storage.database import transaction
from app.storage.outbox import Leased

__all__ = ["Outgoing", "configure", "deliver"]

_HALF_LEASE_S = outbox.LEASE.total_seconds() / 2
_log = logging.getLogger(__name__)

Handler = Callable[[str, Leased], tuple[int, ...]]
_HANDLERS: Mapping[str, Handler] = {
    TIMER: fire_timer.fire,
    MAIL: send_mail.send_case_mail,
    digest.PLAN: digest.hand_out,
    digest.DIGEST: send_mail.send_digest,
    NOTICE: send_mail.send_account_notice,
    CALENDAR: move_deadlines.carry_out,
    STRAYS: stray_cases.carry_out,
    ROLES_GONE: roles_gone.carry_out,
    ASK_MAIL: send_mail.send_question,
    ASK_CLOSE: ask_mail.close,
    EVENT: webhooks.hand_out,
    MOMENT: following.carry_out,
    webhooks.DELIVER: webhooks.deliver,
    webhooks.PAUSED: send_mail.send_webhook_paused,
    migrate_batch.MIGRATE: migrate_batch.carry_out,
    histories.ANCHOR: histories.write_down,
    histories.ANCHOR_MAIL: send_mail.send_anchor,
    proposals.NIGHTLY: proposals.compose,
    destroy.DESTROY: destroy.carry_out,
    bring_list.FILL: fill_list.carry_out,
    destroy_list.DESTROY: destroy_list.carry_out,
    nightly.CLOSING: nightly.carry_out,
    nightly.FREEZING: nightly.freeze,
    runs.RUN: runs.carry_out,
}


def deliver(municipality: str, outbox_ids: Iterable[int]) -> int:
    """Do these rows if they are due and free; how many were done. Never raises for a row's own failure.

    What becomes due by doing them is left for the next look of the sweep, a second away.
    """
    with transaction(municipality) as tx:
        leased = outbox.claim(tx, list(outbox_ids))
    claimed_at = time.monotonic()
    done = 0
    for row in leased:
        if time.monotonic() - claimed_at > _HALF_LEASE_S and not _extend(municipality, row):
            continue
        done += _one(municipality, row)
    return done


def _one(municipality: str, row: Leased) -> int:
    handler = _HANDLERS.get(row.kind)
    try:
        if handler is None:
            raise LookupError(row.kind)
        handler(municipality, row)
    except LeaseLost:
        return 0
    except Exception as error:
        _log.error("outbox row failed: kind=%s error=%s", row.kind, type(error).__name__)
        with transaction(municipality) as tx:
            outbox.fail(tx, row, type(error).__name__)
        return 0
    return 1


def _extend(municipality: str, row: Leased) -> bool:
    with transaction(municipality) as tx:
        return outbox.extend(tx, row)
