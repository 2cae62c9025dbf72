"""What can be wrong with a question to others?"""

TEXTS: dict[str, str] = {
    "S191": "`{key}:` hoort bij mensen die je zelf uitnodigt.",
    "S191.hint": "Schrijf `to: invited`, of schrap `{key}:`.",
    "S192": "Naar `{name}` ({type}) kan geen vraag vertrekken.",
    "S192.hint": "Neem een veld van het type `email` of `partner`, een contactpunt, of `invited`.",
    "S193": "Een taak kan alleen naar een contactpunt.",
    "S193.hint": "Schrijf een contactpunt bij `to:`, of `by: link`.",
    "S194": "`{id}` is hier ook een veld.",
    "S194.hint": "Geef de vraag een andere naam. In voorwaarden staat die naam voor de antwoorden.",
    "P529": "`{name}` heeft klasse {privacy} en mag niet op de pagina achter de link staan.",
    "P529.hint": "Toon alleen velden van klasse 0 of 1.",
    "P547": "Het formulier `{form}` vraagt `{name}` (klasse {privacy}) achter een link.",
    "P547.hint": "Vraag achter een link alleen antwoorden van klasse 0 of 1.",
    "P550": "Wat lopende dossiers bij `{name}` zeggen (klasse {privacy}), mag niet op de pagina van een vraag staan.",
    "P550.hint": "Neem een veld van klasse 0.",
}
