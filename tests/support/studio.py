"""How does a test change definitions as an administrator does: in the working copy, then published?"""

from __future__ import annotations

from app.engine.policy import Actor
from app.services.definitions import definition_drafts, publish_drafts
from app.services.definitions.definition_drafts import OpenText
from app.services.definitions.publish_definitions import PublishResult
from app.services.definitions.publish_drafts import Choice


def edit(actor: Actor, path: str, old: str, new: str) -> OpenText:
    """Replace words of a file in the working copy; they must be there."""
    opened = definition_drafts.open_text(actor, path)
    assert old in opened.text, f"{old!r} is not in {path}"
    return definition_drafts.save(actor, path, opened.text.replace(old, new, 1), opened.seen)


def publish(
    actor: Actor, *paths: str, hold: frozenset[str] = frozenset(), along: frozenset[str] = frozenset()
) -> PublishResult:
    """Review and publish the working copy, or only these files of it; it must be accepted."""
    wanted = Choice(frozenset(paths) if paths else None, hold, along)
    token = publish_drafts.review(actor, wanted).token
    result = publish_drafts.publish(
        actor, Choice(wanted.paths, wanted.hold, wanted.along, token, note="getest")
    )
    assert not result.refused, result.problems[:3]
    return result
