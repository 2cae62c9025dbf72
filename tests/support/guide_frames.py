"""What stands around an example of the guide, so that it can be compiled: the smallest whole set of definitions."""

from __future__ import annotations

import re

from app.definitions.model.source import Source
from tests.support.guide_beside import AFTERNOON, BESIDE, REASONS

FORM = {
    "form": "form: klusje",
    "title": "title: Een klusje vragen",
    "audience": "audience: [public, reception]",
    "controller": "controller: gemeente",
    "legal_basis": "legal_basis: {public_task: Buurthulp}",
    "retention": "retention: {after: closed, months: 12, then: delete}",
    "workflow": "workflow: klusje",
    "sections": """sections:
  - section: vraag
    title: Je vraag
    fields:
      - {field: naam, type: text, label: Naam, privacy: 1, means: resident.name}
      - {field: telefoon, type: phone, label: Telefoon, privacy: 1, means: resident.phone}
      - {field: email, type: email, label: E-mail, privacy: 1, means: resident.email}
      - {field: buurt, type: neighbourhood, label: Buurt, required: true, privacy: 1}
      - {field: soort, type: choice, label: Soort, options: {tuin: Tuin, huis: Huis, vervoer: Vervoer}, privacy: 1}
      - {field: dringend, type: yes_no, label: Dringend, privacy: 1}
      - {field: iemand_anders, type: yes_no, label: Liever iemand anders, privacy: 1}
      - {field: geboorte, type: partial_date, label: Geboren, privacy: 1}
      - {field: verhaal, type: long_text, label: Vrije nota's, privacy: 1}
      - {field: wanneer, type: date, label: Wanneer, privacy: 1}
      - {field: niet_door, type: person, of: [staff], many: true, label: Niet door, privacy: 1}
      - {field: akkoord, type: consent, text: Ik ga akkoord., privacy: 1}
      - {field: kaartnr, type: text, label: Kaartnummer, only_for: [reception], privacy: 1, means: case.card_number}
      - {field: dagen, type: availability, label: Welke dagen, privacy: 1}
      - {field: plaatsen, type: integer, label: Plaatsen, privacy: 1}
      - {field: zaal, type: text, label: Zaal, privacy: 0}
      - {field: uur, type: time, label: Uur, privacy: 0}
      - field: helpers
        type: repeat
        label: Helpers
        privacy: 1
        fields:
          - {field: taak, type: text, label: Taak, privacy: 1}
          - {field: wie, type: person, of: [volunteer], label: Wie, privacy: 1}
      - {field: klus, type: choices, label: Klus, options: {list: klussen}, privacy: 1}
      - {field: samen, type: case, many: true, cases: {of: klusje, in: [nieuw]}, label: Hoort samen, privacy: 1}
      - field: domeinen
        type: matrix
        label: Domeinen
        rows: {list: vlakken}
        options: {list: scores}
        privacy: 2
        why: Daarom.
      - field: afspraken
        type: repeat
        label: Afspraken
        fields:
          - {field: wat, type: text, label: Wat, privacy: 1}
          - {field: tegen, type: date, label: Tegen, privacy: 1}
          - {field: uren, type: integer, label: Uren, privacy: 1}
          - {field: klaar, type: yes_no, label: Klaar, privacy: 1}
          - {field: domein, type: choice, label: Domein, options: {rows: domeinen}, privacy: 1}
      - field: verwijzingen
        type: repeat
        label: Naar wie?
        fields:
          - {field: partner, type: partner, label: Partner, privacy: 1}
          - {field: akkoord, type: consent, text: Dat mag., shares: [kaartnr], privacy: 1}""",
}
SHEET = {
    "form": "form: blad",
    "title": "title: Wat viel op?",
    "audience": "audience: [reception]",
    "controller": "controller: gemeente",
    "legal_basis": "legal_basis: {public_task: Buurtanalyse}",
    "retention": "retention: {after: submitted, months: 36, then: delete}",
    "unlinked": "unlinked: {keeps: [buurt], release: {per: buurt, at_least: 5}}",
    "sections": """sections:
  - section: blad
    title: Wat viel op?
    fields:
      - {field: buurt, type: neighbourhood, label: Buurt, required: true, privacy: 0}
      - {field: leeftijd, type: choice, label: Leeftijd, options: {jong: Jong, oud: Oud}, required: true, privacy: 0}
      - {field: opmerking, type: text, label: Opmerking, anonymous: true, privacy: 0}""",
}
"""A form that belongs to nobody."""
WORKFLOW = {
    "workflow": "workflow: klusje",
    "title": "title: Klusjeshulp",
    "forms": "forms: [klusje]",
    "start": "start: nieuw",
    "route": "route:\n  - otherwise: onthaal",
    "states": f"""states:
  nieuw:
    label: Nieuw
    task: Zoek een vrijwilliger
    deadline: 3 working days
    actions:
      gedaan: {{label: Gedaan, to: afgesloten}}
  afgesloten:
    label: Afgesloten
    end: true
    {REASONS}""",
}
CAMPAIGN = {
    "campaign": "campaign: belronde",
    "title": "title: Belronde",
    "controller": "controller: gemeente",
    "sheet": "sheet: gesprek",
    "outcome": "outcome: resultaat",
    "talk": "talk: [gesprek]",
    "list": """list:
  columns:
    - {field: naam, type: text, label: Naam, required: true, privacy: 1, means: resident.name}
    - {field: tel, type: phone, label: Telefoon, required: true, privacy: 1, means: resident.phone}
  legal_basis: {public_task: Inwoners opbellen}
  source: Burgerzaken
  delete: 4 weeks""",
    "batches": "batches: {of: 20, to: [volunteer], sees: [naam, tel]}",
    "attempts": "attempts: {at_most: 3, retry: [geen_antwoord]}",
}
STAFFING = {
    "staffing": "staffing: zandlede",
    "neighbourhoods": "neighbourhoods: {oosthoek: Oosthoek}",
    "people": """people:
  joris: {name: Joris Maes, roles: [contact]}
  nele: {name: Nele Lambrecht, roles: [contact]}
  karin: {name: Karin Thijs, roles: [head_of_service]}""",
    "holders": """holders:
  onthaal: {holder: joris, owner: karin}
  loket: {holder: joris, owner: karin}
  aanspreekpunt_65plus: {holder: joris, owner: karin}
  buurtzorgregisseur: {holder: joris, owner: karin}""",
}
PLACES = {
    "form": "formdefs/klusje.yaml",
    "sheet": "formdefs/blad.yaml",
    "workflow": "workflows/klusje.yaml",
    "block": "formdefs/blocks/{id}.yaml",
    "list": "formdefs/lists/{id}.yaml",
    "contact_points": "workflows/contact_points.yaml",
    "staffing": "zandlede.yaml",
    "campaign": "workflows/campaigns/{id}.yaml",
    "report": "workflows/reports/{id}.yaml",
}
OF_CAMPAIGN = (
    *(
        "outcome",
        "opt_outs",
        "batches",
        "attempts",
        "recurring",
        "letters",
        "fills",
        "sets",
        "opens",
        "next_round",
        "period",
    ),
)


