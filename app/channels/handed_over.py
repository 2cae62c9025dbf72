"""Was this mail handed to the mail server already, although no transaction says so?

Between the server's acceptance and the commit of 'done' a process may die, and on SQLite that moment is as long as the
queue before its one write lock. One empty file per accepted mail, made at once and removed after the commit, tells the
next process on this machine not to send it again. It is a help, never the truth: without the folder mail goes out as
well, at least once.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.channels.mail import Message


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Which mails were accepted and not written down yet; ``folder`` is None where nothing is remembered.

    A file's name is a hash and its content is empty: nothing in the folder tells about anybody. No method raises.
    """

    folder: Path | None = None

    def remember(self, message: Message) -> None:
        """The server took it."""
        if self.folder:
            with suppress(OSError):
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _note(self.folder, message).touch(mode=0o600)

    def knows(self, message: Message) -> bool:
        """Whether a process said so that did not get to write it down."""
        return self.folder is not None and _note(self.folder, message).exists()

    def forget(self, message: Message) -> None:
        """It is written down."""
        if self.folder:
            with suppress(OSError):
                _note(self.folder, message).unlink(missing_ok=True)


def _note(folder: Path, message: Message) -> Path:
    """Over the whole mail and not its key alone: a database put back or begun anew gives the same keys to others."""
    whole = "\n".join((message.key, message.to, message.subject, message.text))
    return folder / sha256(whole.encode()).hexdigest()
