"""How is a question to others kept, with who is asked, and how do answers come back beside the case?

The mail is promised in the transaction of the decision, each reminder as a row due later: who answered meanwhile gets
none. A link is worked out from a key of the municipality, so that no copy of the database opens a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.definitions.model.asking import Ask
from app.definitions.model.workflows import Workflow
from app.engine import values
from app.engine.model.answers import Answers, Value
from app.engine.model.asking import Asked, AskOthers, StopAsking
from app.services.definitions import catalogs
from app.services.people import partners
from app.storage import ids, outbox
from app.storage.database import Transaction
from app.storage.repositories import ask_rows

ASK_MAIL, ASK_CLOSE = "ask_mail", "ask_close"
INVITE, REMIND = "invite", "remind"
Put = AskOthers | StopAsking


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody who is asked, as the municipality knows them."""

    name: str = ""
    mail: str = ""


def write(tx: Transaction, case: int, effects: Sequence[tuple[Put, Workflow]]) -> list[int]:
    """Lay down what a decision asks, or no longer asks; outbox ids that are due now."""
    wake: list[int] = []
    for effect, workflow in effects:
        if isinstance(effect, StopAsking):
            stop(tx, case, workflow.asks(), effect.asks)
        else:
            wake += _put(tx, case, effect)
    return wake


def _put(tx: Transaction, case: int, effect: AskOthers) -> list[int]:
    key = ask_rows.put(
        tx,
        case,
        effect.ask,
        due_on=effect.due_on,
        closes_at=effect.closes_at,
        remind=effect.remind_at,
    )
    if effect.closes_at is not None:
        name = ids.to_text(key)
        outbox.emit(tx, ASK_CLOSE, f"ask_close:{name}", {"ask": name}, effect.closes_at, case=case)
    wake: list[int] = []
    for one in effect.who:
        reached = Reached(one.name, one.email or _mail_of(tx, one))
        wake += add(tx, case, key, reached, row=one.row, account=one.account, mail=not one.task)[1]
    return wake


def _mail_of(tx: Transaction, one: Asked) -> str:
    """The first address of the people that a partner of the register names."""
    partner = partners.get(tx, one.partner) if one.partner else None
    if partner is None or not partner.active:
        return ""
    return next((person.email for person in partner.people if person.email), "")


def add(
    tx: Transaction,
    case: int,
    ask: int,
    reached: Reached,
    *,
    row: int | None = None,
    group: str = "",
    account: str = "",
    mail: bool = True,
    once: bool = False,
) -> tuple[bool, list[int]]:
    """Ask one more: whether they were not asked already (``once``: by their address), and the outbox ids due now."""
    key = ids.new_id()
    who = who_of(tx, reached.mail) if reached.mail and once else None
    values = {
        "row": row,
        "group": group,
        "sealed": sealed(tx, key, reached),
        "who": who,
        "account": account or None,
        "token_hash": hash_of(token_of(tx, key)),
    }
    if not ask_rows.add(tx, ask, key, values):
        return False, []
    return True, invite(tx, case, ask, key) if mail and reached.mail else []


def who_of(tx: Transaction, mail: str) -> str:
    """The keyed hash by which an address that was invited is known."""
    return tx.sealer.index("ask_person", mail.strip().casefold())


def sealed(tx: Transaction, key: int, reached: Reached) -> bytes:
    """Name and address as they are kept."""
    plain = {"name": reached.name, "mail": reached.mail}
    return tx.sealer.seal_json(("ask_person", key, "sealed"), plain)


def reached(tx: Transaction, person: Mapping[str, Any]) -> Reached:
    """Who is asked; nobody once it was forgotten."""
    if person["sealed"] is None:
        return Reached()
    plain = tx.sealer.open_json(("ask_person", person["id"], "sealed"), person["sealed"])
    return Reached(plain["name"], plain["mail"])


