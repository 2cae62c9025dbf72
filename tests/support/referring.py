"""How does a test refer somebody to a partner: the register, a talk with consent, the mail, the code?"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from app.engine import values
from app.services.cases import case_page
from app.services.definitions import catalogs
from app.services.follow_up import caught_mail
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.services.people import partners
from app.services.people.partner_page import Answer, PartnerView, Visit, enter
from app.services.people.partner_record import ContactPerson, Partner
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, press, settle

CAW = Partner(
    key="caw",
    name="CAW Zandlede",
    kind="welzijn",
    email="onthaal@caw.example",
    phone="0400 00 00 90",
    people=(ContactPerson("An Peeters", "onthaal", email="an.peeters@caw.example"),),
)
TALK: Mapping[str, Any] = {
    "kanaal": "onthaal",
    "persoon.roepnaam": "Fatima",
    "contact.tel": "09 000 00 03",
    "vraag_eigen_woorden": "Ik wil eens met iemand praten",
    "dringend": "nee",
    "geldvraag": "nee",
    "buurt": "statie",
    "domeinen.wonen": "zorgen",
    "domeinen.psychisch": "zorgen",
    "domeinen.psychisch.nota": "Slaapt al weken slecht",
    "afspraken": [{"wat": "Huurcontract meebrengen", "wie": "staff"}],
}


def registered(**changes: Any) -> None:
    """The CAW stands in the register."""
    partners.add(actor("tom_aerts"), Partner(**{**_plain(CAW), **changes}))


def _plain(partner: Partner) -> dict[str, Any]:
    return {name: getattr(partner, name) for name in Partner.__dataclass_fields__}


def talk(*referred: str, agreed: bool = True, parent: str = "", **changes: Any) -> Receipt:
    """A broad intake in which the resident is referred to these partners; to the CAW when none is named."""
    version = catalogs.live(MUNICIPALITY).form("brede_intake")
    rows = [{"partner": f"partner:{key}:{key}", "akkoord": agreed} for key in referred or ("caw",)]
    answers = {**TALK, "doorverwijzen": rows, **changes}
    return submit(
        SubmitForm(
            actor=actor("hilde_claes"),
            form_version=version.id,
            given=values.read_json(version.form, answers),
            token=secrets.token_hex(16),
            audience="reception",
            parent=parent,
        )
    )


def referrals_of(case: str) -> list[str]:
    """The ids of the referrals of a case, oldest first."""
    page = case_page.show(holder_of(case), case)
    found = [other.id for other in page.linked if other.number.startswith("VP-")]
    return sorted(found)


def mails_to(address: str) -> list[caught_mail.Mail]:
    """What arrived at an address, the newest first."""
    return [
        mail for mail in caught_mail.page(actor("mira_lauwers"), size=200).mails if mail.recipient == address
    ]


def link_in(mail: caught_mail.Mail) -> str:
    """The token of the link in a mail to a partner."""
    body = caught_mail.show(actor("mira_lauwers"), mail.id).body
    found = re.search(r"/partner/([0-9a-f]+)", body)
    assert found, body
    return found[1]


def sent(referral: str) -> str:
    """Send a referral; the token that arrived with the partner."""
    press(referral, "versturen")
    settle()
    return link_in(mails_to("onthaal@caw.example")[0])


def code_of(referral: str) -> str:
    """The code as the responsible person reads it out."""
    card = case_page.show(holder_of(referral), referral).referral
    assert card is not None
    return card.code


def visit(referral: str, token: str) -> Visit:
    """A partner who opened the link with the code."""
    return Visit(MUNICIPALITY, token, enter(MUNICIPALITY, token, code_of(referral), origin="192.0.2.7"))


def replied(view: PartnerView, action: str, answers: Mapping[str, Any] | None = None) -> Answer:
    """A press of a button of the page."""
    button = next(item for item in view.buttons if item.id == action)
    given = values.read_json(button.form.form, answers or {}) if button.form else Answer("", 0, "").given
    return Answer(action, view.version, secrets.token_hex(16), given)
