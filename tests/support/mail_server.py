"""Where do the mails of a test go? To a real SMTP server on a free port of this machine."""

from __future__ import annotations

import contextlib
import socketserver
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes
from types import TracebackType


@dataclass
class MailServer:
    """Keeps every mail it accepts. ``answers`` gives the reply to DATA of the next mails (then 250 again); ``pause_s``
    widens the moment between keeping a mail and saying so."""

    mails: list[bytes] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    pause_s: float = 0.0

    def __enter__(self) -> MailServer:
        owner = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(ConnectionError):  # a client may be killed while it talks
                    owner.talk(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """What MEERNET_MAIL_URL would be."""
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    @property
    def message_ids(self) -> list[str]:
        """The Message-ID of every mail, in order of arrival."""
        return [str(message_from_bytes(mail)["Message-ID"]) for mail in list(self.mails)]

    def talk(self, session: socketserver.StreamRequestHandler) -> None:
        """One conversation, as little of the protocol as a client needs."""
        session.wfile.write(b"220 test\r\n")
        while line := session.rfile.readline():
            command = line[:4].upper()
            if command == b"QUIT":
                session.wfile.write(b"221 bye\r\n")
                return
            if command == b"DATA":
                session.wfile.write(b"354 go on\r\n")
                session.wfile.write(self._accept(self._read(session)))
            elif command == b"RCPT" and b"unknown@" in line:
                session.wfile.write(b"550 no such user\r\n")
            else:
                session.wfile.write(b"250 ok\r\n")

    def _read(self, session: socketserver.StreamRequestHandler) -> bytes:
        lines: list[bytes] = []
        while (line := session.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _accept(self, mail: bytes) -> bytes:
        answer = self.answers.pop(0) if self.answers else "250 kept"
        if answer.startswith("2"):
            self.mails.append(mail)
            time.sleep(self.pause_s)
        return answer.encode() + b"\r\n"
