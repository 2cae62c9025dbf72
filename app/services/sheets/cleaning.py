"""When do sheets that belong to nobody go?"""

from __future__ import annotations

from app.engine import calendar
from app.services.staff import staffing
from app.storage.database import transaction
from app.storage.repositories import sheet_rows


def remove_past(municipality: str) -> int:
    """Remove the sheets past their term and tokens past their hour; of how many forms. For the sweep."""
    world = staffing.world(municipality)
    with transaction(municipality) as tx:
        today = calendar.local(world.calendar, tx.now).today
        sheet_rows.forget_tokens(tx)
        forms = sheet_rows.forms_past(tx, today)
        for form in forms:
            sheet_rows.remove_past(tx, form, today)
    return len(forms)
