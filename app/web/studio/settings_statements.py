"""Where does the municipality fill in what it publishes, and what only it can say of its register?"""

from __future__ import annotations

from flask import redirect, request, url_for

from app.engine.policy import Act
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.municipality import statements
from app.texts import has, say
from app.web import visitor
from app.web.acts import act
from app.web.studio import seen
from app.web.studio.settings_steps import Page, bp, label_of, page

SHOWN_ON = {
    "privacy": "statements.privacy",
    "register": "register.index",
    "accessibility": "statements.accessibility",
    "complaints": "statements.complaints",
}


@bp.get("/publiek")
@act(Act.SETTINGS_EDIT)
def statements_step() -> Page:
    """The groups, with what is missing of each."""
    visitor.actor()
    return page("statements_step", groups=statements.everything(visitor.world()), shown_on=SHOWN_ON)


@bp.get("/publiek/<group>")
@act(Act.SETTINGS_EDIT)
def statement(group: str) -> Page:
    """One group."""
    return _shown(statements.show(visitor.actor(), group))


@bp.post("/publiek/<group>")
@act(Act.SETTINGS_EDIT)
def save_statement(group: str) -> Page:
    """Keep it."""
    who = visitor.actor()
    before = statements.show(who, group)
    typed = {name: request.form.get(name, "") for name in before.told}
    try:
        statements.save(who, group, typed, seen=seen.posted())
    except (Conflict, Invalid) as problem:
        return _shown(statements.Standing(group, typed, before.missing), problem, before)
    return redirect(url_for("settings.statements_step", bewaard=1))


def _shown(
    standing: statements.Standing,
    problem: ServiceError | None = None,
    before: statements.Standing | None = None,
) -> Page:
    now = seen.now(problem, standing.told, label_of)
    return page(
        "statements_step",
        problem,
        template="statement",
        standing=standing,
        shown=(before or standing).told,
        now=tuple((label, _told(text)) for label, text in now),
        items=statements.GROUPS[standing.group],
        choices=statements.ACCESSIBLE,
        longest=statements.LONGEST,
    )


def _told(text: str) -> str:
    """A choice in its words; anything else as it is."""
    code = f"publishing.choice.{text}"
    return say(code) if text in statements.ACCESSIBLE and has(code) else text
