"""What can be wrong with a form that is quick, warns, or is open for a part of the year?"""

TEXTS: dict[str, str] = {
    "S260": "This form is too long for `quick:`: {number} questions are in sight.",
    "S260.hint": "Keep {most} at most. What is not needed goes behind a button, with `show_after:`.",
    "S261": "This form asks too much for `quick:`: {number} questions must be answered.",
    "S261.hint": "Make {most} of them required at most. The rest can be asked later.",
    "S262": "`{id}` does not fit a form with `quick: true`: nobody fills it in with a few taps.",
    "S262.hint": "Choose a question with {most} answers at most, a short text, a telephone number or a photo.",
    "S263": "`quick:` does not work for a form behind a button or in a conversation.",
    "S263.hint": "Remove `quick:`.",
    "S264": "`{text}` is no day of the year.",
    "S264.hint": "Write `1 january`, `last friday of may`, `3 weeks before last friday of may` or `2027-01-04`.",
    "S265": "One day has a year, the other has none.",
    "S265.hint": "Give both a year, or neither: then the form opens each year again.",
    "S266": "`opens:` only works for a form that opens a case.",
    "S266.hint": "Remove `opens:`.",
    "S267": "The form closes before it opens.",
    "S267.hint": "Put the first day with `from:` and the last with `until:`.",
    "S268": "The button `{name}` sets no milestone. Then somebody may be reminded twice.",
    "S268.hint": "Add `marks:`, such as `marks: herinnerd`.",
}
