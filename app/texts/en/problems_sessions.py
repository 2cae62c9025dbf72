"""What can be wrong with sessions, and with who registers for them?"""

TEXTS: dict[str, str] = {
    "S189": "The list `{name}` counts nothing and shows nothing, or does both.",
    "S189.hint": "Write `count:` with one field to count its answers, or `shows:` with the fields of each line.",
    "G480": "The process of `{form}` has no button `{name}`.",
    "G480.hint": "Name a button of the process that a registration runs through, or add it there.",
    "G481": "The session may not press the button `{name}` by itself.",
    "G481.hint": "Give that button `by: [session]`. Whoever may use it too stands beside it.",
    "G482": "Who comes in without having registered is not asked `{name}`, but that answer is required.",
    "G482.hint": "Add the field to `new:`, or do not make it required.",
    "G483": "`{text}` does not say how often somebody came.",
    "G483.hint": "Write for instance `3 of 4`: three of the last four. We look back 26 sessions at most.",
    "G484": "The term of this task is not in working days.",
    "G484.hint": "Write for instance `3 working days`.",
    "G485": "There is nothing to choose in the field `{name}`: no process names it in `sessions:`.",
    "G485.hint": "Write `registers: {form}` and `by: {name}` in the process of the sessions.",
    "P561": "`{name}` has class {privacy} and may not stand in a calendar.",
    "P561.hint": "A calendar is for everybody. Show fields of class 0 only.",
}
