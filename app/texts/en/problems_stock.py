"""What can be wrong with what a form lends?"""

TEXTS: dict[str, str] = {
    "S270": "`{name}` is no field of the type `{kind}` here.",
    "S270.hint": "`rows:` takes a `repeat`, `item:` a `choice` in it, `many:` an `integer` in it, and `day:` a `date`.",
    "S271": "`there:` does not say how many there are of `{name}`.",
    "S271.hint": "Write `{name}: 10`, or `{name}: 0` when there are none.",
    "S272": "`{name}: {number}` does not say how many there are of something.",
    "S272.hint": "Name an option of the field `{item}` with a whole number of 0 or more.",
    "S273": "`stock:` only works for a form that opens a case.",
    "S273.hint": "Remove `stock:`. What is lent belongs to a case: it is free again when that ends.",
    "S274": "`{name}` has too high a class: whoever wants to borrow reads what is gone that day.",
    "S274.hint": "Give the day, the thing and the number `privacy: 0` or `privacy: 1`.",
}
