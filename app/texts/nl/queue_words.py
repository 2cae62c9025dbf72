"""Words of the queue and the case page that belong to no page of their own."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "history_submitted": "Ontvangen: {form}, {number}.",
    "history_message": "Bericht '{message}' aan {to}.",
    "history_not_sent": "Bericht '{message}' kon niet verstuurd worden.",
    "history_marked": "Mijlpaal: {mark}.",
    "history_reason": "Reden: {reason}",
    "history_reason_given": "Reden genoteerd.",
    "history_note": "Nota toegevoegd.",
    "history_shared": "Gedeeld met {name}.",
    "history_unshared": "Niet meer gedeeld met {name}.",
    "history_did": "{what}.",
    "history_unknown": "{code}",
    "did_block_content": "Inhoud afgeschermd",
    "did_recall_links": "Links ingetrokken",
    "did_stop_messages": "Berichten gestopt",
    "did_cancel_tasks": "Open taken geschrapt",
    "did_merge": "Samengevoegd",
    "to_referrer": "de verwijzer",
    "to_resident": "de bewoner",
    "to_partner": "de partner",
    "to_volunteer": "de vrijwilliger",
    "status_ontvangen": "Ontvangen",
    "status_bekeken": "Bekeken",
    "status_bezig": "Bezig",
    "status_klaar": "Klaar",
    "absent": "{name} is er tot {date} niet.",
    "absent_replaced": "{name} is er tot {date} niet, {replacement} vervangt.",
    "relation_substitute": "Je vervangt {name}.",
    "late": "Te laat",
}
