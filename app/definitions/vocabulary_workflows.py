"""Which keys may an author write in workflows, contact points and staffing files?

The other half of ``vocabulary.py``; importing it completes ``NODES``.
"""

from __future__ import annotations

from app.definitions import (
    vocabulary_campaigns,  # noqa: F401 - registers its nodes
    vocabulary_collecting,  # noqa: F401 - registers its nodes
    vocabulary_reports,  # noqa: F401 - completes NODES
)
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
node("deadline_date", must("date", K.EXPRESSION, K.TEXTS), key("before", K.DURATION), key("or", K.DURATION))
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
    must("deadline", K.DEADLINE, K.NODE, of="deadline_date"),
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
node(
    "every",
    must("period", K.DURATION),
    must("task", K.TEXT),
    must("deadline", K.DEADLINE),
    key("remind", K.TEXTS),
    key("escalate", K.NODES, of="escalation"),
)
node("reasons", key("list", K.ID), key("only", K.IDS))
node("reason_each", must("of", K.TEXT), key("if", K.CONDITION))
node("round", key("at_least", K.COUNT), key("compare", K.IDS))
node(
    "ask",
    must("ask", K.ID),
    must("label", K.TEXT),
    must("form", K.ID),
    must("to", K.TEXT),
    key("each", K.TEXT),
    key("by", K.TEXT, choices=("link", "task")),
    key("if", K.CONDITION),
    key("shows", K.IDS),
    must("deadline", K.DEADLINE, K.NODE, of="deadline_date"),
    key("because", K.TEXT),
    key("remind", K.TEXTS),
    key("groups", K.WORDS),
    key("round", K.NODE, of="round"),
    key("prefills", K.NODES, of="prefill"),
)
node(
    "withdrawn",
    must("of", K.TEXTS),
    must("task", K.TEXT),
    must("deadline", K.DEADLINE, K.NODE, of="deadline_date"),
    key("because", K.TEXT),
    key("remind", K.TEXTS),
    key("escalate", K.NODES, of="escalation"),
)
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
    key("asks", K.NODE, K.NODES, of="ask"),
    key("every", K.NODE, K.NODES, of="every"),
    key("withdrawn", K.NODE, K.NODES, of="withdrawn"),
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
    key("sessions", K.NODE, of="sessions"),
    key("links", K.NODES, of="link"),
    key("collects", K.NODE, of="collects"),
    key("tags", K.NODE, of="tags"),
)
node("link", must("field", K.TEXT), key("as", K.TEXT, choices=("child", "parent")), key("presses", K.WORDS))
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
node(
    "sessions",
    must("registers", K.ID),
    must("by", K.ID),
    must("date", K.ID),
    must("place", K.ID),
    must("open", K.NODE, of="session_open"),
    key("time", K.ID),
    key("places", K.ID),
    key("shows", K.IDS),
    key("full", K.NODE, of="session_full"),
    key("lists", K.NAMED, of="session_list"),
    key("attendance", K.NODE, of="session_attendance"),
    key("regulars", K.NODE, of="session_regulars"),
    key("held", K.NODE, of="session_reached"),
    key("cancelled", K.NODE, of="session_reached"),
    key("closed", K.NODE, of="session_reached"),
    key("roster", K.NODE, of="session_roster"),
    key("remind", K.NODE, of="session_remind"),
)
node("session_open", must("in", K.IDS), key("until", K.ID))
node("session_full", must("press", K.ID), must("moves_up", K.ID))
node("session_list", key("label", K.TEXT), key("if", K.CONDITION), key("count", K.TEXT), key("shows", K.TEXTS),
     key("audience", K.TEXTS, choices=ROLES))  # fmt: skip
node(
    "session_attendance",
    must("present", K.ID),
    must("absent", K.ID),
    key("buttons", K.IDS),
    key("new", K.TEXTS),
)
node("session_regulars", must("came", K.TEXT), must("missed", K.COUNT), must("task", K.TEXT),
     must("deadline", K.DURATION), key("if", K.CONDITION))  # fmt: skip
node("session_reached", must("in", K.IDS), key("press", K.ID))
node("session_remind", must("press", K.ID), must("before", K.DURATION))
node("session_roster", must("rows", K.ID), must("who", K.ID), key("does", K.ID))
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

FILE_KINDS = ("form", "workflow", "block", "list", "contact_points", "staffing", "campaign", "report")
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
