"""Which keys may an author write in workflows, contact points and staffing files?

The other half of ``vocabulary.py``; importing it completes ``NODES``.
"""

from __future__ import annotations

from app.definitions.vocabulary import NODES, ROLES, K, key, must, node

REACHED_BY_MESSAGE = (
    "referrer",
    "resident",
    "holder",
    "substitute",
    "owner",
    "volunteer",
    "partner",
    *ROLES[6:9],
    "dpo",
)
ESCALATION_ROLES = ("substitute", "owner", "coordinator", "team_lead", "head_of_service", "dpo")
EFFECTS = ("block_content", "recall_links", "stop_messages", "merge", "cancel_tasks", "invite_partner")
SHOWN_AS = ("ontvangen", "bekeken", "bezig", "klaar")
MEANS = (
    "solved", "informed", "referred_accepted", "right_granted", "linked_informal", "declined", "unreachable", "moved",
    "deceased", "admitted", "no_offer", "wrong_target", "duplicate", "consent_withdrawn",
)  # fmt: skip

WAYS = ("by_phone", "by_text_message", "by_mail", "by_letter", "by_visit")
"""How somebody is best reached: what the options of a field with ``means: resident.preference`` mean."""

node("escalation", must("after", K.DURATION), must("to", K.ID))
node("deadline_date", must("date", K.EXPRESSION), key("or", K.DURATION))
node(
    "route_rule",
    key("if", K.CONDITION),
    key("to", K.TEXT),
    key("keep", K.TEXT, choices=("contact_person",)),
    key("unless", K.CONDITION),
    key("match", K.EXPRESSION),
    key("otherwise", K.ID),
    key("deadline", K.DEADLINE, K.NODE, of="deadline_date"),
    key("because", K.TEXT),
    key("escalate", K.NODES, of="escalation"),
)
node(
    "also_rule",
    key("each", K.TEXT),
    key("if", K.CONDITION),
    key("to", K.TEXT),
    key("task", K.TEXT),
    key("deadline", K.DEADLINE, K.NODE, of="deadline_date"),
    key("because", K.TEXT),
    key("remind", K.TEXTS),
    key("escalate", K.NODES, of="escalation"),
    key("case", K.ID),
    key("carry", K.IDS),
    key("print", K.ID),
    key("consent", K.CONDITION),
    key("partner", K.TEXT),
)
node(
    "limit",
    must("limit", K.ID),
    must("until", K.ID),
    must("deadline", K.DEADLINE),
    key("label", K.TEXT),
    key("statutory", K.FLAG),
    key("remind", K.TEXTS),
    key("escalate", K.NODES, of="escalation"),
)
node("feedback", key("to", K.ID), must("message", K.ID), key("if", K.CONDITION))
node("again", must("at_most", K.COUNT), must("then", K.ID), key("not_before", K.DURATION),
     key("other", K.TEXT, choices=("part_of_day",)))  # fmt: skip
