"""Workflows that nobody thought of: states, ways, deadlines and ladders drawn by chance, accepted by the proofs.

The same seed gives the same text. What the language refuses is thrown away and drawn again.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import count, islice

from app.definitions.compiler import compile_sources
from app.definitions.model.source import Source

DEADLINES = (
    "1 working day",
    "3 working days",
    "10 calendar days",
    "2 weeks",
    "6 months",
    "5 working days from received",
)
AFTER = ("2 calendar days", "5 working days", "1 week", "3 weeks")
LADDER = (
    "remind: [on the day]",
    "remind: [1 working day before, on the day]",
    "escalate: [{after: 2 working days, to: substitute}, {after: 5 working days, to: head_of_service}]",
    "escalate: [{after: 1 working day, to: team_lead}]",
)
POINTS = ("onthaal", "woonloket", "buurtzorgregisseur", "wachtdienst")
BY = ("[holder]", "[holder, coordinator]", "[holder, dpo]", "[head_of_service]")
FORMS = ("contactverslag", "contactpoging", "opvolgverslag")


def invented(around: Iterable[Source], most: int, *, seed: int = 5) -> tuple[Source, ...]:
    """``most`` pairs of a form and its workflow that are accepted among the files ``around``."""
    beside = list(around)
    return tuple(source for pair in islice(_accepted(beside, seed), most) for source in pair)


def _accepted(beside: list[Source], seed: int) -> Iterator[tuple[Source, Source]]:
    good = 0
    for number in count(seed * 1000):
        pair = drawn(random.Random(number), f"verzonnen_{good + 1}")  # noqa: S311 - the same every time
        if compile_sources([*beside, *pair]).ok:
            good += 1
            yield pair


def drawn(chance: random.Random, name: str) -> tuple[Source, Source]:
    """A form and its workflow; not always ones that the language accepts."""
    states = [f"stap_{number}" for number in range(1, chance.randint(3, 6))]
    lines = [
        f"workflow: {name}",
        f"title: Verzonnen {name}",
        f"forms: [{name}]",
        f"start: {states[0]}",
        *_limits(chance),
        "route:",
        *(f"  - {{if: kleur is {colour}, to: {chance.choice(POINTS)}}}" for colour in ("rood", "blauw")),
        f"  - otherwise: {chance.choice(POINTS)}",
        "also:",
        "  - {if: kleur is rood, to: woonloket, task: Kijk mee, deadline: 5 working days, remind: [on the day]}",
        "anywhere:",
        "  weg:",
        "    label: Toestemming weg",
        "    by: [resident, holder, dpo]",
        "    does: [block_content, recall_links, stop_messages, cancel_tasks]",
        "    to: weg",
        "states:",
        *(line for place, state in enumerate(states) for line in _state(chance, state, states, place)),
        *_ends(chance, states),
    ]
    return Source(f"formdefs/{name}.yaml", _FORM.format(name=name)), Source(
        f"workflows/{name}.yaml", "\n".join(lines) + "\n"
    )


def _limits(chance: random.Random) -> list[str]:
    if chance.random() < 0.5:
        return []
    deadline = chance.choice(("10 working days from received", "30 calendar days from received"))
    return [
        "limits:",
        "  - limit: grens",
        "    label: Grens",
        "    until: gedaan",
        f"    deadline: {deadline}",
        "    escalate: [{after: 0 working days, to: head_of_service}]",
    ]


def _state(chance: random.Random, state: str, states: list[str], place: int) -> list[str]:
    following = states[place + 1] if place + 1 < len(states) else "klaar"
    lines = [
        f"  {state}:",
        f"    label: Stap {place + 1}",
        f"    shown_as: {'ontvangen' if place == 0 else 'bezig'}",
        f"    task: Doe stap {place + 1}",
        f"    deadline: {chance.choice(DEADLINES)}",
        *(
            f"    {item}"
            for item in chance.choice(((), LADDER[:1], (LADDER[1], LADDER[2]), (LADDER[0], LADDER[3])))
        ),
    ]
    if chance.random() < 0.4:
        lines.append(
            f"    auto: [{{after: {chance.choice(AFTER)}, to: {chance.choice([*states, 'klaar'])}}}]"
        )
    lines += ["    actions:", f"      verder: {{label: Verder, to: {following}{_extra(chance)}}}"]
    if chance.random() < 0.6:
        lines.append(f"      terug: {{label: Terug, to: {chance.choice(states)}, by: {chance.choice(BY)}}}")
    if chance.random() < 0.5:
        lines.append(f"      poging: {{label: Poging, again: {{at_most: 2, then: {chance.choice(states)}}}}}")
    if chance.random() < 0.4:
        lines.append(f"      verslag: {{label: Verslag, form: {chance.choice(FORMS)}, to: {state}}}")
    return lines


def _extra(chance: random.Random) -> str:
    return ", marks: gedaan" if chance.random() < 0.5 else ""


def _ends(chance: random.Random, states: list[str]) -> list[str]:
    reopen = (
        f", reopen: {{within: 30 calendar days, to: {chance.choice(states)}}}"
        if chance.random() < 0.6
        else ""
    )
    return [
        f"  klaar: {{label: Klaar, shown_as: klaar, end: true, reasons: {{list: sluitredenen}}{reopen}}}",
        "  weg: {label: Weg, shown_as: klaar, end: true}",
    ]


_FORM = """form: {name}
title: Verzonnen {name}
audience: [reception, public]
controller: gemeente
legal_basis:
  public_task: Verzonnen om te proberen
retention: {{after: closed, months: 24, then: delete}}
number: "VZ{name}-{{year}}-{{seq}}"
workflow: {name}
sections:
  - section: alles
    title: Alles
    fields:
      - field: kleur
        type: choice
        label: Welke kleur?
        options: {{rood: Rood, blauw: Blauw, geel: Geel}}
        required: true
        privacy: 1
      - {{field: buurt, type: neighbourhood, label: In welk dorp?, means: case.neighbourhood, privacy: 1}}
      - {{field: naam, type: text, label: Hoe heet je?, why: Om je aan te spreken., means: resident.name, privacy: 2}}
      - {{field: akkoord, type: consent, label: Akkoord, text: Ik ga akkoord., privacy: 1}}
      - {{field: tel, type: phone, label: Telefoon, why: Om je te bellen., means: resident.phone, privacy: 2}}
"""
