"""What stands beside an example of the guide, so that it is a whole set of files: the forms and processes it names."""

from __future__ import annotations

REASONS = (
    "reasons: {geholpen: {label: Geholpen, means: solved}, onbereikbaar: {label: Weg, means: unreachable}}"
)
AFTERNOON = """workflow: middag
title: Een middag
forms: [middag]
start: open
route: [{otherwise: loket}]
sessions: {registers: inschrijving, by: sessie, date: dag, place: plek, open: {in: [open]}}
states:
  open: {label: Open, task: Doe het, deadline: 5 working days, actions: {klaar: {label: Klaar, to: dicht}}}
  dicht: {label: Dicht, end: true}
"""
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
    "formdefs/gesprek.yaml": """form: gesprek
title: Gesprek
kind: action
sections:
  - section: oproep
    title: De oproep
    fields:
      - field: resultaat
        type: choice
        label: Hoe verliep het?
        options: {gesprek: Gesprek, geen_antwoord: Niemand, later: Later, wil_niet: Wil niet, overleden: Overleden}
        required: true
        privacy: 1
      - {field: terug_op, type: date, label: Wanneer?, show_if: resultaat is later, privacy: 1}
      - {field: moment, type: choice, label: Moment, options: {v: Voormiddag, n: Namiddag}, privacy: 1}
      - {field: nog_eens, type: choice, label: Nog?, options: {nee: Nee, een_keer: Eens, elke_week: Week}, privacy: 1}
      - {field: over_weken, type: integer, label: Over hoeveel weken?, privacy: 1}
      - {field: zelfde, type: yes_no, label: Dezelfde persoon?, privacy: 1}
      - {field: in_campagne, type: yes_no, label: In een campagne?, privacy: 0}
      - {field: naam, type: text, label: Naam, privacy: 1}
""",
    "formdefs/gesprekje.yaml": """form: gesprekje
title: Gesprekje
audience: [volunteer]
controller: gemeente
legal_basis: {public_task: Buurtanalyse}
retention: {after: submitted, months: 12, then: delete}
workflow: gesprekje
sections:
  - section: gesprek
    title: Gesprek
    fields:
      - {field: buurt, type: neighbourhood, label: Buurt, required: true, privacy: 0}
      - {field: leeftijd, type: choice, label: Leeftijd, options: {jong: Jong, oud: Oud}, privacy: 0}
      - {field: opmerking, type: text, label: Opmerking, anonymous: true, privacy: 0}
""",
    "workflows/gesprekje.yaml": """workflow: gesprekje
title: Gesprekje
forms: [gesprekje]
start: te_lezen
route: [{otherwise: loket}]
states:
  te_lezen:
    label: Te lezen
    task: Lees
    deadline: 5 working days
    actions: {gelezen: {label: Gelezen, form: verslag, to: gelezen}}
  gelezen: {label: Gelezen, end: true}
""",
    "formdefs/rooster.yaml": """form: rooster
title: Rooster
kind: action
sections:
  - section: rooster
    title: Rooster
    fields:
      - field: vlakken
        type: matrix
        label: Vlakken
        rows: {jong: Jong, oud: Oud}
        options: {list: scores}
        privacy: 0
        each: [{field: nota, type: text, label: Nota, privacy: 0}]
""",
    "formdefs/verslag.yaml": """form: verslag
title: Verslag
kind: action
sections: [{section: verslag, title: Verslag, fields: [{field: nota, type: text, label: Nota, privacy: 1}]}]
""",
    "formdefs/inschrijving.yaml": """form: inschrijving
title: Inschrijven
audience: [public]
controller: gemeente
legal_basis: {public_task: Buurthulp}
retention: {after: closed, months: 12, then: delete}
workflow: inschrijving
sections:
  - section: wie
    title: Wie ben je?
    fields:
      - {field: sessie, type: session, label: Welke middag, privacy: 0}
      - {field: naam, type: text, label: Naam, required: true, privacy: 1, means: resident.name}
      - {field: telefoon, type: phone, label: Telefoon, privacy: 1, means: resident.phone}
      - {field: maaltijd, type: yes_no, label: Eet je mee, privacy: 1}
      - {field: dieet, type: choice, label: Dieet, options: {gewoon: Gewoon, vegetarisch: Vegetarisch}, privacy: 1}
      - {field: bel_mij, type: consent, text: Bellen mag., privacy: 1}
""",
    "formdefs/middag.yaml": """form: middag
title: Een middag
audience: [reception]
controller: gemeente
legal_basis: {public_task: Buurthulp}
retention: {after: closed, months: 12, then: delete}
workflow: middag
sections:
  - section: middag
    title: Wanneer
    fields:
      - {field: dag, type: date, label: Dag, required: true, privacy: 0}
      - {field: plek, type: text, label: Plek, required: true, privacy: 0}
""",
    "workflows/middag.yaml": AFTERNOON,
    "workflows/inschrijving.yaml": """workflow: inschrijving
title: Inschrijving
forms: [inschrijving]
start: ingeschreven
route: [{otherwise: loket}]
anywhere:
  afgelast: {label: Gaat niet door, by: [session], to: klaar}
  herinnerd: {label: Herinnerd, by: [session], marks: herinnerd}
states:
  ingeschreven:
    label: Ingeschreven
    deadline: none
    because: De sessie heeft zelf een taak.
    actions:
      volzet: {label: Volzet, by: [session], to: wacht}
      aanwezig: {label: Aanwezig, to: klaar}
      afwezig: {label: Afwezig, to: klaar}
      betaald: {label: Betaald, marks: betaald}
  wacht:
    label: Wachtlijst
    deadline: none
    because: De plaats komt vanzelf vrij.
    actions:
      plaats: {label: Plaats, by: [session], to: ingeschreven}
      weg: {label: Hoeft niet meer, to: klaar}
  klaar: {label: Klaar, end: true}
""",
    "formdefs/buur.yaml": """form: buur
title: Buur
audience: [public]
controller: gemeente
legal_basis: {public_task: Buurthulp}
retention: {after: closed, months: 12, then: delete}
workflow: buur
sections:
  - section: wie
    title: Wie ben je?
    fields:
      - {field: naam, type: text, label: Naam, required: true, privacy: 1, means: resident.name}
      - {field: straten, type: street, label: Welke straten?, privacy: 1}
""",
    "workflows/buur.yaml": f"""workflow: buur
title: Buur
forms: [buur]
start: actief
route: [{{otherwise: loket}}]
states:
  actief:
    label: Actief
    task: Hou contact
    deadline: 15 working days
    asks:
      - ask: mening
        label: Hoe gaat het?
        form: verslag
        to: invited
        deadline: 10 working days
        round: {{at_least: 5}}
    actions: {{klaar: {{label: Klaar, to: dicht}}}}
  dicht: {{label: Dicht, end: true, {REASONS}}}
""",
    "workflows/campaigns/zomer.yaml": """campaign: zomer
title: Zomer
controller: gemeente
sheet: gesprek
outcome: resultaat
talk: [gesprek]
list:
  columns:
    - {field: naam, type: text, label: Naam, required: true, privacy: 1, means: resident.name}
    - {field: tel, type: phone, label: Telefoon, required: true, privacy: 1, means: resident.phone}
  legal_basis: {public_task: Inwoners opbellen}
  source: Burgerzaken
  delete: 4 weeks
batches: {of: 20, to: [volunteer], sees: [naam, tel]}
attempts: {at_most: 3, retry: [geen_antwoord]}
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
