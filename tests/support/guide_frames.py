"""What stands around an example of the guide, so that it can be compiled: the smallest whole set of definitions."""

from __future__ import annotations

import re

from app.definitions.model.source import Source

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
      - {field: klus, type: choices, label: Klus, options: {list: klussen}, privacy: 1}
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
REASONS = (
    "reasons: {geholpen: {label: Geholpen, means: solved}, onbereikbaar: {label: Weg, means: unreachable}}"
)
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
BESIDE = {
    "formdefs/blocks/persoon.yaml": """block: persoon
fields:
  - {field: naam, type: text, label: Naam, privacy: 1, means: resident.name}
  - {field: telefoon, type: phone, label: Telefoon, privacy: 1, means: resident.phone}
""",
    "formdefs/lists/klussen.yaml": """list: klussen
columns: {aanbod: text}
options: [{id: tuin, label: Tuin, aanbod: Wij maaien het gras.}, {id: huis, label: In huis}]
""",
    "formdefs/lists/redenen.yaml": """list: redenen
options: [{id: geholpen, label: Geholpen, means: solved}, {id: onbereikbaar, label: Weg, means: unreachable}]
""",
    "formdefs/lists/scores.yaml": """list: scores
ordered: true
options:
  - {id: niet_besproken, label: Niet besproken, silent: true}
  - {id: goed, label: Goed}
  - {id: kan_beter, label: Kan beter}
  - {id: zorgen, label: Zorgen}
""",
    "formdefs/lists/vlakken.yaml": """list: vlakken
columns: {contact_point: contact_point}
options: [{id: wonen, label: Wonen, contact_point: loket}, {id: geld, label: Geld, contact_point: loket}]
""",
    "formdefs/verslag.yaml": """form: verslag
title: Verslag
kind: action
sections: [{section: verslag, title: Verslag, fields: [{field: nota, type: text, label: Nota, privacy: 1}]}]
""",
    "workflows/contact_points.yaml": """contact_points:
  onthaal: {label: Onthaal}
  loket: {label: Loket}
  aanspreekpunt_65plus: {label: Aanspreekpunt 65+}
  buurtzorgregisseur: {label: Buurtzorgregisseur}
  partner_vervoer: {label: Minder Mobielen, partner: true, owner: onthaal}
""",
    "workflows/deeldossier.yaml": f"""workflow: deeldossier
title: Deeldossier
forms: [klusje]
start: open
route: [{{otherwise: loket}}]
states:
  open: {{label: Open, task: Doe het, deadline: 5 working days, actions: {{klaar: {{label: Klaar, to: dicht}}}}}}
  dicht: {{label: Dicht, end: true, {REASONS}}}
""",
}
PLACES = {
    "form": "formdefs/klusje.yaml",
    "workflow": "workflows/klusje.yaml",
    "block": "formdefs/blocks/{id}.yaml",
    "list": "formdefs/lists/{id}.yaml",
    "contact_points": "workflows/contact_points.yaml",
    "staffing": "zandlede.yaml",
}


def framed(text: str) -> tuple[list[Source], Source | None]:
    """The sources that make ``text`` whole, and the staffing file among them when it is about staff."""
    kind, whole = _whole(text)
    files = {**BESIDE, PLACES["form"]: _laid(FORM, ""), PLACES["workflow"]: _laid(WORKFLOW, "")}
    if kind == "staffing":
        return [Source(path, found) for path, found in files.items()], Source(PLACES[kind], whole)
    own = re.match(r"\w+: (\w+)", whole)
    files[PLACES[kind].format(id=own.group(1) if own else "")] = whole
    return [Source(path, found) for path, found in files.items()], None


def _whole(text: str) -> tuple[str, str]:
    """The kind of file an example belongs to, and that file."""
    if text.startswith("- "):
        return "form", _laid(
            FORM, f"sections:\n  - section: vraag\n    title: Je vraag\n    fields:\n{_in(text)}"
        )
    first = text.split(":")[0]
    if first == "contact_points":
        return first, _filled_up(text, BESIDE[PLACES[first]])
    if first in ("people", "holders"):
        return "staffing", _laid(STAFFING, _filled_up(text, STAFFING[first]))
    if first in PLACES:
        return first, text
    for kind, parts in (
        ("staffing", ("people", "holders", "rosters", "absences", "closing_days")),
        (
            "form",
            ("sections", "rules", "retention", "draft", "examples", "urgent_if", "conversation", "card"),
        ),
    ):
        if first in parts:
            return kind, _laid(FORM if kind == "form" else STAFFING, text)
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
