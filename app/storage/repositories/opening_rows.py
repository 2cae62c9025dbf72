"""How is it kept how forms are opened?"""

from __future__ import annotations

import sqlalchemy as sa

from app.engine.model.openings import Opening
from app.storage.database import Transaction
from app.storage.models import FormOpening


def everything(tx: Transaction) -> dict[str, Opening]:
    """Form -> how it is reached, for those about which something was said."""
    query = sa.select(
        FormOpening.form,
        FormOpening.closed_from,
        FormOpening.closed_until,
        FormOpening.sentence,
        FormOpening.word,
        FormOpening.origins,
    ).where(_own(tx))
    return {
        row[0]: Opening(row[0], row[1], row[2], row[3], row[4] or "", tuple(row[5]))
        for row in tx.execute(query)
    }


def put(tx: Transaction, opening: Opening) -> bool:
    """Say how a form is reached from now on; False when its short address is another form's."""
    tx.execute(sa.delete(FormOpening).where(_own(tx), FormOpening.form == opening.form))
    return tx.insert_new(
        FormOpening,
        {
            "municipality": tx.municipality,
            "form": opening.form,
            "closed_from": opening.closed_from,
            "closed_until": opening.closed_until,
            "sentence": opening.sentence,
            "word": opening.word or None,
            "origins": list(opening.origins),
        },
    )


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return FormOpening.municipality == tx.municipality
