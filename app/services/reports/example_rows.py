"""What do the made-up rounds and campaigns of a report's example come to, line by line?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Form
from app.definitions.model.reports import STAGES, Report
from app.engine.campaigns import STAGE_MARK
from app.engine.model.people import World
from app.engine.reported import Told, counted_in
from app.engine.rounds import Reply
from app.engine.values import read_json
from app.reporting import of_campaigns, of_rounds
from app.reporting import of_streets as street_rows
from app.reporting.rows import Monthly

TIMES = "times"
MOST = 1000
OF_CAMPAIGN = ("campaign", "week", "neighbourhood", "outcome", "stage", TIMES)
"""What a case of a campaign may say."""


class Unfit(Exception):
    """What of an example cannot be read."""


def of_round(catalog: Catalog, report: Report, case: Mapping[str, object], known: Told) -> Iterator[Monthly]:
    """The lines of one round: ``replies`` are what each question of the process (by name) got as answers."""
    flow, replies = catalog.workflows.get(known.form.workflow), case.get("replies", {})
    if flow is None or not isinstance(replies, Mapping):
        raise Unfit("replies")
    for name, given in replies.items():
        ask = flow.asks().get(str(name))
        if ask is None or not isinstance(given, list):
            raise Unfit(f"replies: {name}")
        form = catalog.forms[ask.form]
        rows = of_rounds.rows_of(ask, form, [reply for one in given for reply in _replies(form, one)])
        day = known.moments.get("closed", known.received)
        told = replace(known, words=of_rounds.words(rows))
        yield from of_rounds.lines(report, told, f"{day:%Y-%m}", rows)


def of_campaign(
    catalog: Catalog, report: Report, case: Mapping[str, object], world: World
) -> Iterator[Monthly]:
    """The lines of one number of a campaign: an ``outcome`` or a ``stage``, so many ``times`` in a ``week``."""
    strange = sorted(set(case) - set(OF_CAMPAIGN))
    campaign = catalog.campaigns.get(str(case.get("campaign", "")))
    stage = str(case.get("stage", ""))
    if strange or campaign is None or (stage and stage not in STAGES):
        raise Unfit(
            strange[0] if strange else f"campaign: {case.get('campaign', '')}" if campaign is None else stage
        )
    try:
        week = date.fromisoformat(str(case.get("week", "")))
    except ValueError:
        raise Unfit(f"week: {case.get('week', '')}") from None
    row = {
        "week": week,
        "neighbourhood": str(case.get("neighbourhood", "")),
        "outcome": f"{STAGE_MARK}{stage}" if stage else str(case.get("outcome", "")),
        "n": times(case),
    }
    yield from of_campaigns.lines(report, world.calendar, campaign, catalog.forms.get(campaign.sheet), row)


def of_streets(
    report: Report, world: World, register: Mapping[str, object], cases: Sequence[Told], today: date
) -> Iterator[Monthly]:
    """The lines of the streets of an example: ``streets: {neighbourhood: [names]}``."""
    known = [
        (str(place), str(name))
        for place, names in register.items()
        for name in (names if isinstance(names, list) else ())
    ]
    if not known:
        raise Unfit("streets")
    named = [street for case in cases if counted_in(report, case) for street in street_rows.named_in(case)]
    yield from street_rows.lines(report, world.calendar, today, street_rows.covered(known, named))


def times(case: Mapping[str, object]) -> int:
    """How often it counts. Raises ``Unfit``."""
    text = str(case.get(TIMES, "1"))
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST):
        raise Unfit(f"{TIMES}: {text}")
    return int(text)


def _replies(form: Form, one: object) -> list[Reply]:
    if not isinstance(one, Mapping):
        raise Unfit("replies")
    given = read_json(form, {name: value for name, value in one.items() if name != TIMES})
    if given.errors:
        raise Unfit(given.errors[0].field)
    return [Reply("", given.values)] * times(one)
