"""Somebody brings a list: which column is which, what is wrong in which row, and have the rest put in.

Until it is in, a list lies sealed; nothing of it is in a log, an address or an error. What comes in comes in whole
(``fill_list``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine import calendar
from app.engine.model.people import World
from app.engine.policy import Act, Actor
from app.services import once, spreadsheets
from app.services.campaigns import judging_rows, sheet_reading
from app.services.campaigns.judging_rows import Judged, Known, Wrong
from app.services.campaigns.loading import Row, Run, run_of
from app.services.campaigns.sheet_reading import Listed
from app.services.cases.load_case import desk_of, key_of
from app.services.errors import Conflict, Invalid, NotFound
from app.services.permission import demand
from app.storage import history, ids, outbox
from app.storage.database import Transaction, transaction
from app.storage.repositories import contact_rows
from app.texts import say

FILL = "campaign_list"
BROUGHT, CHECKED, RUNNING, DONE = "brought", "checked", "running", "done"
LAST_ROW = "#last"
"""In the mapping of a list that is coming in: the last row of the sheet that is in. No column is called so."""
SAMPLES = 3
SHOWN = 200
"""Lines of the report on the page; all of them are in the file."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the campaign and where it stands in the list (-1: nowhere)."""

    id: str
    label: str
    required: bool
    place: int


@dataclass(frozen=True, slots=True)
class ListView:
    """A list that was brought. ``wrong`` are the first lines of the report; ``bad`` counts rows, ``lines`` lines."""

    id: str
    campaign: str
    title: str
    state: str
    heads: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    rows: int
    good: int
    bad: int
    lines: int
    wrong: tuple[Wrong, ...]
    done: int
    is_open: bool

    @property
    def busy(self) -> bool:
        """Whether it is being put in."""
        return self.state == RUNNING


def bring(actor: Actor, campaign: str, data: bytes, token: str) -> str:
    """Keep a list, sealed, with the columns guessed; its id. The same press twice keeps it once.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``campaign_ended``), ``Invalid`` (what ``sheet_reading`` says).
    """
    demand(actor, Act.CAMPAIGN_RUN)
    listed = sheet_reading.read(data)
    with transaction(actor.municipality) as tx:
        run = run_of(tx, campaign, lock=True)
        again = once.first(tx, actor, token, "campaign_list", campaign, listed.heads, listed.rows)
        if again is not None:
            return str(again["list"])
        _demand_open(run)
        content = {"heads": list(listed.heads), "rows": [[at, list(cells)] for at, cells in listed.rows]}
        key = contact_rows.bring(tx, run.key, content, rows=len(listed.rows), by=actor.account)
        contact_rows.change_list(tx, key, mapping=sheet_reading.guessed(run.campaign, listed.heads))
        told = {"campaign": campaign, "rows": str(len(listed.rows))}
        history.append(tx, None, "campaign_list_brought", told, by=actor.account)
        once.gave(tx, token, list=ids.to_text(key))
        return ids.to_text(key)


