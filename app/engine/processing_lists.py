"""What does a campaign do with the people on its list? Its entry in the register of processing.

What is told during a talk is asked with the sheet, which is a form with an entry of its own; this is the list itself.
"""

from __future__ import annotations

from app.definitions.model.campaigns import Campaign
from app.engine.access import POLICY, Act
from app.engine.processing import Kept, Processing, Purpose, Reader, data_of, persons_of

PREFIX = "campaign."
"""Begins the name of such an entry, where forms have their own."""
BATCH = "batch"
"""How whoever calls or visits reads the list: the own batch, and of it the columns that the campaign names."""
RUNS = tuple(role for role, grants in POLICY.items() if Act.CAMPAIGN_RUN in grants)
"""Who sees the whole list, by the policy itself."""


def processing_list(campaign: Campaign) -> Processing:
    """What ``campaign`` keeps of whom it is to reach, where that came from, who sees it and until when."""
    form = campaign.contacts.form
    return Processing(
        form=f"{PREFIX}{campaign.id}",
        title=campaign.title,
        controller=campaign.controller,
        address_form=form.address_form,
        purposes=tuple(Purpose(basis, text) for basis, text in form.legal_basis.items()),
        persons=tuple(persons_of((form,))),
        sources=(),
        data=tuple(data_of(form)),
        readers=(
            *(Reader(role, "list") for role in RUNS),
            *(Reader(role, BATCH) for role in campaign.batches.to if role not in RUNS),
        ),
        points=(),
        restricted=(),
        partners=(),
        chosen_partner=False,
        messages=(),
        kept=(Kept(0, "delete", term=campaign.contacts.delete),),
        source=campaign.contacts.source,
    )
