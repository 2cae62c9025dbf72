"""What is kept of a form that belongs to nobody?"""

from __future__ import annotations

from dataclasses import dataclass

from app.definitions.model.source import NOWHERE, Span

LEAST = 5
"""Fewer sheets than this are never released: what is small points at somebody."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """``keeps``: the ids of the fields that say where a sheet belongs, all there is to tell sheets apart by. Sheets
    wait together until ``at_least`` of them have the same answer to ``per``; only then may a report read them."""

    keeps: tuple[str, ...]
    per: str
    at_least: int = LEAST
    span: Span = NOWHERE
