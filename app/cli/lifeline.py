"""How does a child process learn that the supervisor was killed?

The supervisor holds the writing end of a pipe for as long as it lives; every child is given the reading end. When that
ends, there is nobody left to stop the child, so it stops itself, as on SIGTERM. Works on Linux and macOS alike.
"""

from __future__ import annotations

import os
import signal
import threading

VARIABLE = "MEERNET_LIFELINE"


class Lifeline:
    """The supervisor's end."""

    def __init__(self) -> None:
        self.reader, self._writer = os.pipe()

    @property
    def environment(self) -> dict[str, str]:
        """What a child needs in its environment, beside ``pass_fds=(reader,)``."""
        return {VARIABLE: str(self.reader)}

    def close(self) -> None:
        """Let go: every child that watches ends."""
        os.close(self._writer)
        os.close(self.reader)


def watch() -> None:
    """Stop this process when its supervisor is gone; does nothing in a process that was started by hand."""
    number = os.environ.pop(VARIABLE, "")
    if number:
        threading.Thread(target=_wait, args=(int(number),), name="lifeline", daemon=True).start()


def _wait(descriptor: int) -> None:
    while os.read(descriptor, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