def framed(text: str) -> tuple[list[Source], Source | None]:
    """The sources that make ``text`` whole, and the staffing file among them when it is about staff."""
    kind, whole = _whole(text)
    files = {**BESIDE, PLACES["form"]: _laid(FORM, ""), PLACES["workflow"]: _laid(WORKFLOW, "")}
    if kind == "staffing":
        return [Source(path, found) for path, found in files.items()], Source(PLACES[kind], whole)
    if "type: session" in text:
        files["workflows/buurtmiddag.yaml"] = AFTERNOON.replace("middag", "buurtmiddag").replace(
            "registers: inschrijving", "registers: klusje"
        )
        files["formdefs/buurtmiddag.yaml"] = BESIDE["formdefs/middag.yaml"].replace("middag", "buurtmiddag")
    own = re.match(r"\w+: (\w+)", whole)
    files[PLACES[kind].format(id=own.group(1) if own else "")] = whole
    return [Source(path, found) for path, found in files.items()], None


def _whole(text: str) -> tuple[str, str]:
    """The kind of file an example belongs to, and that file."""
    if text.startswith("opens:\n  from:"):
        return "form", _laid(FORM, text)
    if text.startswith("- "):
        return "form", _laid(
            FORM, f"sections:\n  - section: vraag\n    title: Je vraag\n    fields:\n{_in(text)}"
        )
    first = text.split(":")[0]
    if first == "contact_points":
        return first, _filled_up(text, BESIDE[PLACES[first]])
    if first in ("unlinked", "beside"):
        return "sheet", _laid(SHEET, text)
    if first in PLACES:
        return first, text
    for kind, parts in (
        ("campaign", OF_CAMPAIGN),
        ("staffing", ("people", "holders", "rosters", "absences", "closing_days")),
        (
            "form",
            (
                "sections",
                "rules",
                "warn",
                "retention",
                "draft",
                "examples",
                "urgent_if",
                "conversation",
                "card",
                "offered",
                "stock",
            ),
        ),
    ):
        if first in parts:
            text = _filled_up(text, STAFFING[first]) if first in ("people", "holders") else text
            return kind, _laid({"form": FORM, "campaign": CAMPAIGN, "staffing": STAFFING}[kind], text)
    return "workflow", _laid(WORKFLOW, text)


def _laid(parts: dict[str, str], text: str) -> str:
    """``parts`` with those that ``text`` brings itself replaced by it."""
    own = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    kept = [part for key, part in parts.items() if key not in own]
    return "\n".join([*kept, text]) + "\n"


def _filled_up(text: str, whole: str) -> str:
    """``text``, a mapping by name, with the entries of ``whole`` that it lacks."""
    own = set(re.findall(r"^  (\w+):", text, re.MULTILINE))
    missing = [line for line in whole.splitlines()[1:] if line.split(":")[0].strip() not in own]
    return "\n".join([text, *missing])


def _in(text: str) -> str:
    return "\n".join(f"      {line}" if line else line for line in text.splitlines())
