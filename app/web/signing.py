"""With which secrets does a page sign what comes back to it?

With the newest; what an older one signed still counts as long as the installation names it. So a change of the secret
takes nothing away from who is typing.
"""

from __future__ import annotations

from flask import current_app


def accepted() -> tuple[str, ...]:
    """The secrets, the oldest first: the order in which itsdangerous takes them. The last one signs."""
    older: tuple[str, ...] = current_app.config.get("OLDER_SECRET_KEYS", ())
    return (*older, str(current_app.secret_key))
