"""Which words of other languages and other tools stand for a key of ours?

Dutch, and what people know from elsewhere; what is only a slip of the pen is found by likeness.
"""

from __future__ import annotations

MISSPELT = {
    "verplicht": "required", "toon_als": "show_if", "als": "if", "naar": "to", "anders": "otherwise", "tekst": "text",
    "titel": "title", "velden": "fields", "veld": "field", "sectie": "section", "opties": "options", "hulp": "help",
    "waarom": "why", "termijn": "deadline", "taak": "task", "staten": "states", "acties": "actions", "naam": "label",
    "visible_if": "show_if", "mandatory": "required", "when": "if", "default_to": "otherwise", "name": "label",
    "formulier": "form", "lijst": "list", "blok": "block", "contactpunten": "contact_points", "rollen": "roles",
    "toestanden": "states", "knoppen": "actions", "bericht": "message", "berichten": "messages", "reden": "reason",
    "redenen": "reasons", "regels": "rules", "regel": "rule", "soort": "type", "herinner": "remind", "vervolg": "also",
    "bewaartermijn": "retention", "doelgroep": "audience", "voorbeelden": "examples", "start_state": "start",
    "description": "help", "hint": "help", "goto": "to", "target": "to", "else": "otherwise",
}  # fmt: skip