def show(actor: Actor, campaign: str, brought: str) -> ListView:
    """A list as far as it is. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.CAMPAIGN_RUN)
    with transaction(actor.municipality, readonly=True) as tx:
        run, row = _brought(tx, campaign, brought)
        listed = _listed(tx, row)
        wrong = _report(tx, row)
        columns = tuple(
            Column(field.id, field.label, field.required, int(row["mapping"].get(field.id, -1)))
            for field in run.campaign.contacts.columns
        )
        bad = len({item.row for item in wrong})
        return ListView(
            id=brought,
            campaign=campaign,
            title=run.row["name"],
            state=row["state"],
            heads=listed.heads if listed else (),
            samples=tuple(cells for _, cells in listed.rows[:SAMPLES]) if listed else (),
            columns=columns,
            rows=row["rows"],
            good=row["rows"] - bad if row["report"] is not None else 0,
            bad=bad,
            lines=len(wrong),
            wrong=wrong[:SHOWN],
            done=row["done"],
            is_open=run.is_open,
        )


def check(actor: Actor, campaign: str, brought: str, mapping: Mapping[str, int]) -> None:
    """Say which column is which, and judge every row. Raises ``Forbidden``, ``NotFound``, ``Conflict``
    (``campaign_list_in``), ``Invalid`` (``columns_missing``)."""
    demand(actor, Act.CAMPAIGN_RUN)
    world = desk_of(actor.municipality).world
    with transaction(actor.municipality) as tx:
        run, row = _brought(tx, campaign, brought, lock=True)
        listed = _listed(tx, row)
        if row["state"] in (RUNNING, DONE) or listed is None:
            raise Conflict("campaign_list_in")
        kept = _mapping(run, listed, mapping)
        judged = judge_rows(tx, world, run, listed, kept)
        lines = [[item.row, item.column, item.reason] for item in judged.wrong]
        report = tx.sealer.seal_json(("campaign_import", row["id"], "report"), lines)
        contact_rows.change_list(tx, row["id"], state=CHECKED, mapping=kept, report=report)


def put_in(actor: Actor, campaign: str, brought: str) -> tuple[int, ...]:
    """Have all good rows put in at once; outbox ids that are due. A second press does nothing.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``campaign_ended``), ``Invalid`` (``list_unchecked``).
    """
    demand(actor, Act.CAMPAIGN_RUN)
    with transaction(actor.municipality) as tx:
        run, row = _brought(tx, campaign, brought, lock=True)
        if row["state"] in (RUNNING, DONE):
            return ()
        _demand_open(run)
        if row["state"] != CHECKED:
            raise Invalid("list_unchecked")
        bad = len({item.row for item in _report(tx, row)})
        contact_rows.change_list(tx, row["id"], state=RUNNING, total=row["rows"] - bad, done=0)
        fresh = outbox.emit(tx, FILL, f"{FILL}:{brought}", {"campaign": campaign, "list": brought})
        return (fresh,) if fresh is not None else ()


def report_file(actor: Actor, campaign: str, brought: str) -> str:
    """What is wrong, as a file for a spreadsheet: row, column, reason. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.CAMPAIGN_RUN)
    with transaction(actor.municipality, readonly=True) as tx:
        _run, row = _brought(tx, campaign, brought)
        lines = _report(tx, row)
    heads = [say(f"campaigns.report.{code}") for code in ("row", "column", "reason")]
    return spreadsheets.written([heads, *([str(item.row), item.column, item.reason] for item in lines)])


def judge_rows(tx: Transaction, world: World, run: Run, listed: Listed, mapping: Mapping[str, int]) -> Judged:
    """Every row of a list, as things stand in this transaction."""
    places = world.staffing.neighbourhoods
    known = Known(places, calendar.local(world.calendar, tx.now), contact_rows.known(tx, run.key), {})
    read = {}
    for number, cells in listed.rows:
        answers, errors = judging_rows.read_row(run.campaign, cells, mapping, known)
        hashes = contact_rows.hashed(tx, judging_rows.texts_of(run.campaign, answers)) if not errors else ()
        read[number] = (answers, errors, frozenset(hashes))
    everybody = {item for _, _, hashes in read.values() for item in hashes}
    known = Known(places, known.moment, known.listed, contact_rows.opted_out(tx, everybody))
    return judging_rows.judge_all(run.campaign, listed, mapping, known, read)


def report_lines(tx: Transaction, row: Row) -> tuple[Wrong, ...]:
    """What was wrong when somebody looked."""
    return _report(tx, row)


def listed_of(tx: Transaction, row: Row) -> Listed | None:
    """What a list holds; ``None`` once it is in."""
    return _listed(tx, row)


def _listed(tx: Transaction, row: Row) -> Listed | None:
    content = contact_rows.content_of(tx, row)
    if content is None:
        return None
    rows = tuple((int(at), tuple(cells)) for at, cells in content["rows"])
    return Listed(tuple(content["heads"]), rows)


def _report(tx: Transaction, row: Row) -> tuple[Wrong, ...]:
    return tuple(
        Wrong(int(at), column, reason) for at, column, reason in contact_rows.report_of(tx, row) or ()
    )


def _mapping(run: Run, listed: Listed, mapping: Mapping[str, int]) -> dict[str, int]:
    columns = run.campaign.contacts.columns
    kept = {
        field.id: mapping[field.id] for field in columns if 0 <= mapping.get(field.id, -1) < len(listed.heads)
    }
    missing = [field.label for field in columns if field.required and field.id not in kept]
    if missing:
        raise Invalid("columns_missing", columns=", ".join(missing))
    return kept


def _demand_open(run: Run) -> None:
    if not run.is_open:
        raise Conflict("campaign_ended")


def _brought(tx: Transaction, campaign: str, brought: str, *, lock: bool = False) -> tuple[Run, Row]:
    run = run_of(tx, campaign, lock=lock)
    row = contact_rows.brought(tx, key_of(brought), lock=lock)
    if row is None or row["campaign"] != run.key:
        raise NotFound
    return run, row
