"""Which keys may an author write in a campaign? Importing it completes ``NODES``; ``vocabulary_workflows`` does."""

from __future__ import annotations

from app.definitions.vocabulary import ROLES, K, key, must, node

node(
    "campaign",
    must("campaign", K.ID),
    must("title", K.TEXT),
    key("intro", K.TEXT),
    key("target", K.TEXT),
    must("controller", K.ID),
    key("way", K.TEXT, choices=("phone", "visit")),
    must("sheet", K.ID),
    must("outcome", K.ID),
    must("talk", K.IDS),
    must("list", K.NODE, of="campaign_list"),
    key("opt_outs", K.NODE, of="campaign_opt_outs"),
    must("batches", K.NODE, of="campaign_batches"),
    must("attempts", K.NODE, of="campaign_attempts"),
    key("recurring", K.NODE, of="campaign_recurring"),
    key("letters", K.NAMED, of="campaign_letter"),
    key("fills", K.WORDS),
    key("sets", K.WORDS),
    key("opens", K.IDS),
    key("next_round", K.CONDITION),
    key("asked", K.CONDITION),
    key("period", K.NODE, of="campaign_period"),
)
node(
    "campaign_list",
    must("columns", K.NODES, of="field"),
    must("legal_basis", K.WORDS),
    must("source", K.TEXT),
    must("delete", K.DURATION),
)
node("campaign_opt_outs", key("refused", K.IDS), key("deceased", K.IDS))
node(
    "campaign_batches",
    must("of", K.COUNT),
    must("to", K.TEXTS, choices=ROLES),
    must("sees", K.IDS),
    key("pairs", K.FLAG),
)
node(
    "campaign_attempts",
    must("at_most", K.COUNT),
    must("retry", K.IDS),
    key("not_before", K.DURATION),
    key("other", K.TEXT, choices=("part_of_day",)),
    key("then", K.TEXT, choices=("letter", "visit", "nothing")),
    key("later", K.NODE, of="campaign_later"),
)
node("campaign_later", must("outcome", K.ID), must("on", K.ID), key("part", K.ID))
node(
    "campaign_recurring",
    must("every", K.ID),
    must("periods", K.WORDS),
    key("once", K.IDS),
    key("weeks", K.ID),
    key("same", K.ID),
    key("refusals", K.IDS),
    key("stop_after", K.COUNT),
)
node(
    "campaign_letter",
    must("when", K.TEXT, choices=("before", "after")),
    must("subject", K.TEXT),
    must("text", K.TEXT),
    key("wait", K.DURATION),
)
node("campaign_period", must("from", K.TEXT), must("until", K.TEXT))
