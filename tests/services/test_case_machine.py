"""A short form of ``make machines``: random lives of cases over services and database."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machines.together import Together
from tests.support.databases import Templates


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_every_case_keeps_its_promises_whatever_is_done(database_templates: Templates) -> None:
    class Here(Together):
        templates = database_templates

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=6 if database_templates.server.kind == "sqlite" else 2,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
