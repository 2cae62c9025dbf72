"""How does the staffing look after one change? Copies only: nothing here touches what is live."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from app.engine.model.people import Absence, AccountId, Duty, Holding, Staffing, Worker


def with_worker(staffing: Staffing, worker: Worker) -> Staffing:
    """Somebody new, or the same person with other properties."""
    return replace(staffing, workers=MappingProxyType({**staffing.workers, worker.id: worker}))


def with_holding(staffing: Staffing, holding: Holding) -> Staffing:
    """Another holding for a contact point and neighbourhood, whoever held it."""
    return _held(staffing, holding.contact_point, holding.neighbourhood, (holding,))


def without_holding(staffing: Staffing, point: str, neighbourhood: str) -> Staffing:
    """Nobody of its own any more: the municipal default answers there."""
    return _held(staffing, point, neighbourhood, ())


def _held(staffing: Staffing, point: str, place: str, fresh: tuple[Holding, ...]) -> Staffing:
    others = tuple(
        item for item in staffing.holdings if (item.contact_point, item.neighbourhood) != (point, place)
    )
    return replace(staffing, holdings=others + fresh)


def with_duties(staffing: Staffing, point: str, duties: Iterable[Duty]) -> Staffing:
    """Another roster for one contact point."""
    others = tuple(item for item in staffing.duties if item.contact_point != point)
    return replace(staffing, duties=others + tuple(duties))


def with_absence(staffing: Staffing, absence: Absence) -> Staffing:
    """One absence more."""
    return replace(staffing, absences=(*staffing.absences, absence))


def without_absence(staffing: Staffing, absence: Absence) -> Staffing:
    """One absence fewer."""
    kept = list(staffing.absences)
    if absence in kept:
        kept.remove(absence)
    return replace(staffing, absences=tuple(kept))


def out_of_sight(staffing: Staffing, account: AccountId) -> Staffing:
    """Nobody's substitute and nobody's replacement any more; what they hold themselves stays as it is."""
    holdings = tuple(
        replace(item, substitutes=tuple(name for name in item.substitutes if name != account))
        for item in staffing.holdings
    )
    absences = tuple(
        replace(item, replacement="") if item.replacement == account else item for item in staffing.absences
    )
    return replace(staffing, holdings=holdings, absences=absences)
