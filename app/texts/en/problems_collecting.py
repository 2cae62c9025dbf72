"""What can be wrong with what is collected for a case?"""

TEXTS: dict[str, str] = {
    "P549": "The form `{form}` asks `{name}` (class {privacy}); such answers are not counted together.",
    "P549.hint": "Collect only forms with answers of class 0 or 1.",
    "G478": "What is in `{state}` can still change.",
    "G478.hint": "Name only ends (`end: true`) at `ready:`, so that a result stays a result.",
    "G479": "From `{state}` this case can go back to collecting.",
    "G479.hint": "Who compares the results before and after would see what one person said. Take that way out, or take "
    "the state out of `released:`.",
    "G487": "The form `{name}` is behind no button of what is collected.",
    "G487.hint": "Choose from: {known}.",
}
