"""What can be wrong with a question to others?"""

TEXTS: dict[str, str] = {
    "S191": "`{key}:` goes with people you invite yourself.",
    "S191.hint": "Write `to: invited`, or remove `{key}:`.",
    "S192": "No question can be sent to `{name}` ({type}).",
    "S192.hint": "Use a field of type `email` or `partner`, a contact point, or `invited`.",
    "S193": "A task can only go to a contact point.",
    "S193.hint": "Write a contact point at `to:`, or `by: link`.",
    "S194": "`{id}` is also a field here.",
    "S194.hint": "Give the question another name. In conditions that name stands for the answers.",
    "P529": "`{name}` is class {privacy} and may not be on the page behind the link.",
    "P529.hint": "Show only fields of class 0 or 1.",
    "P547": "Form `{form}` asks for `{name}` (class {privacy}) behind a link.",
    "P547.hint": "Ask only for answers of class 0 or 1 behind a link.",
    "P550": "What running cases say at `{name}` (class {privacy}) may not stand on the page of a question.",
    "P550.hint": "Take a field of class 0.",
}
