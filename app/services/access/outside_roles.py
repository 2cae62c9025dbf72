"""Which organisation does somebody come from, and which roles here follow from what the provider says? Pure.

In the profile of ACM/IDM a role is ``Role:Org1,Org2``: somebody who works for several organisations has one text for
all, and only what is said of one's own organisation counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.services.access.outside_told import Told

Claims = Mapping[str, Any]


def texts_of(claims: Claims, name: str) -> tuple[str, ...]:
    """The texts of a claim, whether it is one text or a list; nothing of anything else."""
    found = claims.get(name) if name else None
    items = found if isinstance(found, list) else [found]
    return tuple(item for item in items if isinstance(item, str))


def mark_of(told: Told, claims: Claims) -> str:
    """What says who somebody is; empty when it is not there."""
    found = claims.get(told.subject)
    return found if isinstance(found, str) and found.strip() else ""


def fits(told: Told, claims: Claims) -> bool:
    """Whether they come as somebody of this organisation."""
    return not (told.org and told.org_claim) or claims.get(told.org_claim) == told.org


def held(told: Told, claims: Claims) -> frozenset[str]:
    """The roles at the provider that count here."""
    texts = texts_of(claims, told.role_claim)
    if not told.org:
        return frozenset(texts)
    found = (text.partition(":") for text in texts)
    return frozenset(
        name for name, colon, orgs in found if colon and told.org in {org.strip() for org in orgs.split(",")}
    )


def given(told: Told, claims: Claims) -> frozenset[str]:
    """The roles here that follow."""
    mine = held(told, claims)
    return frozenset(role for name, roles in told.roles if name in mine for role in roles)


def after(told: Told, claims: Claims, before: frozenset[str]) -> frozenset[str]:
    """The roles of somebody who had ``before``; what the provider does not give or take stays as it is."""
    return (before - told.managed) | given(told, claims)


def names_organisation(told: Told, claims: Claims) -> bool:
    """Whether anything in the claims names the organisation of ``told``: they may work there too."""
    if not told.org:
        return False
    roles = (text.partition(":")[2].split(",") for text in texts_of(claims, told.role_claim))
    return claims.get(told.org_claim) == told.org or any(
        told.org in {org.strip() for org in orgs} for orgs in roles
    )


def is_strong(told: Told, claims: Claims) -> bool:
    """Whether the provider asked a second step, by the values that the municipality named."""
    said = {*texts_of(claims, "acr"), *texts_of(claims, "amr")}
    return not said.isdisjoint(told.strong)
