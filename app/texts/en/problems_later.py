"""What can be wrong with people and answers that a workflow only learns from what somebody fills in?"""

TEXTS: dict[str, str] = {
    "S172": "`{name}` is a person and cannot be the last end of the route.",
    "S172.hint": "Put a contact point at `otherwise:`: it takes over when that person is not there.",
    "S173": "`{name}` names no member of staff: they cannot hold a case.",
    "S173.hint": "Use a field `type: person` with `of: [staff]`.",
    "T230": "`{name}` is not known here yet: somebody fills that in later, behind a button.",
    "T230.hint": "Use it in a state of the process, or ask it in the form that opens the case.",
    "P536": "`{name}` is never known here: no way to `{state}` goes past the button with `form: {form}`.",
    "P536.hint": "Put this condition in a state that comes after that button.",
    "P537": "This message can go out while `{name}` is not known: {path}.",
    "P537.hint": "Send it with the button that has `form: {form}`, or only after that button was used.",
}
