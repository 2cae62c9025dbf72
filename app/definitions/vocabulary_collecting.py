"""Which keys may an author write about what is collected for a case, and about what an answer starts with?"""

from __future__ import annotations

from app.definitions.vocabulary import K, key, must, node

node(
    "collects",
    must("collect", K.ID),
    must("form", K.ID),
    must("in", K.IDS),
    must("ready", K.IDS),
    must("released", K.IDS),
    key("same", K.WORDS),
    key("since", K.ID),
    key("until", K.ID),
    key("target", K.NODE, of="collect_target"),
    key("adds", K.IDS),
    key("quotes", K.IDS),
    key("release", K.COUNT),
)
node("collect_target", must("per", K.ID), must("n", K.TEXT))
node(
    "prefill",
    must("field", K.TEXT),
    must("of", K.ID),
    must("in", K.IDS),
    must("says", K.ID),
    key("same", K.WORDS),
    key("per", K.ID),
)
