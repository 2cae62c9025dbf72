"""Somebody who sends cards, to be killed: ``python -m tests.chaos.run_sender``; what it needs is in ``CHAOS``.

Reads tokens, one a line; says a token and the number of its card once the product has acknowledged it.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime

from app.storage import clock
from tests.support.bound import bound
from tests.support.town import send_card


def main() -> int:
    """Send a card for every token."""
    asked = json.loads(os.environ["CHAOS"])
    with bound(asked["database"]), clock.stopped_at(datetime.fromisoformat(asked["sent_at"])):
        for line in sys.stdin:
            token = line.strip()
            sys.stdout.write(f"{token} {send_card(token).number}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
