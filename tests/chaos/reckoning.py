"""What was lost, doubled or broken? Counted in the database and at the mail server, against what clients were told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

import sqlalchemy as sa

from app.engine.model.people import World
from app.services.staff import staffing
from app.storage import history, ids, task_counts
from app.storage.database import Transaction, transaction
from app.storage.models import METADATA
from tests.chaos.clients import Crowd, address_of
from tests.chaos.scene import Scene
from tests.support.bound import MUNICIPALITY

RINGS = {"escalated", "no_onlooker", "unclaimed", "limit_over"}
"""Events that only a timer causes, each by one that rings once."""
MOST_DOUBLED = 5 / 1000
_TABLES = METADATA.tables


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found. Everything in ``broken`` must be 0; ``mails_doubled`` below 5 in 1,000 under fire, 0 without."""

    cards: int
    intakes: int
    actions: int
    timers_fired: int
    mails: int
    mails_doubled: int
    broken: dict[str, int]
    met: Counter[str]
    troubles: tuple[str, ...] = ()
    faults: Counter[str] = field(default_factory=Counter)
    seconds: tuple[float, float] = (0.0, 0.0)

    @property
    def events(self) -> int:
        """Submissions and actions that were acknowledged."""
        return self.cards + self.intakes + self.actions

    @property
    def doubles_allowed(self) -> int:
        """Without faults none. Under fire fewer than 5 in 1,000; of a few mails, one."""
        return max(1, int(self.mails * MOST_DOUBLED)) if self.faults else 0

    @property
    def wrong(self) -> list[str]:
        """What was not kept, in words."""
        found = [f"{name}: {count}" for name, count in self.broken.items() if count]
        if self.mails_doubled > self.doubles_allowed:
            found.append(f"mails doubled: {self.mails_doubled} of {self.mails}")
        return [*found, *self.troubles]

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        return not self.wrong


def reckon(
    scene: Scene, crowd: Crowd, *, faults: Counter[str], code: int, seconds: tuple[float, float]
) -> Counts:
    """Count everything."""
    ledger = crowd.ledger
    sent = Counter(scene.mail.message_ids)
    reached = {str(message_from_bytes(mail)["To"]) for mail in list(scene.mail.mails)}
    world = staffing.world(MUNICIPALITY)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        told = _Events(tx)
        rows = _outbox(tx)
        mails = [row for row in rows if row.kind == "mail"]
        broken = {
            **_submissions(tx, crowd),
            **_actions(crowd, told),
            **_timers(crowd, rows, told, scene),
            "mails lost": sum(
                not row.error and not _arrived(row, sent) for row in mails if row.state == "done"
            ),
            "referrers without a mail": sum(not _to(reached, address_of(token)) for token in ledger.cards),
            "promises given up": sum(row.state == "dead" for row in rows),
            "tasks without an assignee": _orphans(tx, world),
            "broken histories": sum(history.verify(tx, case) is not None for case in (*told.streams, None)),
            "counters off": len(task_counts.recount(tx)),
            "workers that ended badly": code,
        }
        if tx.dialect == "sqlite":
            broken["database unsound"] = int(tx.scalar(sa.text("PRAGMA integrity_check")) != "ok")
    return Counts(
        cards=len(ledger.cards),
        intakes=len(ledger.intakes),
        actions=sum(map(len, ledger.actions.values())) + ledger.claims.total(),
        timers_fired=sum(row.kind == "timer" and row.state == "done" for row in rows),
        mails=len(sent),
        mails_doubled=sum(times - 1 for times in sent.values()),
        broken=broken,
        met=crowd.told.met,
        troubles=tuple(ledger.troubles),
        faults=faults,
        seconds=seconds,
    )


class _Events:
    """The history of every case, by code."""

    def __init__(self, tx: Transaction) -> None:
        event = _TABLES["event"].c
        query = sa.select(event.stream, event.code, event.params).where(
            event.municipality == MUNICIPALITY, event.stream != history.OWN_LOG
        )
        self.acted: dict[int, list[str]] = defaultdict(list)
        self.codes: dict[int, Counter[str]] = defaultdict(Counter)
        for stream, code, params in tx.execute(query.order_by(event.stream, event.seq)):
            self.codes[stream][code] += 1
            if code == "acted":
                self.acted[stream].append(params["action"])

    @property
    def streams(self) -> Iterable[int]:
        return self.codes.keys()


