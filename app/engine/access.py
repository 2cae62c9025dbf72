"""Which named acts exist, what can an object be to somebody, and who may do what with it?

The table is the policy: ``domain.md`` section 3.4 as data, role x act x relation. What does not stand in it is denied.
Read a row as "this role may do this act when the object is one of these to them".
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

ANYONE = "anyone"
"""Pseudo-role of every visitor, signed in or not."""
SIGNED_IN = "signed_in"
"""Pseudo-role of everybody with an account."""


class Act(StrEnum):
    """A named act; every route and every service that acts for somebody declares one."""

    PAGE_PUBLIC = "page.public"  # home, sign-in, help, accessibility statement, health probes
    FORM_FILL_PUBLIC = "form.fill.public"
    FORM_FILL_REFERRER = "form.fill.referrer"
    FORM_FILL_RECEPTION = "form.fill.reception"
    FORM_FILL_VOLUNTEER = "form.fill.volunteer"
    RECEIPT_READ = "receipt.read"  # status in four words behind a card number or link
    CASE_OWN = "case.own"  # what a resident sees and asks of their own case, behind number and code
    POST_HANDLE = "post.handle"  # letters to print, post that came back
    DRAFT_OWN = "draft.own"
    QUEUE_READ = "queue.read"
    CASE_FIND = "case.find"  # that a case exists, and its contact person
    PERSON_FIND = "person.find"  # that somebody is known, their contact person, that a case runs
    PERSON_FIND_NATIONAL = "person.find_national"  # by national number; own: a form asks it of their function
    PERSON_MERGE = "person.merge"  # two records are one person, and back
    CASE_READ = "case.read"
    CASE_READ_RESTRICTED = "case.read_restricted"  # a case of a restricted contact point
    CASE_READ_WITH_REASON = "case.read_with_reason"  # content, with a reason, logged
    CASE_READ_BLOCKED = "case.read_blocked"  # content after consent was withdrawn
    CASE_ACT = "case.act"
    CASE_NOTE = "case.note"
    CASE_SHARE = "case.share"
    CASE_KEEP_FROM = "case.keep_from"  # say who may never get a case
    CASE_HAND_OVER = "case.hand_over"
    CASE_TAKE_OVER = "case.take_over"
    CASE_CLAIM = "case.claim"
    TASK_ADD = "task.add"  # a task of one's own making on a case
    TASK_FINISH = "task.finish"
    OVERVIEW_READ = "overview.read"  # age, state and overdue of all cases; no content
    SESSIONS_READ = "sessions.read"  # the calendar of sessions; who registered only for who reads those cases
    SESSIONS_HELP = "sessions.help"  # when one helps, and what is printed for who helps
    REPORTS_READ = "reports.read"
    REPORT_AUDIENCE = "report.audience"  # a report that names one's role; small numbers stay hidden
    FIGURES_EDIT = "figures.edit"  # figures from elsewhere; what those who govern did with a report
    FIGURES_SHARE = "figures.share"  # how figures are released, and with which other municipalities
    DEFINITIONS_READ = "definitions.read"
    DEFINITIONS_EDIT = "definitions.edit"  # drafts: nothing that runs changes
    DEFINITIONS_PUBLISH = "definitions.publish"
    SETTINGS_EDIT = "settings.edit"  # name, logo, villages, sender; opening and pausing a form
    REFERRAL_ANSWER = (
        "referral.answer"  # what a partner was sent, behind link and code or an account; the answer
    )
    ASK_ANSWER = "ask.answer"  # what somebody is asked, behind a link of their own
    REFERRAL_OWN = "referral.own"  # the list of what was sent to one's own organisation
    STAFFING_READ = "staffing.read"
    STAFFING_EDIT = "staffing.edit"
    ABSENCE_OWN = "absence.own"
    CARDS_PRINT = "cards.print"  # cards on paper with a number of their own
    LINKS_EDIT = "links.edit"  # personal links of referrers
    ACCOUNTS_EDIT = "accounts.edit"
    OUTSIDE_EDIT = "outside.edit"  # who vouches for sign-ins elsewhere, and who is told of events
    MAILBOX_READ = "mailbox.read"  # the catch-all of development and demo
    AUDIT_READ = "audit.read"
    EMERGENCY_SEE = "emergency.see"  # requests to read in an emergency: one's own, or those one answers
    EMERGENCY_ASK = "emergency.ask"
    EMERGENCY_APPROVE = "emergency.approve"  # OTHER: somebody else's request; never one's own
    EMERGENCY_READ = "emergency.read"  # what was approved, for an hour, to read only
    CONSENTS_READ = (
        "consents.read"  # who agreed to what in which case, until when; names only of one's own cases
    )
    RETENTION_READ = "retention.read"  # what is past its term, what was destroyed
    RETENTION_APPROVE = "retention.approve"
    CASE_HOLD = "case.hold"  # nothing of this case or person is destroyed for now
    PERSON_RIGHTS = "person.rights"  # what is kept of somebody, on their request: a copy, or have it erased
    CAMPAIGN_RUN = "campaign.run"  # begin a campaign, bring its list, divide it, end it
    CAMPAIGN_CALL = "campaign.call"  # contact the people of one's own batch
    SYSTEM_HEALTH = "system.health"
    ACCOUNT_OWN = "account.own"


class Relation(StrEnum):
    """What the object is to the actor."""

    OWN = (
        "own"  # responsible person, assignee of the task, author of the draft, holder of the account or link
    )
    SUBSTITUTE = "substitute"  # replaces the responsible person, on this case
    SHARED = "shared"  # shared explicitly, with a reason; or a sub-task of the case is theirs
    SERVICE = "service"  # in the queue of their own service (contact point)
    GROUP = "group"  # unclaimed in a group queue of theirs
    NEIGHBOURHOOD = (
        "neighbourhood"  # of a neighbourhood they hold a contact point for, and no case of the OCMW
    )
    TEAM = "team"  # of somebody whose team they lead
    OTHER = "other"  # exists in the municipality, nothing more
    NONE = "none"  # there is no object


Relations = frozenset[Relation]
Grants = Mapping[Act, Relations]

_ANY: Relations = frozenset(Relation)
_MINE: Relations = frozenset({Relation.OWN})
_MINE_OR_NEW: Relations = frozenset({Relation.OWN, Relation.NONE})
_HANDLES: Relations = frozenset({Relation.OWN, Relation.SUBSTITUTE, Relation.SHARED})
_RESPONSIBLE: Relations = frozenset({Relation.OWN, Relation.SUBSTITUTE})
_ON_THE_CASE: Relations = _HANDLES | {Relation.SERVICE, Relation.GROUP}
_LEADS: Relations = frozenset(Relation) - {Relation.NONE}

_KEEPS: Grants = {
    Act.RETENTION_READ: _ANY,
    Act.RETENTION_APPROVE: _ANY,
    Act.CASE_HOLD: _ANY,
    Act.PERSON_RIGHTS: _ANY,
}

_ASKS: Grants = {
    Act.EMERGENCY_SEE: _ANY,
    Act.EMERGENCY_ASK: _ANY,
    Act.EMERGENCY_READ: _MINE,
}
_APPROVES: Grants = {Act.EMERGENCY_SEE: _ANY, Act.EMERGENCY_APPROVE: frozenset({Relation.OTHER})}

_STAFF: Grants = {
    **_ASKS,
    Act.FORM_FILL_REFERRER: _ANY,
    Act.FORM_FILL_RECEPTION: _ANY,
    Act.DRAFT_OWN: _MINE_OR_NEW,
    Act.QUEUE_READ: _ANY,
    Act.CASE_FIND: _LEADS,
    Act.PERSON_FIND: _ANY,
    Act.PERSON_FIND_NATIONAL: _MINE,
    Act.PERSON_MERGE: _ANY,
    Act.CASE_READ: _HANDLES,
    Act.CASE_READ_RESTRICTED: _MINE,
    Act.CASE_ACT: _RESPONSIBLE,
    Act.CASE_NOTE: _HANDLES,
    Act.CASE_SHARE: _RESPONSIBLE,
    Act.CASE_KEEP_FROM: _RESPONSIBLE,
    Act.CASE_HAND_OVER: _RESPONSIBLE,
    Act.CASE_TAKE_OVER: frozenset({Relation.SUBSTITUTE}),
    Act.CASE_CLAIM: frozenset({Relation.GROUP}),
    Act.TASK_ADD: _HANDLES,
    Act.TASK_FINISH: _RESPONSIBLE,
    Act.STAFFING_READ: _ANY,
    Act.ABSENCE_OWN: _MINE_OR_NEW,
    Act.CARDS_PRINT: _ANY,
    Act.SESSIONS_READ: _ANY,
    Act.SESSIONS_HELP: _ANY,
    Act.CAMPAIGN_CALL: _MINE,
}

_IN_THE_NEIGHBOURHOOD: Grants = {
    **{act: near for act, near in _STAFF.items() if not act.startswith("person.")},
    Act.CASE_FIND: _ON_THE_CASE | {Relation.NEIGHBOURHOOD},
    Act.CASE_READ: _HANDLES | {Relation.NEIGHBOURHOOD},
}
"""Help of the OCMW in their neighbourhood is theirs only when who follows it shares it, as the resident agreed."""

_LEAD: Grants = {
    **_STAFF,
    **_APPROVES,
    Act.CONSENTS_READ: _ANY,
    Act.CASE_READ_WITH_REASON: _LEADS,
    Act.CASE_HAND_OVER: _LEADS,
    Act.CASE_TAKE_OVER: _LEADS,
    Act.CASE_CLAIM: frozenset({Relation.GROUP, Relation.TEAM, Relation.OTHER}),
    Act.OVERVIEW_READ: _ANY,
    Act.REPORTS_READ: _ANY,
    Act.POST_HANDLE: _ANY,
    Act.CAMPAIGN_RUN: _ANY,
}

POLICY: Mapping[str, Grants] = MappingProxyType(
    {
        ANYONE: {
            Act.PAGE_PUBLIC: _ANY,
            Act.FORM_FILL_PUBLIC: _ANY,
            Act.RECEIPT_READ: _MINE,
            Act.CASE_OWN: _MINE,
            Act.REFERRAL_ANSWER: _MINE,
            Act.ASK_ANSWER: _MINE,
        },
        SIGNED_IN: {Act.ACCOUNT_OWN: _MINE_OR_NEW, Act.REPORT_AUDIENCE: _ANY},
        "resident": {Act.CASE_ACT: _MINE},
        "referrer": {Act.FORM_FILL_REFERRER: _ANY},
        "volunteer": {
            Act.FORM_FILL_VOLUNTEER: _ANY,
            Act.DRAFT_OWN: _MINE_OR_NEW,
            Act.QUEUE_READ: _ANY,
            Act.SESSIONS_HELP: _ANY,
            Act.TASK_FINISH: _MINE,
            Act.CAMPAIGN_CALL: _MINE,
        },
        "partner": {Act.QUEUE_READ: _ANY, Act.TASK_FINISH: _MINE, Act.REFERRAL_OWN: _ANY},
        "reception": {**_STAFF, Act.POST_HANDLE: _ANY, Act.CASE_READ: _ON_THE_CASE},
        "contact": _STAFF,
        "neighbourhood_lead": _IN_THE_NEIGHBOURHOOD,
        "coordinator": {
            **_STAFF,
            Act.CASE_HAND_OVER: _LEADS,
            Act.CASE_CLAIM: frozenset({Relation.GROUP, Relation.TEAM, Relation.OTHER}),
            Act.OVERVIEW_READ: _ANY,
            Act.REPORTS_READ: _ANY,
            Act.FIGURES_EDIT: _ANY,
            Act.POST_HANDLE: _ANY,
            Act.CONSENTS_READ: _ANY,
            Act.CAMPAIGN_RUN: _ANY,
            Act.STAFFING_EDIT: _ANY,
            Act.LINKS_EDIT: _ANY,
        },
        "team_lead": {
            **_LEAD,
            Act.RETENTION_READ: _ANY,
            Act.RETENTION_APPROVE: _ANY,
            Act.CASE_HOLD: _ANY,
            Act.STAFFING_EDIT: _ANY,
            Act.LINKS_EDIT: _ANY,
        },
        "head_of_service": {
            **_LEAD,
            **_KEEPS,
            Act.FIGURES_EDIT: _ANY,
            Act.FIGURES_SHARE: _ANY,
            Act.STAFFING_EDIT: _ANY,
            Act.LINKS_EDIT: _ANY,
        },
        "form_admin": {
            Act.DEFINITIONS_READ: _ANY,
            Act.DEFINITIONS_EDIT: _ANY,
            Act.DEFINITIONS_PUBLISH: _ANY,
            Act.SETTINGS_EDIT: _ANY,
            Act.STAFFING_READ: _ANY,
            Act.STAFFING_EDIT: _ANY,
            Act.LINKS_EDIT: _ANY,
            Act.MAILBOX_READ: _ANY,
            Act.CARDS_PRINT: _ANY,
        },
        "system_admin": {
            **_ASKS,
            Act.DEFINITIONS_READ: _ANY,
            Act.SETTINGS_EDIT: _ANY,
            Act.ACCOUNTS_EDIT: _ANY,
            Act.OUTSIDE_EDIT: _ANY,
            Act.LINKS_EDIT: _ANY,
            Act.STAFFING_READ: _ANY,
            Act.MAILBOX_READ: _ANY,
            Act.SYSTEM_HEALTH: _ANY,
        },
        "dpo": {
            **_KEEPS,
            **_APPROVES,
            Act.QUEUE_READ: _ANY,
            Act.CASE_FIND: _LEADS,
            Act.CASE_READ_WITH_REASON: _LEADS,
            Act.CASE_READ_BLOCKED: _LEADS,
            Act.CASE_ACT: _LEADS,  # an action's own `by:` narrows it to what names the DPO
            Act.TASK_FINISH: _MINE,
            Act.CONSENTS_READ: _ANY,
            Act.DEFINITIONS_READ: _ANY,
            Act.REPORTS_READ: _ANY,
            Act.FIGURES_SHARE: _ANY,
            Act.AUDIT_READ: _ANY,
        },
        "policy": {Act.REPORTS_READ: _ANY, Act.FIGURES_EDIT: _ANY},
    }
)

CONTENT: frozenset[Act] = frozenset(
    {
        Act.CASE_READ,
        Act.CASE_READ_RESTRICTED,
        Act.CASE_READ_WITH_REASON,
        Act.CASE_READ_BLOCKED,
        Act.CASE_ACT,
        Act.CASE_NOTE,
    }
)
"""The acts that show or touch what a resident told, but for what two others agreed to (``EMERGENCY_READ``)."""
