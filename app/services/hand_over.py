"""How does a case get another responsible person?"""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.policy import Actor
from app.services.act_on_case import ActOutcome


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a case or task can go to, with what they have on their plate."""

    account: str
    name: str
    open_tasks: int
    absent: bool = False
    suggested: bool = False


def candidates(actor: Actor, case_id: str) -> tuple[Candidate, ...]:
    """Whom this case could go to: substitutes and the next rule's choice first, then other contact persons."""
    raise NotImplementedError


def hand_over(actor: Actor, case_id: str, *, to: str, reason: str, version: int) -> ActOutcome:
    """Give the case and its open main tasks to account ``to``. A reason is needed (Invalid without one)."""
    raise NotImplementedError


def take_over(actor: Actor, case_id: str, *, reason: str, version: int) -> ActOutcome:
    """Become the responsible person yourself: for a substitute, a team lead or head of service."""
    raise NotImplementedError


def reassign(actor: Actor, task_ids: tuple[str, ...], *, to: str, reason: str) -> int:
    """Coordinator: give the cases of these tasks to ``to``; how many moved. One transaction."""
    raise NotImplementedError
