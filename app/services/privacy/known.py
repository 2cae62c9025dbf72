"""What becomes of the rows of every table once a case, or a person, goes? One line a table; a test asks for the rest.

``CASE`` goes with the case, ``PERSON`` with the record of the person, ``SUBMISSION`` with what was sent; ``SILENT``
stays as a link of a chain without its content; ``PASSES`` is removed by time; ``RECORD`` is what destruction leaves;
``STAFF`` is about who works here; ``NOBODY`` about no one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CASE, PERSON, SUBMISSION, SILENT = "case", "person", "submission", "silent"
PASSES, RECORD, STAFF, NOBODY = "passes", "record", "staff", "nobody"

KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "absence": STAFF,
        "account": STAFF,
        "ask": CASE,
        "ask_answer": CASE,
        "ask_person": CASE,  # who was asked; of a round until it closes
        "calendar_feed": STAFF,
        "campaign": RECORD,
        "campaign_batch": STAFF,
        "campaign_contact": PASSES,  # with its list, and at once for who asks to be erased
        "campaign_count": NOBODY,
        "campaign_import": PASSES,  # its rows go once they are in
        "campaign_key": PASSES,  # with its contact
        "campaign_opt_out": RECORD,  # keyed hashes of who is never contacted again
        "card_batch": STAFF,
        "case_bond": CASE,  # a parent keeps that there was one, without which
        "case_consent": CASE,
        "case_file": CASE,
        "case_match": CASE,
        "case_move": NOBODY,  # which definitions, which states; the cases are in ``case_moved``
        "case_moved": CASE,
        "cases": CASE,
        "caught_mail": CASE,  # found by the outbox row it is named after
        "closing_day": NOBODY,
        "council_answer": NOBODY,
        "code_app": STAFF,
        "collected": CASE,  # who collects keeps that there was one, without which
        "counter": NOBODY,
        "current_definition": NOBODY,
        "data_key": NOBODY,
        "dead_address": CASE,
        "definition_draft": NOBODY,
        "definition_file": NOBODY,
        "definition_text": NOBODY,
        "definition_version": NOBODY,
        "definition_work": NOBODY,
        "destruction": RECORD,
        "destruction_case": RECORD,
        "draft": PERSON,  # and after the days its form says (housekeeping)
        "duty": STAFF,
        "emergency": CASE,
        "emergency_voice": CASE,
        "event": SILENT,
        "file": SUBMISSION,
        "figure_series": NOBODY,
        "figure_value": NOBODY,
        "form_opening": NOBODY,
        "form_token": NOBODY,  # ids of what a button did
        "heartbeat": NOBODY,
        "holding": STAFF,
        "invitation": STAFF,
        "kept_from": CASE,
        "known_browser": STAFF,
        "legal_hold": CASE,
        "letter": CASE,
        "mail_preference": STAFF,
        "moment": CASE,
        "moment_entry": CASE,
        "municipality": NOBODY,
        "neighbourhood": NOBODY,
        "notice_shown": SUBMISSION,
        "outbox": CASE,
        "outbox_hold": NOBODY,
        "outside_identity": STAFF,
        "outside_sign_in": PASSES,
        "paper_card": NOBODY,  # numbers of cards; whose it was stands in the case
        "partner": STAFF,  # people of organisations, in their function
        "passkey": STAFF,
        "passkey_challenge": PASSES,
        "person": PERSON,
        "person_apart": CASE,
        "person_key": PERSON,
        "person_merge": PERSON,
        "person_search": PASSES,  # after a year, or with the person it was about
        "photo": STAFF,
        "picture": NOBODY,
        "privacy_notice": NOBODY,
        "privacy_request": PERSON,
        "privacy_told": CASE,
        "public_sending": PASSES,  # keyed hashes of an hour
        "publication": NOBODY,
        "read_log": CASE,
        "recovery_code": STAFF,
        "referral": CASE,
        "referrer_link": STAFF,  # people who refer, in their function
        "region": NOBODY,
        "region_figure": NOBODY,  # counts without anybody in them
        "region_guest": NOBODY,
        "region_member": NOBODY,
        "report_release": NOBODY,  # counts without anybody in them
        "report_run": PASSES,  # the same, for two days
        "resident_code": CASE,
        "resident_try": PASSES,  # keyed hashes of a quarter of an hour
        "root_key": NOBODY,
        "safekeeping": NOBODY,
        "saved_view": STAFF,
        "session": STAFF,
        "sheet_bundle": PASSES,  # in the month its form says; of nobody
        "sheet_token": PASSES,  # keyed hashes of an hour or two
        "sign_in_provider": NOBODY,
        "stock_hold": CASE,
        "street": NOBODY,
        "submission": SUBMISSION,
        "substitute": STAFF,
        "taken_over": CASE,
        "takeover": STAFF,  # whose work went to whom; the cases are in ``taken_over``
        "task": CASE,
        "task_count": NOBODY,
        "webhook": NOBODY,
        "webhook_delivery": NOBODY,
        "wrong_try": PASSES,
    }
)
