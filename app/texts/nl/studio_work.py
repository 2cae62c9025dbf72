"""Dutch words of publishing, versions and beginning something new; and the texts a new file begins with."""

TEXTS: dict[str, str] = {
    # Publishing
    "title": "Publiceren",
    "lead": "Wat hier staat, is klaargezet en loopt nog niet. Kijk na wat er verandert en publiceer het dan samen.",
    "nothing": "Er staat niets klaar om te publiceren.",
    "to_list": "Naar formulieren en processen",
    "done": "Gepubliceerd. Nieuw werk begint vanaf nu zo; dossiers die lopen, gaan verder zoals ze begonnen.",
    "files": "Wat publiceer je?",
    "files.hint": "Haal het vinkje weg bij wat nog niet klaar is; dat blijft staan.",
    "by": "{name}, {when}",
    "somebody": "iemand",
    "standing.live": "In gebruik",
    "standing.changed": "Gewijzigd",
    "standing.new": "Nieuw",
    "standing.removed": "Verdwijnt",
    "standing.archived": "Gearchiveerd",
    "edit": "Bewerk",
    "lines": "Bekijk de tekst, regel voor regel",
    "line.mine": "nieuw",
    "line.theirs": "nu",
    "line.same": "",
    "line.skipped": "…",
    "discard": "Gooi weg",
    "discard.what": "het ontwerp van {title}",
    "discard.sure": "Weggooien kan je niet terugdraaien.",
    "outdated": (
        "Wat nu loopt, is veranderd nadat hieraan begonnen was. Als je dit publiceert, verdwijnt die verandering. "
        "Kijk naar de regels hieronder."
    ),
    "outdated.mine": "Mijn tekst geldt",
    "look_again": "Kijk opnieuw na",
    "look_again.hint": "Zo zie je wat je keuze verandert, voor je publiceert.",
    "refused": "Dit kan je nog niet publiceren",
    "refused.lead": "Los eerst deze fouten op, of laat het bestand weg bij wat je publiceert.",
    "advice": "Kan nog beter",
    "changes": "Wat verandert er?",
    "changes.none": "Voor wie het gebruikt, verandert er niets.",
    "changes.more": "Nog {n} veranderingen",
    "changes.more.one": "Nog 1 verandering",
    "kind.form": "Formulier",
    "kind.workflow": "Proces",
    "kind.campaign": "Campagne",
    "kind.contact_point": "Aanspreekpunt",
    "kind.block": "Blok",
    "kind.list": "Lijst",
    "kind.report": "Rapport",
    "kind.contact_points": "Aanspreekpunten",
    "kind.": "Bestand",
    "code.added": "Nieuw",
    "code.removed": "Wordt gearchiveerd: nieuw werk kan er niet meer mee beginnen.",
    "code.same": "Krijgt een nieuwe versie, omdat een formulier achter een knop verandert.",
    "followers": "Welke formulieren gaan mee?",
    "followers.hint": (
        "Ze gebruiken een blok of lijst die verandert. Zonder vinkje gaat een formulier verder zoals het nu is."
    ),
    "followers.held": "bleef eerder achter",
    "torn": "{form} kan niet achterblijven: zijn proces {workflow} verandert mee.",
    "touched": "Wat loopt er nu?",
    "touched.lead": "Deze dossiers en concepten gaan verder zoals ze begonnen. Ze veranderen niet.",
    "touched.none": "Er lopen geen dossiers en geen concepten op wat je verandert.",
    "touched.process": "Proces",
    "touched.state": "Stap",
    "touched.cases": "Dossiers",
    "touched.gone": "deze stap verdwijnt",
    "touched.drafts": "{title}, versie {number}: {n} concepten",
    "touched.drafts.one": "{title}, versie {number}: 1 concept",
    "touched.lost": "Wat zou er verloren gaan als je lopende dossiers overzet?",
    "touched.lost.field": "{form}: het antwoord op “{label}”, in {n} dossiers",
    "touched.lost.field.one": "{form}: het antwoord op “{label}”, in 1 dossier",
    "touched.lost.part": "{form}: “{shown}” bij “{label}”, in {n} dossiers",
    "touched.lost.part.one": "{form}: “{shown}” bij “{label}”, in 1 dossier",
    "touched.partly": "Van {form} lopen heel veel dossiers; alleen de nieuwste zijn geteld.",
    "touched.move": "Dossiers overzetten",
    "note": "Waarom verander je dit?",
    "note.hint": "Eén zin is genoeg. Ze blijft bij deze versie staan.",
    "publish": "Publiceer",
    "may_not": "Je kan dit bekijken. Publiceren doet de formulierbeheerder.",
    "staff": "Ga naar mensen en aanspreekpunten",
    # A text of a package that waits
    "packages": "Uit een pakket",
    "packages.lead": "Een pakket bracht een tekst die hier nog niet loopt. Kies wat geldt.",
    "package.title": "Twee teksten van {path}",
    "package.lead": "Links staat wat er hier is, met wat het pakket bracht ernaast, regel voor regel.",
    "package.compare": "Vergelijk",
    "package.ours": "Wat hier veranderde",
    "package.theirs": "Wat het pakket veranderde",
    "package.between": "Het verschil tussen beide",
    "package.no_base": "Waar beide mee begonnen, is niet meer bekend.",
    "package.same": "Geen verschil.",
    "package.line.mine": "pakket",
    "package.line.theirs": "hier",
    "package.line.same": "",
    "package.line.skipped": "…",
    "package.take": "Neem de tekst van het pakket",
    "package.take.hint": "Hij komt klaar te staan als ontwerp. Je kan hem nog bewerken voor je publiceert.",
    "package.leave": "Hou wat er hier is",
    "package.leave.hint": "Deze tekst van het pakket komt dan niet meer terug.",
    # Versions
    "versions": "Versies",
    "versions.title": "Versies van {title}",
    "versions.number": "Versie",
    "versions.when": "Gepubliceerd",
    "versions.note": "Waarom",
    "versions.cases": "Open dossiers",
    "versions.current": "in gebruik",
    "versions.archived": "Dit is gearchiveerd: nieuw werk kan er niet mee beginnen. Wat loopt, gaat verder.",
    "versions.view": "Bekijk",
    "versions.view.what": "versie {number}",
    "versions.one": "{title}, versie {number}",
    "versions.package": "pakket",
    "versions.since": "Wat veranderde er tegenover versie {number}?",
    "versions.first": "Dit is de eerste versie.",
    "versions.until": "Wat veranderde er sindsdien?",
    "versions.newest": "Dit is de nieuwste versie.",
    "versions.no_difference": "Niets dat iemand merkt.",
    "versions.files": "De tekst",
    "versions.restore": "Zet terug als ontwerp",
    "versions.restore.lead": (
        "De tekst van deze versie komt klaar te staan. Er verandert niets aan wat loopt tot je publiceert."
    ),
    "versions.restore.files": "Welke bestanden zet je terug?",
    "versions.restore.same": "nog altijd zo",
    "versions.restore.nothing": "Alles staat er nog altijd zo. Er valt niets terug te zetten.",
    "versions.archive": "Archiveer",
    "versions.archive.lead": (
        "Nieuw werk kan er dan niet meer mee beginnen. Dossiers die lopen, gaan verder en alle versies blijven "
        "bewaard. Het gebeurt bij de volgende publicatie."
    ),
    "versions.archive.waits": "Staat klaar om gearchiveerd te worden bij de volgende publicatie.",
    "versions.unarchive": "Zet de laatste versie terug om het weer te gebruiken.",
    # The list
    "list.new_form": "Nieuw formulier",
    "list.new_flow": "Nieuw proces",
    "list.more": "Blokken, lijsten en aanspreekpunten",
    "list.try": "Uitproberen",
    "unheld": "Nog niemand is houder van: {points}.",
    "unheld.how": "Een nieuw formulier wacht tot iemand houder is van zijn aanspreekpunt. Wat loopt, loopt door. Duid "
    "eerst iemand aan. Vergelijk daarna, neem over en publiceer: dat kan formulier per formulier.",
    "list.drafts": "{n} bestanden staan klaar om te publiceren.",
    "list.drafts.one": "1 bestand staat klaar om te publiceren.",
    "list.not_yet": "nog niet gepubliceerd",
    "list.archived": "Gearchiveerd",
    "list.standing": "Stand",
    # Something new
    "new.form": "Nieuw formulier",
    "new.flow": "Nieuw proces",
    "new.lead": "Het begint klein en volledig. Daarna bewerk je de tekst; er loopt niets tot je publiceert.",
    "new.name": "Titel",
    "new.name.hint": "Zo ziet iedereen het.",
    "new.id": "Naam",
    "new.id.hint": "Kleine letters, cijfers en _, zoals aanmelding_burenhulp. Die naam verandert later niet meer.",
    "new.use": "Waarvoor?",
    "new.use.case": "Een formulier waarmee een dossier begint, met een eigen proces",
    "new.use.action": "Een kort formulier achter een knop van een proces",
    "new.of": "Voor welk formulier?",
    "new.make": "Begin",
    "new.error.title": "Schrijf een titel.",
    "new.error.id": "Schrijf een naam van hoogstens 40 kleine letters, cijfers en _, die met een letter begint.",
    "new.error.taken": "Deze naam bestaat al. Kies een andere.",
    "new.error.of": "Kies een formulier.",
    "new.summary": "Kijk dit nog na",
    # What a new file begins with: YAML, with {id}, {title}, {workflow}, {form} and {point} filled in
    "skeleton.case": """\
form: {id}
title: {title}
audience: [reception]
controller: gemeente
legal_basis: {{public_task: Hulp- en dienstverlening}}
retention: {{after: closed, months: 24, then: delete}}
workflow: {workflow}

sections:
  - section: vraag
    title: De vraag
    fields:
      - field: onderwerp
        type: text
        label: Waarover gaat het?
        required: true
        privacy: 1
""",
    "skeleton.action": """\
form: {id}
title: {title}
kind: action

sections:
  - section: verslag
    title: Verslag
    fields:
      - field: verslag
        type: long_text
        label: Wat is er gebeurd?
        required: true
        privacy: 1
""",
    "skeleton.workflow": """\
workflow: {id}
title: {title}
forms: [{form}]
start: nieuw

route:
  - otherwise: {point}

states:
  nieuw:
    label: Nieuw
    shown_as: ontvangen
    task: Neem contact op
    deadline: 5 working days
    remind: [on the day]
    escalate:
      - {{after: 2 working days, to: substitute}}
      - {{after: 5 working days, to: head_of_service}}
    actions:
      klaar: {{label: Afgerond, to: afgesloten, reason: true}}
  afgesloten:
    label: Afgesloten
    shown_as: klaar
    end: true
    reasons:
      - {{id: geholpen, label: Geholpen, means: solved}}
      - {{id: niet_voor_ons, label: Niet voor ons, means: wrong_target}}
""",
}