def _submissions(tx: Transaction, crowd: Crowd) -> dict[str, int]:
    """Each acknowledged token is one submission with one case of that number; nothing else is there."""
    case, submission = _TABLES["cases"].c, _TABLES["submission"].c
    query = (
        sa.select(submission.token, case.number)
        .join(_TABLES["cases"], case.submission == submission.id)
        .where(submission.municipality == MUNICIPALITY)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for token, number in tx.execute(query):
        found[token].append(number)
    promised = {token: number for token, (number, _) in crowd.ledger.cards.items()} | crowd.ledger.intakes
    return {
        "submissions lost": sum(number not in found.get(token, ()) for token, number in promised.items()),
        "submissions doubled": sum(len(numbers) - 1 for numbers in found.values())
        + len(found.keys() - promised.keys()),
    }


def _actions(crowd: Crowd, told: _Events) -> dict[str, int]:
    """The buttons of each case as its history knows them are those that were acknowledged, in that order."""
    lost, doubled, disordered = 0, 0, 0
    for case in told.streams:
        key = ids.to_text(case)
        promised, found = crowd.ledger.actions.get(key, []), told.acted.get(case, [])
        lost += (Counter(promised) - Counter(found)).total()
        doubled += (Counter(found) - Counter(promised)).total()
        disordered += Counter(promised) == Counter(found) and promised != found
        claims, claimed = crowd.ledger.claims.get(key, 0), told.codes[case]["claimed"]
        lost += max(0, claims - claimed)
        doubled += max(0, claimed - claims)
    return {"actions lost": lost, "actions doubled": doubled, "actions out of order": disordered}


def _timers(crowd: Crowd, rows: list[Any], told: _Events, scene: Scene) -> dict[str, int]:
    """What was due fired; what fired did so once; and cases of a kind that nobody touched all heard the same bells."""
    late = sum(
        row.kind == "timer" and row.state in {"pending", "dead"} and row.due_at <= scene.clock.now
        for row in rows
    )
    rang = Counter(row.case for row in rows if row.kind == "timer" and row.state == "done" and _tells(row))
    heard = {case: sum(codes[code] for code in RINGS) for case, codes in told.codes.items()}
    alone = {case: heard.get(ids.from_text(case), 0) for case in crowd.ledger.untouched}
    usual: Counter[int] = Counter()
    for case, kind in crowd.ledger.untouched.items():
        usual[kind] = max(usual[kind], alone[case], 1)
    return {
        "timers missed": late
        + sum(max(0, rang[case] - heard.get(case, 0)) for case in rang)
        + sum(usual[kind] - alone[case] for case, kind in crowd.ledger.untouched.items()),
        "timers doubled": sum(max(0, bells - rang[case]) for case, bells in heard.items()),
    }


def _tells(row: Any) -> bool:
    """Whether this timer leaves an event of ``RINGS``."""
    return row.payload["kind"] in {"escalate", "limit", "limit_escalate", "claim"}


def _outbox(tx: Transaction) -> list[Any]:
    columns = _TABLES["outbox"].c
    return list(tx.execute(sa.select(*columns).where(columns.municipality == MUNICIPALITY)))


def _arrived(row: Any, sent: Counter[str]) -> bool:
    return any(name.startswith(f"<{row.id}.{MUNICIPALITY}@") for name in (_named(row, sent),))


def _named(row: Any, sent: Counter[str]) -> str:
    host = next(iter(sent), "").partition("@")[2]
    name = f"<{row.id}.{MUNICIPALITY}@{host}"
    return name if name in sent else ""


def _to(reached: set[str], address: str) -> bool:
    return address in reached


def _orphans(tx: Transaction, world: World) -> int:
    """Open tasks that nobody is named for: no assignee, or one who does not work here."""
    task = _TABLES["task"].c
    query = sa.select(task.assignee).where(task.municipality == MUNICIPALITY, task.state == "open")
    return sum(assignee not in world.staffing.workers for (assignee,) in tx.execute(query))
