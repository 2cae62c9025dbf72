"""Which organisations does Zandlede refer to? Read from a list, as a municipality would bring its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.services.access import accounts
from app.services.definitions import catalogs
from app.services.errors import Conflict
from app.services.people import partner_csv, partner_sheet, partners
from app.services.staff import staffing

KEEPER = "karin_thijs"
"""Who looks the register over."""
LIST = Path(__file__).with_name("partners.csv")


class ListBroken(Exception):
    """The list of the demo does not fit the definitions; the text says which rows."""


def fill(slug: str) -> int:
    """Put them in the register; how many. Nothing when they are there already. Raises ``ListBroken``."""
    rows = partner_csv.read(
        LIST.read_text(encoding="utf-8"),
        themes=partner_sheet.themes_of(catalogs.live(slug)),
        places=staffing.world(slug).staffing.neighbourhoods,
        kinds=partner_sheet.kind_labels(),
    )
    if rows.problems:
        raise ListBroken(str(rows.problems))
    operator = accounts.operator(slug)
    known = {partner.name for partner in partners.listed(operator, archived=True)}
    keeper = staffing.account_id(slug, KEEPER)
    fresh = [
        replace(row.partner, owner=keeper if row.partner.review_on else "")
        for row in rows.rows
        if row.partner.name not in known
    ]
    try:
        return len(partners.add_all(operator, fresh))
    except Conflict:
        return 0
