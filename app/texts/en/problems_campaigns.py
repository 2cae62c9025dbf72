"""What can be wrong with a campaign?"""

TEXTS: dict[str, str] = {
    "G471": "The column `{name}` cannot come from a list.",
    "G471.hint": "A column has no conditions and is of one of these types: {known}.",
    "G472": "The list has no required column with `means: {means}`.",
    "G472.hint": "Without a name nobody is known again, and without a telephone nobody can ring. Add `means:` and "
    "`required: true` to the right column.",
    "G473": "Somebody with the role `{role}` may not fill in the form `{form}`.",
    "G473.hint": "Add the role to `audience:` of the form, or leave it out of `to:`.",
    "G474": "The outcome `{name}` stands under `{first}` and under `{second}`.",
    "G474.hint": "One thing happens after an outcome. Leave it in one place.",
    "G475": "This is not a period.",
    "G475.hint": "Write `from:` and `until:` as dates, such as 2026-11-10. The first day is not after the last.",
    "G476": "A letter follows the last attempt, but there is no letter.",
    "G476.hint": "Add a letter with `when: after` under `letters:`, or choose another `then:`.",
    "P551": "`{name}` is of class {privacy} and may not be seen here.",
    "P551.hint": "Whoever rings or visits, and whoever opens a letter, sees data of class 0 or 1 only.",
}
