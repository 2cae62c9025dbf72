"""Which browser do the journeys drive? Debian's Chromium, through Playwright's protocol and without its downloads."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 20_000
"""How long an expectation waits: a busy machine answers late, and late is not wrong."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(Exception):
    """There is no Chromium on this machine; the text says what to do."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium without a window. Raises ``NoBrowser``."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        raise NoBrowser("no Chromium here: install the package 'chromium' to run the browser tests")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()
