"""How does somebody take the register, an assessment or a privacy sheet along?"""

from __future__ import annotations

from app.definitions.model.forms import Form
from app.documents.pictured import Pictured, pictured_pdf
from app.documents.report import Report, ReportPart, report_pdf
from app.engine.policy import Act, Actor
from app.reporting import spreadsheets
from app.services.definitions import catalogs
from app.services.errors import NotFound
from app.services.municipality import impact, notices, processings, register_words
from app.services.municipality.letterhead import house_of
from app.services.municipality.processings import Register
from app.services.permission import demand
from app.services.staff import staffing
from app.storage.database import transaction
from app.texts import addressed, say

PICTURES = ("write", "read", "lock", "clock", "look", "stop", "no")


def rows(register: Register) -> list[list[str]]:
    """A line a form under the names of the columns."""
    head = [say(f"register.column.{code}") for code in register_words.COLUMNS]
    lines = ([cell.text for cell in register_words.cells(register, item)] for item in register.entries)
    return [head, *lines]


def as_csv(actor: Actor) -> str:
    """The register for any spreadsheet. Raises ``Forbidden``."""
    return spreadsheets.csv_text(rows(processings.register(actor)))


def as_xlsx(actor: Actor) -> bytes:
    """The register as a workbook. Raises ``Forbidden``."""
    return spreadsheets.xlsx_bytes(say("register.sheet"), rows(processings.register(actor)))


def as_pdf(actor: Actor) -> bytes:
    """The register to print. Raises ``Forbidden``."""
    register = processings.register(actor)
    parts = tuple(
        ReportPart(item.processing.title, pairs=tuple((cell.title, cell.text) for cell in cells[1:]))
        for item in register.entries
        if (cells := register_words.cells(register, item))
    )
    facts = ((say("register.dpia.municipality"), register.municipality),)
    report = Report(say("register.title"), say("register.lead"), facts, parts, say("register.title"))
    return _printed(actor, report)


def impact_pdf(actor: Actor, form: str) -> bytes:
    """The draft of the assessment of one form, to print. Raises ``Forbidden``, ``NotFound``."""
    register = processings.register(actor)
    entry = register.entry(form)
    return _printed(actor, impact.draft(register, entry), entry.processing.controller)


def sheet_pdf(actor: Actor, form: str) -> bytes:
    """The privacy sheet of a form to give along: in pictures, then in words. Raises ``NotFound``."""
    demand(actor, Act.PAGE_PUBLIC)
    world, live = staffing.world(actor.municipality), catalogs.live(actor.municipality)
    version = live.form(form)
    if not version.form.workflow:
        raise NotFound
    told, address = notices.notice(world, live, version), version.form.address_form

    def words(code: str, **params: str) -> str:
        return say(addressed(f"privacy.{code}", address), **params)

    with transaction(actor.municipality, readonly=True) as tx:
        house, now = house_of(tx, world, version.form.controller), tx.now
    call = words("sheet.call_line", phone=house.phone) if house.phone else words("sheet.call_none")
    sheet = Pictured(
        title=words("sheet.title"),
        lead=words("sheet.lead", title=version.form.title),
        pictures=tuple((code, words(f"picture.{_meant(code, version.form)}")) for code in PICTURES),
        words_title=words("sheet.words"),
        lines=((words("heading"), told.first), *((line.title, line.text) for line in told.lines)),
        call_title=words("sheet.call"),
        call=call,
    )
    return pictured_pdf(sheet, house, now)


def _meant(picture: str, form: Form) -> str:
    """What a picture says of this form: not everything is wiped after a time, but nobody can be found back."""
    stays = picture == "clock" and any(rule.then == "anonymise" for rule in form.retention)
    return f"{picture}_anonymise" if stays else picture


def _printed(actor: Actor, report: Report, controller: str = "") -> bytes:
    with transaction(actor.municipality, readonly=True) as tx:
        house, now = house_of(tx, staffing.world(actor.municipality), controller), tx.now
    return report_pdf(report, house, now)
