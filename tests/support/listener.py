"""A server with TLS for the tests of one module; a ``conftest.py`` that imports these gives them to its folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.receiver import HOST
from tests.support.tls_server import Listener, Papers, listening, papers


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """Certificates for the host of receivers, and for this machine."""
    return papers(tmp_path_factory.mktemp("tls"), HOST, "localhost")


@pytest.fixture(scope="module")
def server(made: Papers) -> Iterator[Listener]:
    """It remembers what it is asked; who changes its answer puts that back."""
    with listening(made) as listener:
        yield listener