node("need", must("if", K.CONDITION), must("message", K.TEXT))
node(
    "action",
    must("label", K.TEXT),
    key("help", K.TEXT),
    key("to", K.ID),
    key("form", K.ID),
    key("open_form", K.ID),
    key("fills", K.WORDS),
    key("marks", K.IDS),
    key("feedback", K.NODE, K.NODES, of="feedback"),
    key("again", K.NODE, of="again"),
    key("by", K.IDS),
    key("does", K.TEXTS, choices=EFFECTS),
    key("needs", K.NODES, of="need"),
    key("reason", K.FLAG),
)
node("auto", key("if", K.CONDITION), key("after", K.DURATION), key("to", K.ID), key("otherwise", K.ID))
node("every", must("period", K.DURATION), must("task", K.TEXT), must("deadline", K.DEADLINE))
node("reasons", key("list", K.ID), key("only", K.IDS))
node("reason_each", must("of", K.TEXT), key("if", K.CONDITION))
node(
    "state",
    must("label", K.TEXT),
    key("shown_as", K.TEXT, choices=SHOWN_AS),
    key("task", K.TEXT),
    key("deadline", K.DEADLINE, K.NODE, of="deadline_date"),
    key("because", K.TEXT),
    key("remind", K.TEXTS),
    key("escalate", K.NODES, of="escalation"),
    key("actions", K.NAMED, of="action"),
    key("auto", K.NODES, of="auto"),
    key("every", K.NODE, K.NODES, of="every"),
    key("end", K.FLAG),
    key("reasons", K.NODE, K.NODES, K.WORDS, K.TEXTS, of="reasons"),
    key("reason_each", K.NODE, of="reason_each"),
    key("on_entry", K.NODE, K.NODES, of="feedback"),
    key("reopen", K.NODE, of="reopen"),
)
node("reopen", must("within", K.DURATION), must("to", K.ID))
node("message", key("to", K.ID), must("text", K.TEXT), key("subject", K.TEXT))
node(
    "workflow",
    must("workflow", K.ID),
    must("title", K.TEXT),
    key("forms", K.IDS),
    must("start", K.ID),
    must("states", K.NAMED, of="state"),
    key("route", K.NODES, of="route_rule"),
    key("also", K.NODES, of="also_rule"),
    key("limits", K.NODES, of="limit"),
    key("messages", K.NAMED, of="message"),
    key("anywhere", K.NAMED, of="action"),
    key("not_to", K.TEXT),
    key("receipt", K.NODE, K.NODES, of="feedback"),
    key("number", K.TEXT),
    key("matching", K.NODE, of="matching"),
)
node(
    "matching",
    must("with", K.ID),
    must("states", K.IDS),
    must("when", K.IDS),
    must("propose", K.ID),
    must("score", K.NODES, of="score_part"),
    key("exclude", K.NODES, of="exclusion"),
    key("shows", K.IDS),
    key("places", K.ID),
    key("fills", K.WORDS),
    key("sensitive", K.IDS),
    key("at_most", K.COUNT),
)
node("exclusion", must("if", K.CONDITION), must("because", K.TEXT))
node(
    "score_part",
    key("overlap", K.ID),
    key("times", K.ID),
    key("distance", K.ID),
    key("covers", K.ID),
    key("if", K.CONDITION),
    key("of", K.ID),
    key("weight", K.COUNT),
    key("says", K.TEXT),
    key("lacks", K.TEXT),
)
node(
    "contact_point",
    must("label", K.TEXT),
    key("per", K.TEXT, choices=("municipality", "neighbourhood", "roster")),
    key("group", K.FLAG),
    key("claim", K.DURATION),
    key("partner", K.FLAG),
    key("owner", K.ID),
    key("restricted", K.FLAG),
    key("controller", K.ID),
)
node("contact_points", must("contact_points", K.NAMED, of="contact_point"))

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
node(
    "worker",
    must("name", K.TEXT),
    key("phone", K.TEXT),
    key("email", K.TEXT),
    must("roles", K.TEXTS, choices=ROLES),
    key("functions", K.IDS),
    key("weekdays", K.TEXTS, choices=WEEKDAYS),
    key("active", K.FLAG),
    key("controller", K.ID),
)
node("holding", must("holder", K.ID), key("substitutes", K.IDS), key("owner", K.ID))
node("duty", must("from", K.TEXT), must("until", K.TEXT), must("who", K.ID))
node("absence", must("who", K.ID), must("from", K.TEXT), must("until", K.TEXT), key("replaced_by", K.ID))
node("closing_day", must("day", K.TEXT), key("from", K.TEXT), key("label", K.TEXT))
node(
    "staffing",
    must("staffing", K.ID),
    key("title", K.TEXT),
    must("neighbourhoods", K.WORDS),
    must("people", K.NAMED, of="worker"),
    must("holders", K.FREE),
    key("rosters", K.FREE),
    key("absences", K.NODES, of="absence"),
    key("closing_days", K.NODES, of="closing_day"),
)

FILE_KINDS = ("form", "workflow", "block", "list", "contact_points", "staffing")
"""The first key of a file tells its kind; each is also the name of its node."""

__all__ = [
    "EFFECTS",
    "ESCALATION_ROLES",
    "FILE_KINDS",
    "MEANS",
    "NODES",
    "REACHED_BY_MESSAGE",
    "SHOWN_AS",
    "WAYS",
    "WEEKDAYS",
]
