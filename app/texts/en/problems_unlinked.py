"""What can be wrong with a form that belongs to nobody?"""

TEXTS: dict[str, str] = {
    "S241": "`{name}` cannot stand with `keeps:`.",
    "S241.hint": "Take only required closed fields that are always shown: a choice, yes or no, a scale or a "
    "neighbourhood.",
    "S242": "`per: {name}` does not stand with `keeps:`.",
    "S242.hint": "Choose from: {known}. Or put the field with `keeps:` too.",
    "S243": "Fewer than {least} sheets are never released.",
    "S243.hint": "Write `at_least: {least}` or more: what is small points at somebody.",
    "S244": "`{key}` does not fit a form that belongs to nobody.",
    "S244.hint": "A form with `unlinked:` opens no case. Remove `{key}`.",
    "S245": "The term of a sheet that belongs to nobody begins when it is sent, and then it goes.",
    "S245.hint": "Write `retention: {{after: submitted, months: 36, then: delete}}`, without `if:`.",
    "S246": "`beside:` does not work for a form behind a button.",
    "S246.hint": "Remove `beside:`. Put it in the form that somebody sends.",
    "P541": "`{id}` cannot stand in a form that belongs to nobody: a field like this says who, where or when exactly.",
    "P541.hint": "Ask it in the form under `beside:`, or make it a choice.",
    "P542": "`{id}` has privacy class {privacy}, and this form belongs to nobody.",
    "P542.hint": "Make the answer so wide that class 0 is right, or remove the field.",
    "P543": "Somebody may write in `{id}` who it is.",
    "P543.hint": "Add `anonymous: true`. Who types a name or number is warned then.",
}
