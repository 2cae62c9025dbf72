"""What can be wrong with a matching, and with what a form starts with?"""

TEXTS: dict[str, str] = {
    "S168": "This part of the score does not compare exactly one thing.",
    "S168.hint": "Write one of these five: `overlap:`, `times:`, `distance:`, `covers:` or `if:`.",
    "S169": "`{text}` stands on the wrong side here.",
    "S169.hint": "A field of the other side begins with `other.`. A comparison has one field of this side and one of "
    "the other.",
    "S171": "This button opens no form that could hold something already.",
    "S171.hint": "Add `open_form:`, or remove `fills:`.",
    "G451": "`{part}` cannot compare `{name}`: that field is of type `{type}`.",
    "G451.hint": "This fits: {fits}.",
    "G452": "`{left}` and `{right}` can never say the same.",
    "G452.hint": "Give both fields the same list of options, or compare a neighbourhood with a neighbourhood and an "
    "address with an address.",
    "G454": "The state `{state}` has no button `{name}`, so nothing can be proposed there.",
    "G454.hint": "Add the button to that state, or remove the state from `when:`.",
    "G456": "The answer to `{name}` ({type_left}) does not fit in `{field}` ({type_right}).",
    "G456.hint": "Take a field of the same type, or a text.",
    "P524": "This rule reads the sensitive answer to `{name}` (class 3).",
    "P524.hint": "Is that needed? Then name it at `sensitive:`. So everybody knows that it counts, and only who may "
    "read it sees anything of it.",
    "P525": "`{name}` has class {privacy} and may not stand in a suggestion.",
    "P525.hint": "Show only fields of class 0 or 1.",
    "P526": "The answer to `{name}` (class {privacy}) would be less protected in `{field}`.",
    "P526.hint": "Give `{field}` the same privacy class, or do not take this answer over.",
}
