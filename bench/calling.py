"""How is one request made again and again without paying for the client? Its environ is built once, called directly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, EnvironBuilder


class Unexpected(Exception):
    """The application answered something else than is being measured."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request that is ready to be made; ``expected`` is the status it must be answered with."""

    app: Flask
    environ: dict[str, Any]
    body: bytes
    expected: str

    def __call__(self) -> bytes:
        """Make it, whole WSGI application included; the bytes of the answer."""
        got: list[str] = []
        environ = self.environ | {"wsgi.input": BytesIO(self.body)}

        def begin(status: str, _headers: object, _error: object = None, /) -> Callable[[bytes], object]:
            got.append(status)
            return str  # nobody writes this way any more

        answer: Iterable[bytes] = self.app(environ, begin)
        content = b"".join(answer)
        close = getattr(answer, "close", None)
        if close:
            close()
        if not got[0].startswith(self.expected):
            raise Unexpected(
                f"{self.environ['PATH_INFO']}: {got[0]}, not {self.expected}: {content[:2000]!r}"
            )
        return content


class Browser:
    """Somebody with cookies; ``client`` is for what is not timed."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = Client(app)

    def get(self, path: str) -> str:
        """A page, not timed."""
        answer = self.client.get(path)
        if answer.status_code != 200:
            raise Unexpected(f"{path}: {answer.status}")
        return answer.text

    def getting(self, path: str) -> Call:
        """A GET to be timed."""
        return self._call(EnvironBuilder(path=path), "200")

    def posting(
        self, path: str, inputs: Sequence[tuple[str, str]], *, enctype: str, expected: str = "302"
    ) -> Call:
        """A POST to be timed, written as the page asks."""
        posted: MultiDict[str, Any] = MultiDict(inputs)
        builder = EnvironBuilder(path=path, method="POST", data=posted, content_type=enctype)
        return self._call(builder, expected)

    def _call(self, builder: EnvironBuilder, expected: str) -> Call:
        try:
            environ = builder.get_environ()
        finally:
            builder.close()
        body: bytes = environ["wsgi.input"].read()
        cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in _cookies(self.client))
        return Call(self.app, environ | {"HTTP_COOKIE": cookies}, body, expected)


def _cookies(client: Client) -> list[Any]:
    kept: dict[Any, Any] = client._cookies or {}
    return [cookie for cookie in kept.values() if cookie.path == "/"]
