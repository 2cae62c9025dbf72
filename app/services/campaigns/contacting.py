"""What does a caller or visitor see, and what do they note?

Their own batch, the columns the definition names, nothing else; there is no list to take away. Noting how an attempt
went is one press; after a talk the sheet follows, which opens a case where its form does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.definitions.model.campaigns import Campaign
from app.definitions.model.forms import Field, Form
from app.engine import campaigns, values
from app.engine.campaigns import Next, Part, Standing
from app.engine.model.answers import Answers
from app.engine.policy import Actor
from app.services import once
from app.services.campaigns import figures, noting
from app.services.campaigns.batches import demand_own
from app.services.campaigns.loading import Contact, Run, contact_of, day_of, run_of
from app.services.cases.load_case import Desk, desk_of, key_of
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Conflict, Invalid, NotFound
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import campaign_rows, contact_rows

PHONE = "resident.phone"
NAME = "resident.name"


@dataclass(frozen=True, slots=True)
class Button:
    """An outcome to press. ``way``: ``quick`` notes it at once, ``sheet`` asks more first; ``grave`` cannot be taken
    back."""

    outcome: str
    label: str
    way: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class ContactView:
    """Somebody of one's own batch. ``lines`` are label and text of what may be seen; ``dial`` what ``tel:`` rings.

    ``now``: may be tried at this moment; ``day``, ``part`` and ``other`` say when else.
    """

    id: str
    version: int
    name: str
    phone: str
    dial: str
    lines: tuple[tuple[str, str], ...]
    standing: str
    now: bool
    day: date | None
    part: str
    other: str
    number: int
    same: bool
    last: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch as its holder sees it: who may be tried now, who later, how many are done."""

    id: str
    number: int
    campaign: str
    title: str
    intro: str
    visits: bool
    ready: tuple[ContactView, ...]
    later: tuple[ContactView, ...]
    done: int
    at_most: int
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The sheet for one contact: what is filled in already (name of an input -> texts), and what always is so."""

    batch: str
    contact: ContactView
    version: FormVersion
    prefill: Mapping[str, tuple[str, ...]]
    fixed: Mapping[str, tuple[str, ...]]
    opens: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A contact of one's own batch with everything around it."""

    run: Run
    contact: Contact
    batch: int
    next: Next
    sheet: FormVersion


def batch_page(actor: Actor, batch: str) -> BatchPage:
    """One's own batch. Raises ``Forbidden``, ``NotFound`` (also for somebody else's)."""
    demand_own(actor)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        row, run = own_batch(tx, desk, actor, key_of(batch))
        labels = figures.labels_of(desk, run.campaign)
        views = [_view(desk, run, contact_of(run, item), tx, labels)
                 for item in contact_rows.of_batch(tx, row["id"])]  # fmt: skip
    still = [item for item in views if Standing(item.standing) in campaigns.OPEN]
    return BatchPage(
        id=batch,
        number=row["number"],
        campaign=run.row["name"],
        title=run.campaign.title,
        intro=run.campaign.intro,
        visits=run.campaign.way.value == "visit",
        ready=tuple(item for item in still if item.now),
        later=tuple(item for item in still if not item.now),
        done=len(views) - len(still),
        at_most=run.campaign.attempts.at_most,
        buttons=buttons(run.campaign, labels),
    )


def sheet_page(actor: Actor, contact: str, outcome: str = "") -> SheetPage:
    """The sheet of one's own contact, begun. Raises ``Forbidden``, ``NotFound``."""
    demand_own(actor)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        held = hold(tx, desk, actor, contact)
        labels = figures.labels_of(desk, held.run.campaign)
        view = _view(desk, held.run, held.contact, tx, labels)
    campaign = held.run.campaign
    posted = values.posted_of(campaign.contacts.form, held.contact.columns)
    prefill = {into: tuple(posted.get(column, ())) for into, column in campaign.fills.items()}
    if outcome in labels:
        prefill[campaign.outcome] = (outcome,)
    fixed = {name: (option,) for name, option in campaign.sets.items()}
    forms = desk.catalog.forms
    opens = tuple((ref, forms[ref].form.title) for ref in campaign.opens if ref in forms)
    return SheetPage(ids.to_text(held.batch), view, held.sheet, prefill, fixed, opens)


def note(actor: Actor, contact: str, outcome: str, version: int, token: str) -> str:
    """Note how an attempt went, in one press; the batch it is in. The same press twice notes it once.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``contact_changed``), ``Invalid`` (``outcome_unknown``,
    ``outcome_asks_more``, ``contact_not_now``).
    """
    demand_own(actor)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        held = hold(tx, desk, actor, contact, lock=True)
        if once.first(tx, actor, token, "attempt", contact, outcome) is not None:
            return ids.to_text(held.batch)
        known = {
            item.outcome: item
            for item in buttons(held.run.campaign, figures.labels_of(desk, held.run.campaign))
        }
        if outcome not in known:
            raise Invalid("outcome_unknown")
        if known[outcome].way != "quick":
            raise Invalid("outcome_asks_more")
        demand_now(tx, desk, held, outcome, version)
        noting.add(tx, desk, held.run, held.contact, {held.run.campaign.outcome: outcome}, held.sheet.form)
        return ids.to_text(held.batch)


