"""Who works in an exercise? Invented people, one for every contact point and every leading role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.engine.made_up_people import MadeUp, made_up
from app.engine.model.people import Holding
from app.engine.policy import Actor
from app.services.access import accounts, passwords
from app.services.access.accounts import NewAccount
from app.services.definitions import catalogs
from app.services.staff import real_people
from app.storage.database import Transaction, transaction
from app.storage.repositories import account_rows, staffing_rows

LEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("onthaal", ("reception", "contact")),
    ("diensthoofd", ("head_of_service", "coordinator")),
    ("teamverantwoordelijke", ("team_lead", "contact")),
    ("beheer", ("form_admin", "system_admin")),
    ("dpo", ("dpo",)),
    ("beleid", ("policy",)),
)
"""Name in the list, and roles."""
CARRIES = ("contact",)


@dataclass(frozen=True, slots=True)
class Trainee:
    """An account people practise with; ``holds`` are the labels of contact points."""

    name: str
    email: str
    roles: tuple[str, ...]
    holds: tuple[str, ...] = ()


def make(operator: Actor, password: str) -> tuple[Trainee, ...]:
    """Make them, or give those who are there already ``password``; who holds what is set anew.

    Raises ``Forbidden`` anywhere but in an exercise or the demo.
    """
    real_people.demand_invented(operator.municipality)
    points = catalogs.live(operator.municipality).contact_points
    wanted = list(_wanted(operator.municipality, tuple(points)))
    hashed = passwords.kept(password)
    with transaction(operator.municipality) as tx:
        known = staffing_rows.account_keys(tx)
    for key, who, roles in wanted:
        if key not in known:
            new = NewAccount(
                who.whole_name, who.email(operator.municipality), roles, key=key, phone=who.phone
            )
            known[key] = accounts.create(operator, new)
    with transaction(operator.municipality) as tx:
        for key, _, roles in wanted:
            account_rows.update(tx, known[key], password=hashed, active=True, roles=sorted(roles))
        _hold(tx, known, tuple(points))
        account_rows.staff_changed(tx)
    labels = {f"punt_{ref}": point.label for ref, point in points.items()}
    return tuple(
        Trainee(
            who.whole_name, who.email(operator.municipality), roles, (labels[key],) if key in labels else ()
        )
        for key, who, roles in wanted
    )


def _wanted(municipality: str, points: tuple[str, ...]) -> Iterator[tuple[str, MadeUp, tuple[str, ...]]]:
    start = sum(municipality.encode()) % 100
    keys = [*LEADS, *((f"punt_{ref}", CARRIES) for ref in sorted(points))]
    for number, (key, roles) in enumerate(keys, start=start):
        yield key, made_up(number), roles


def _hold(tx: Transaction, known: dict[str, str], points: tuple[str, ...]) -> None:
    for ref in points:
        others = (known["teamverantwoordelijke"],)
        staffing_rows.put_holding(tx, Holding(ref, "", known[f"punt_{ref}"], others, known["diensthoofd"]))
