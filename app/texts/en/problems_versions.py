"""What is said in English beside earlier versions? As ``app.texts.nl.problems_versions``."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "V901": "The field `{id}` had the type `{before}` in an earlier version and is now `{now}`.",
    "V901.hint": "Old answers would come to mean something else. Give the field a new name, such as "
    "`{proposal}`.",
    "V902": "The option `{id}` of `{place}` used to exist as “{before}” and would now mean “{now}”.",
    "V902.hint": "Use a new name for a new answer, such as `{proposal}`.",
    "V903": "The option `{id}` of `{place}` was called “{before}” and is now called “{now}”.",
    "V903.hint": "If it is the same answer in other words, that is fine. If it means something else, give it a new "
    "name, such as `{proposal}`.",
    "V904": "The contact point `{name}` disappears, but {cases} cases and {tasks} tasks are still open "
    "there.",
    "V904.hint": "Hand them over first, or keep the contact point until they are closed.",
}
