"""What may a worker run?

RQ imports whatever dotted name a job carries, whatever the serializer: somebody who can write to Redis could run
anything. This class runs the named jobs of this room and nothing else, and knows no callbacks and no webhooks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rq.job import Job

ALLOWED = frozenset({"app.jobs.tasks.deliver"})


class ForeignJob(Exception):
    """A job names something that is not ours."""


class SafeJob(Job):
    """Only functions of ``ALLOWED``."""

    @property
    def func(self) -> Callable[..., Any]:
        """The function to run. Raises ``ForeignJob``."""
        if self.instance is not None or self.func_name not in ALLOWED:
            raise ForeignJob
        function: Callable[..., Any] = super().func
        return function

    @property
    def success_callback(self) -> None:
        """None: a callback is a dotted name too."""
        return

    @property
    def failure_callback(self) -> None:
        """None."""
        return

    @property
    def stopped_callback(self) -> None:
        """None."""
        return

    def send_webhooks(self, *_args: object, **_kwargs: object) -> None:
        """Nothing leaves the house from here."""
