"""What does the table of who may do what say, in words? For one's own account page and for ``docs/toegang.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.engine.access import ANYONE, POLICY, SIGNED_IN, Act, Relation, Relations
from app.texts import say

SEEN = (
    Act.QUEUE_READ,
    Act.CASE_FIND,
    Act.PERSON_FIND,
    Act.CASE_READ,
    Act.CASE_READ_RESTRICTED,
    Act.CASE_READ_WITH_REASON,
    Act.CASE_READ_BLOCKED,
    Act.EMERGENCY_READ,
    Act.OVERVIEW_READ,
    Act.REFERRAL_OWN,
    Act.REPORTS_READ,
    Act.AUDIT_READ,
    Act.DEFINITIONS_READ,
)
"""The acts that show something, in the order in which somebody is told of them."""
OF_RESIDENTS = frozenset(SEEN) - {Act.DEFINITIONS_READ, Act.REPORTS_READ}
_WIDER = ("contact", "coordinator", "neighbourhood", "dpo")


@dataclass(frozen=True, slots=True)
class Line:
    """One act and when it is allowed, in words."""

    what: str
    when: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What one role may see. ``residents``: whether anything of residents is among it."""

    role: str
    lines: tuple[Line, ...]
    residents: bool


def sights(roles: Iterable[str], language: str = "nl") -> tuple[Sight, ...]:
    """What somebody with these roles may see, a role at a time, in the order of the table; functions that a
    municipality adds grant nothing and are not among it."""
    mine = frozenset(roles)
    return tuple(_sight(role, language) for role in POLICY if role in mine)


def whole(language: str = "nl") -> str:
    """The whole table as Markdown."""
    return "\n".join(_page(language)) + "\n"


def _sight(role: str, language: str) -> Sight:
    granted = POLICY[role]
    lines = tuple(_line(act, granted[act], language) for act in SEEN if act in granted)
    return Sight(_role(role, language), lines, bool(OF_RESIDENTS & granted.keys()))


def _line(act: Act, near: Relations, language: str) -> Line:
    return Line(say(f"access.act.{act.replace('.', '_')}", language), _when(near, language))


def _when(near: Relations, language: str) -> str:
    if near == frozenset(Relation):
        return say("access.when.any", language)
    if near >= frozenset(Relation) - {Relation.NONE}:
        return say("access.when.any_thing", language)
    return ", ".join(say(f"access.when.{item}", language) for item in Relation if item in near)


def _role(role: str, language: str) -> str:
    own = role in (ANYONE, SIGNED_IN)
    return say(f"access.role.{role}" if own else f"studio_staff.role.{role}", language)


def _page(language: str) -> Iterator[str]:
    def words(code: str) -> str:
        return say(f"access.page.{code}", language)

    yield from (f"# {words('title')}", "", words("lead"), "", words("how"), "")
    for role, granted in POLICY.items():
        yield from (f"## {_role(role, language)} (`{role}`)", "")
        if not OF_RESIDENTS & granted.keys():
            yield from (words("nothing"), "")
        yield from (f"| {words('what')} | {words('when')} |", "| --- | --- |")
        lines = (_line(act, granted[act], language) for act in Act if act in granted)
        yield from (f"| {line.what} | {line.when} |" for line in lines)
        yield ""
    yield from (
        words("council"),
        "",
        words("restricted"),
        "",
        words("emergency"),
        "",
        f"## {words('wider')}",
        "",
    )
    yield from (f"- {words(f'wider.{code}')}" for code in _WIDER)
