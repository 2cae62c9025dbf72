"""Who tells what, where everything that was told is searched for afterwards? Three forms full of markers, over HTTP."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flask.testing import FlaskClient

from app.services.definitions import catalogs
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import case_rows
from tests.support.bound import MUNICIPALITY
from tests.support.canaries import Planted, Raw, Wire
from tests.web.conftest import SignIn, token_of

NATIONAL = "48.03.07-999.14"


@dataclass
class Story:
    """Three cases, and all that was said of them."""

    client: FlaskClient
    wire: Wire
    planted: Planted = field(default_factory=Planted)
    numbers: list[str] = field(default_factory=list)
    sign_in: SignIn = lambda _client, _key: ""

    def be(self, who: str) -> str:
        """Somebody else sits down, in a browser of their own; the token for what they post."""
        self.wire.who = who
        self.client = self.client.application.test_client()
        return "" if who in ("sender", "resident", "nobody") else self.sign_in(self.client, who)

    def hidden(self, page: str) -> Raw:
        """The hidden fields of a form on a page."""
        names = ("_csrf", "_token", "_version", "_revision", "_since")
        return {name: token_of(page, name) for name in names if f'name="{name}"' in page}

    def planted_in(self, name: str, raw: Raw) -> Raw:
        """Everything filled in."""
        with self.client.application.app_context():
            return self.planted.filled(catalogs.live(MUNICIPALITY).form(name).form, name, raw)

    def case(self, number: str) -> str:
        """The id of a case."""
        with self.client.application.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
            return ids.to_text((case_rows.by_number(tx, number) or {})["id"])

    def sent(self, path: str, raw: Raw) -> None:
        """Handed in first with something wrong, then well; its number is kept."""
        wrong = self.client.post(path, data={**raw, "contact.tel": "geen nummer"})
        assert wrong.status_code == 422, (path, wrong.status_code)
        again = self.client.post(path, data={**raw, **self.hidden(wrong.text)})
        assert again.status_code == 302, re.findall(r"field-error.*?</p>", again.text, re.DOTALL)[:5]
        receipt = self.client.get(again.location).text
        found = re.search(r'class="receipt-number">([^<]+)<', receipt)
        assert found
        self.numbers.append(found[1])


def card(story: Story) -> None:
    """A referral card."""
    story.be("sender")
    planted = story.planted
    raw = story.planted_in(
        "doorverwijskaart",
        {
            "kaartnr": "",
            "persoon.voornaam": planted.put("card:voornaam", 1),
            "persoon.naam": planted.put("card:naam", 1),
            "persoon.geboorte": "1941",
            "contact.tel": planted.put("card:tel", 1, "09 000 00 17"),
            "contact.gsm": planted.put("card:gsm", 1, "0470 98 76 18"),
            "contact.email": planted.put("card:email", 1, "kanariebewoner@zandlede.example"),
            "contact.via": planted.put("card:via", 1),
            "contact.via_tel": planted.put("card:via_tel", 1, "09 000 00 19"),
            "adres:street": planted.put("card:straat", 1),
            "adres:number": "12",
            "adres:postcode": "9000",
            "adres:town": planted.put("card:gemeente", 1),
            "buurt": "oosthoek",
            "zorgen": ["", "eenzaam"],
            "toelichting": planted.put("card:toelichting", 3),
            "dringend": "ja",
            "akkoord_contact": ["", "ja"],
            "akkoord_terug": ["", "ja"],
            "handtekening:way": "spoken",
            "handtekening:data": planted.put("card:handtekening", 1),
            "verwijzer.functie": "huisarts",
            "verwijzer.tel": planted.put("card:verwijzer.tel", 1, "09 000 00 27"),
            "verwijzer.email": planted.put("card:verwijzer.email", 1, "kanarieverwijzer@praktijk.example"),
        },
    )
    page = story.client.get("/kaart/doorverwijskaart").text
    story.sent("/kaart/doorverwijskaart", {**raw, **story.hidden(page), "_do": "submit"})


def volunteer(story: Story) -> None:
    """Somebody who wants to help."""
    story.be("sender")
    planted = story.planted
    raw = story.planted_in(
        "vrijwilligersintake",
        {
            "talenten": ["koken", planted.put("volunteer:talent", 1)],
            "zestien": "ja",
            "persoon.geboorte": "1980",
            "contact.tel": planted.put("volunteer:tel", 1, "09 000 00 37"),
            "contact.email": planted.put("volunteer:email", 1, "kanarievrijwilliger@zandlede.example"),
            "contact.via_tel": planted.put("volunteer:via_tel", 1, "09 000 00 39"),
            "buurt": "statie",
            "steun_nodig": ["", "rustig_tempo"],
            "steun_akkoord": ["", "ja"],
            "inkomen_statuut": "nee",
            "groep": "groep",
            "informatienota": ["", "ja"],
        },
    )
    page = story.client.get("/kaart/vrijwilligersintake").text
    story.sent("/kaart/vrijwilligersintake", {**raw, **story.hidden(page), "_do": "submit"})


def intake(story: Story) -> None:
    """A broad intake, kept while it is written."""
    token = story.be("hilde_claes")
    planted = story.planted
    raw = story.planted_in(
        "brede_intake",
        {
            "kanaal": "onthaal",
            "contact.tel": planted.put("intake:tel", 1, "09 000 00 47"),
            "contact.gsm": planted.put("intake:gsm", 1, "0470 98 76 48"),
            "contact.email": planted.put("intake:email", 1, "kanarie.intake@zandlede.example"),
            "contact.via_tel": planted.put("intake:via_tel", 1, "09 000 00 49"),
            "contact.voorkeur": "brief",
            "adres:street": planted.put("intake:straat", 1),
            "adres:number": "3",
            "adres:postcode": "9000",
            "adres:town": planted.put("intake:gemeente", 1),
            "dringend": "nee",
            "geldvraag": "ja",
            "buurt": "statie",
            **{
                key: text
                for name, score in (("wonen", "dringend"), ("inkomen", "zorgen"), ("psychisch", "zorgen"))
                for key, text in (
                    (f"domeinen.{name}", score),
                    (f"domeinen.{name}.nota", planted.put(f"intake:domeinen.{name}.nota", 3)),
                )
            },
            "afspraken.0.wat": planted.put("intake:afspraken.wat", 2),
            "afspraken.0.wie": "staff",
            "afspraken.0.tegen": "30/11/2026",
            "rrn": planted.put("intake:rrn", 2, NATIONAL),
        },
    )
    where = story.client.post("/onthaal/nieuw/brede_intake", data={"_csrf": token}).location
    page = story.client.get(where).text
    hidden = story.hidden(page)
    body = {
        "revision": int(str(hidden["_revision"])),
        "changes": {k: [v] for k, v in raw.items() if isinstance(v, str)},
    }
    kept = story.client.patch(
        where, json=body, headers={"X-CSRF-Token": token, "X-Requested-With": "meernet"}
    )
    assert kept.status_code == 200
    stale = story.client.patch(
        where, json=body, headers={"X-CSRF-Token": token, "X-Requested-With": "meernet"}
    )
    assert stale.status_code in (200, 409)
    story.sent(where, {**raw, **hidden, "_do": "submit"})
