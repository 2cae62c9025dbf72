"""A short form of ``python -m tests.machines --pairs``: two at once, and exactly one wins."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.machines.pairs import ALL


@pytest.mark.slow
@pytest.mark.parametrize("what", list(ALL))
def test_two_at_once_never_lose_anything(town: Flask, what: str) -> None:
    do, full = ALL[what]
    assert do(town, max(2, full // 40))
