"""Prepare the database: migrate it, publish the shipped definitions and, in the demo, make Zandlede."""

from __future__ import annotations

import argparse

from app.config import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Everything it needs is in the settings."""


def run(_args: argparse.Namespace, settings: Settings) -> int:
    """Bring the database up to this version; does nothing the second time."""
    from app.factory import create_app
    from app.services.setup import prepare

    prepare(create_app(settings), demo=settings.environment == "demo")
    return 0