def hold(tx: Transaction, desk: Desk, actor: Actor, contact: str, *, lock: bool = False) -> Held:
    """A contact of a batch of one's own. Raises ``NotFound``."""
    row = contact_rows.get(tx, key_of(contact), lock=lock)
    if row is None or row["batch"] is None:
        raise NotFound
    _batch, run = own_batch(tx, desk, actor, row["batch"])
    found = contact_of(run, row)
    stopped = row["standing"] if Standing(row["standing"]) in campaigns.SILENT else ""
    coming = campaigns.next_of(run.campaign, found.history, desk.world.calendar, stopped=stopped)
    return Held(run, found, row["batch"], coming, sheet_of(desk, run))


def own_batch(tx: Transaction, desk: Desk, actor: Actor, batch: int) -> tuple[Mapping[str, Any], Run]:
    """A batch that is one's own, of a campaign that runs today. Raises ``NotFound``."""
    row = campaign_rows.batch(tx, batch)
    if row is None or not actor.account or actor.account not in (row["holder"], row["second"]):
        raise NotFound
    run = run_of(tx, row["campaign"])
    if not run.is_open or day_of(tx.now, desk.world.calendar) > run.row["ends"]:
        raise NotFound
    return row, run


def demand_now(tx: Transaction, desk: Desk, held: Held, outcome: str, version: int) -> None:
    """Raise ``Conflict`` when somebody noted something since, ``Invalid`` when it is not the time: only what stops all
    contact may be said always."""
    outs = held.run.campaign.opt_outs
    if held.contact.row["version"] != version:
        raise Conflict("contact_changed")
    if held.next.standing not in campaigns.OPEN:
        raise Invalid("contact_not_now")
    part = campaigns.part_of(desk.world.calendar, tx.now)
    if not held.next.may(day_of(tx.now, desk.world.calendar), part) and outcome not in (
        *outs.refused,
        *outs.deceased,
    ):
        raise Invalid("contact_not_now")


def sheet_of(desk: Desk, run: Run) -> FormVersion:
    """The form of one attempt, as it is live. Raises ``NotFound``."""
    return desk.catalog.form(run.campaign.sheet)


def buttons(campaign: Campaign, labels: Mapping[str, str]) -> tuple[Button, ...]:
    """The outcomes in the order of the definition."""
    grave = {*campaign.opt_outs.refused, *campaign.opt_outs.deceased}
    more = {*campaign.talk, *((campaign.attempts.later.outcome,) if campaign.attempts.later else ())}
    return tuple(
        Button(item, label, "sheet" if item in more else "quick", item in grave)
        for item, label in labels.items()
    )


def _view(desk: Desk, run: Run, contact: Contact, tx: Transaction, labels: Mapping[str, str]) -> ContactView:
    campaign, columns = run.campaign, contact.columns
    stopped = contact.row["standing"] if Standing(contact.row["standing"]) in campaigns.SILENT else ""
    coming = campaigns.next_of(campaign, contact.history, desk.world.calendar, stopped=stopped)
    day, part = day_of(tx.now, desk.world.calendar), campaigns.part_of(desk.world.calendar, tx.now)
    phone = _value(campaign.contacts.form, columns, PHONE) if _sees(campaign, PHONE) else None
    places = desk.world.staffing.neighbourhoods
    lines = []
    for field in campaign.contacts.columns:
        if field.id in campaign.batches.sees and field.means not in (NAME, PHONE) and field.id in columns:
            value = columns[field.id]
            shown = places.get(str(value), "") or values.show(field, value)
            lines.append((field.label, shown))
    named = campaign.meaning(NAME)
    last = contact.history[-1] if contact.history else None
    return ContactView(
        id=ids.to_text(contact.key),
        version=contact.row["version"],
        name=values.show(named, columns[named.id]) if named is not None and named.id in columns else "",
        phone=_shown(campaign, columns, PHONE) if phone else "",
        dial=str(phone or ""),
        lines=tuple(lines),
        standing=coming.standing.value,
        now=coming.may(day, part),
        day=coming.day if coming.day != date.max else None,
        part=_word(coming.part),
        other=_word(coming.other),
        number=coming.number,
        same=coming.same,
        last=labels.get(last.outcome, "") if last is not None else "",
    )


def _word(part: Part | None) -> str:
    return part.value if part is not None else ""


def _sees(campaign: Campaign, means: str) -> bool:
    field = campaign.meaning(means)
    return field is not None and field.id in campaign.batches.sees


def _value(form: Form, columns: Answers, means: str) -> object:
    field = form.meaning(means)
    return columns.get(field.id) if field is not None else None


def _shown(campaign: Campaign, columns: Answers, means: str) -> str:
    field: Field | None = campaign.meaning(means)
    return values.show(field, columns[field.id]) if field is not None and field.id in columns else ""
