"""What is so grave that who is signed in shows again who they are, when they did so more than ten minutes ago?

One table: endpoint -> why. ``acts.guard`` asks it before the view runs; the page that asks brings back what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FRESH: Mapping[str, str] = MappingProxyType(
    {
        # definitions that run from now on
        "work.publish": "publishing",
        # who may do what
        "staff.add_post": "users",
        "staff.save": "users",
        "staff.reopen": "users",
        "staff.invite": "users",
        "staff.sheet_post": "users",
        "leaving.finish": "users",
        "second_step.reset": "users",
        # what somebody's data are, and that they go
        "terms.approve": "erasure",
        "rights.erase_answer": "erasure",
        "rights.copy_do": "export",
        "rights.copy_pdf": "export",
        "rights.copy_json": "export",
        # somebody reads what is not theirs
        "emergency.answer": "break-glass",
        # one's own keys
        "second_step.begin": "own sign-in",
        "second_step.confirm": "own sign-in",
        "second_step.codes": "own sign-in",
        "second_step.passkey_options": "own sign-in",
        "second_step.add_passkey": "own sign-in",
        "second_step.remove_passkey": "own sign-in",
        # who vouches for people, and who is told of events
        "outside.connect": "own sign-in",
        "outside_settings.save": "keys of all",
        "outside_settings.link": "users",
        "outside_settings.unlink": "users",
        "webhooks.add": "events leave the house",
        "webhooks.rotate": "events leave the house",
        "settings.save_protection": "keys of all",
    }
)


def is_asked(endpoint: str, method: str) -> bool:
    """Whether this request needs somebody who showed a moment ago who they are."""
    return endpoint in FRESH and method != "OPTIONS"