def invite(tx: Transaction, case: int, ask: int, person: int, *, again: str = "") -> list[int]:
    """Promise the mail with the link and each reminder that is still to come; outbox ids due now."""
    name, found = ids.to_text(person), ask_rows.one(tx, ask)
    payload = {"ask_person": name, "what": INVITE}
    first = outbox.emit(tx, ASK_MAIL, f"ask:{name}:{INVITE}{again}", payload, case=case)
    for at in found["remind"] if found is not None else ():
        due = datetime.fromisoformat(at)
        if due > tx.now:
            payload = {"ask_person": name, "what": REMIND}
            outbox.emit(tx, ASK_MAIL, f"ask:{name}:{at}", payload, due, case=case)
    return [first] if first is not None else []


def remind_now(tx: Transaction, case: int, person: int, today: date) -> list[int]:
    """Promise one more reminder, at most one a day; the outbox id, if it is one."""
    name = ids.to_text(person)
    payload = {"ask_person": name, "what": REMIND}
    found = outbox.emit(tx, ASK_MAIL, f"ask:{name}:again:{today.isoformat()}", payload, case=case)
    if found is None:
        return []
    ask_rows.reminded(tx, person)
    return [found]


def stop(tx: Transaction, case: int, known: Mapping[str, Ask], names: Iterable[str]) -> int:
    """No answer is taken any more to these questions; how many were open. Of a round the answers stay, and who was
    asked is forgotten."""
    wanted = frozenset(names)
    put = [row for row in ask_rows.of_case(tx, case) if row["name"] in wanted]
    rounds = [row["id"] for row in put if is_round(known, row["name"])]
    others = [row["id"] for row in put if row["id"] not in rounds]
    count = ask_rows.end(tx, rounds, ask_rows.CLOSED, forget=rounds) if rounds else 0
    count += ask_rows.end(tx, others, ask_rows.WITHDRAWN) if others else 0
    outbox.cancel_kind(tx, case, [ASK_MAIL, ASK_CLOSE])
    return count


def is_round(known: Mapping[str, Ask], name: str) -> bool:
    """Whether a question is one of which answers are counted, never read."""
    found = known.get(name)
    return found is not None and found.round is not None


def beside(tx: Transaction, municipality: str, case: int, workflow: Workflow) -> dict[str, Value]:
    """What conditions know of the questions that were put last: name -> a row for each who was asked."""
    known = workflow.asks()
    if not any(ask.round is None for ask in known.values()):
        return {}
    put = {row["name"]: row for row in ask_rows.of_case(tx, case) if not is_round(known, row["name"])}
    told = answers_of(tx, municipality, [row["id"] for row in put.values()])
    found: dict[str, Value] = {}
    people = ask_rows.people(tx, [row["id"] for row in put.values()])
    for name, row in put.items():
        asked = [item["row"] for item in people if item["ask"] == row["id"] and item["row"] is not None]
        found[name] = tuple(told.get((row["id"], place), {}) for place in asked)
    return found


def answers_of(tx: Transaction, municipality: str, asks: Sequence[int]) -> dict[tuple[int, int], Answers]:
    """The answers with a name, by question and row."""
    return {
        (row["ask"], row["row"]): opened(tx, municipality, row)
        for row in (ask_rows.answers(tx, asks) if asks else ())
        if row["row"] is not None
    }


def keep(tx: Transaction, where: tuple[int, int | None, str], form_version: int, plain: object) -> None:
    """Keep an answer. ``where``: the question, the row (none where answers are counted) and the group."""
    ask, row, group = where
    key = ids.new_id() if row is not None else ask_rows.blind_id()
    sealed = tx.sealer.seal_json(("ask_answer", key, "sealed"), plain)
    ask_rows.answer(tx, ask, row=row, group=group, form_version=form_version, key=key, sealed=sealed)


def opened(tx: Transaction, municipality: str, row: Mapping[str, Any]) -> Answers:
    """One answer as it was given."""
    form = catalogs.cached_form(municipality, row["form_version"])
    plain = tx.sealer.open_json(("ask_answer", row["id"], "sealed"), row["sealed"])
    return values.from_json(form, plain)


def token_of(tx: Transaction, person: int) -> str:
    """What stands in somebody's link: 160 bits, as text for an address."""
    return tx.sealer.index("ask_link", str(person))[:40]


def hash_of(token: str) -> str:
    """What the database knows of a link."""
    return hashlib.sha256(token.encode()).hexdigest()
