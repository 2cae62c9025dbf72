"""What could this case be matched with, and what was it matched with? For who reads the case."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from app.definitions.model.forms import FieldType
from app.definitions.model.matching import Matching
from app.engine import matching, matching_words, prefilling, values
from app.engine.matching import Proposal
from app.engine.matching_words import Words
from app.engine.policy import Act, Actor
from app.services.cases import match_candidates, readable
from app.services.cases.load_case import Desk, Loaded, action_form, desk_of, key_of
from app.services.cases.match_candidates import Found, Looked, one_of
from app.services.cases.match_view import LeftOut, Link, Matches, Suggestion
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, match_rows

MOST_LEFT_OUT = 20
NOTHING = Matches()


def of_case(actor: Actor, case_id: str, *, pressable: Collection[str] = (), language: str = "nl") -> Matches:
    """Suggestions while the case looks for something, else what it is linked with; nothing for who may not read it, or
    where its workflow matches nothing. ``pressable``: the buttons that this actor can press now.

    Raises NotFound.
    """
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = readable.read(tx, desk, actor, key_of(case_id))
        if loaded is None or loaded.row["blocked"]:
            return NOTHING
        rules = loaded.pin.workflow.matching
        if rules is not None and loaded.row["state"] in rules.when:
            action = rules.propose if rules.propose in pressable else ""
            return _looking(tx, desk, actor, loaded, rules, action, language)
        if rules is not None:
            rows = match_rows.of_seeker(tx, loaded.row["id"])
            return Matches(links=tuple(_links(tx, desk, rows, "other", rules)))
        return _of_other(tx, desk, loaded)


def first_answers(actor: Actor, case_id: str, other: str) -> dict[str, list[str]]:
    """What the form of the button that proposes ``other`` starts with: input name -> texts; nothing for who may not
    read the case. Raises NotFound."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = readable.read(tx, desk, actor, key_of(case_id))
        rules = loaded.pin.workflow.matching if loaded is not None else None
        if loaded is None or rules is None:
            return {}
        button = loaded.pin.workflow.actions_of(loaded.row["state"]).get(rules.propose)
        row = case_rows.get(tx, key_of(other))
        if button is None or not button.form or row is None or row["workflow"] != rules.other:
            return {}
        found = one_of(tx, desk, row)
        event_rows.log_read(tx, account=actor.account, case=row["id"], act=str(Act.CASE_READ), ground="match")
        form = action_form(tx, loaded.pin, button.form).form
    taken = prefilling.filled(form, found.form, found.answers, rules.fills)
    return {name: list(texts) for item in taken for name, texts in item.raw.items()}


def _looking(  # noqa: PLR0917 - one page, all of it known
    tx: Transaction,
    desk: Desk,
    actor: Actor,
    loaded: Loaded,
    rules: Matching,
    action: str,
    language: str,
) -> Matches:
    looked = match_candidates.look(tx, desk, actor, loaded, rules)
    return Matches(
        looking=True,
        action=action,
        best=tuple(_suggestions(desk, loaded, looked, looked.proposals.best, language)),
        rest=tuple(_suggestions(desk, loaded, looked, looked.proposals.rest, language)),
        left_out=tuple(_left_out(desk, loaded, looked, language)),
    )


def _words(desk: Desk, loaded: Loaded, found: Found, language: str) -> Words:
    rules = loaded.pin.workflow.matching
    assert rules is not None  # noqa: S101 - who calls looked at it
    return Words(rules, loaded.pin.form, found.form, desk.world.staffing.neighbourhoods, language)


def _suggestions(
    desk: Desk, loaded: Loaded, looked: Looked, proposals: Iterable[Proposal], language: str
) -> Iterable[Suggestion]:
    for proposal in proposals:
        found = looked.found[proposal.id]
        words = _words(desk, loaded, found, language)
        about = _shown(desk, found, words.matching)
        yield Suggestion(
            case=proposal.id,
            number=found.row["number"],
            title=about[0] if about else found.row["number"],
            about=tuple(about[1:]),
            fits=matching_words.fits(words, proposal),
            lacks=matching_words.lacks(words, proposal),
            free=proposal.free,
            made=proposal.made,
        )


def _left_out(desk: Desk, loaded: Loaded, looked: Looked, language: str) -> Iterable[LeftOut]:
    for one in looked.proposals.left_out[:MOST_LEFT_OUT]:
        found = looked.found[one.id]
        words = _words(desk, loaded, found, language)
        about = _shown(desk, found, words.matching)
        yield LeftOut(
            case=one.id,
            number=found.row["number"],
            title=about[0] if about else found.row["number"],
            why=matching_words.why_not(words, one),
            again=one.code in (match_candidates.DECLINED, match_candidates.KEPT),
        )


def _shown(desk: Desk, found: Found, rules: Matching) -> list[str]:
    """What the other is, by the fields that the definition shows."""
    texts: list[str] = []
    for name in rules.shows:
        field, value = found.form.field(name), found.answers.get(name)
        if field is None or value is None:
            continue
        text = values.show(field, value)
        if field.type is FieldType.NEIGHBOURHOOD:
            text = desk.world.staffing.neighbourhoods.get(text, text)
        texts.append(text)
    return texts


def _of_other(tx: Transaction, desk: Desk, loaded: Loaded) -> Matches:
    """A case that is proposed to others: to whom, and how many places are left."""
    rules = rules_for(desk, loaded.row["workflow"])
    if rules is None:
        return NOTHING
    rows = match_rows.of_other(tx, loaded.row["id"])
    places = matching.places(rules, loaded.case.answers)
    standing = len([row for row in rows if row["ended_at"] is None])
    links = tuple(_links(tx, desk, rows, "seeker", None))
    return Matches(links=links, places=places, free=max(0, places - standing))


def rules_for(desk: Desk, workflow: str) -> Matching | None:
    """The rules by which cases of ``workflow`` are proposed, as they are live."""
    every = (version.workflow.matching for version in desk.catalog.workflows.values())
    return next((found for found in every if found is not None and found.other == workflow), None)


def _links(
    tx: Transaction, desk: Desk, rows: Iterable[dict[str, Any]], end: str, rules: Matching | None
) -> Iterable[Link]:
    """The other ends, each once. The title of somebody who looks is never shown: their name is not for this page."""
    seen: set[int] = set()
    for row in rows:
        if row[end] in seen:
            continue
        seen.add(row[end])
        other = case_rows.get(tx, row[end])
        if other is None:
            continue
        about = _shown(desk, one_of(tx, desk, other), rules) if rules is not None else []
        yield Link(
            case=ids.to_text(other["id"]),
            number=other["number"],
            title=about[0] if about else "",
            state_label=other["label"].get("state", ""),
            since=row["made_at"],
            stands=row["ended_at"] is None,
        )
