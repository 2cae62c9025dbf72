"""What can be wrong with cases that belong together?"""

TEXTS: dict[str, str] = {
    "S175": "`{name}` is not a field in which cases are chosen.",
    "S175.hint": "Name a field `type: case` with `cases: {{of: ...}}`.",
    "P538": "The list to choose from would show `{name}` (class {privacy}).",
    "P538.hint": "Show fields of class 0 or 1 only.",
    "G470": "The button `{action}` does not exist in this process.",
    "G470.hint": "Left of the colon stands a button of this process: {known}.",
    "G486": "The button `{action}` of `{workflow}` cannot be pressed along.",
    "G486.hint": "Choose a button of that process that asks nothing: no form, no reason, no attempts and no `does:`.",
}
