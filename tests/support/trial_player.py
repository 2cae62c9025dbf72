"""Somebody of the studio who plays a case in the browser of a test."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask.testing import FlaskClient

from tests.web.conftest import token_of

TRIAL = "/beheer/uitproberen/doorverwijskaart"
INTAKE = "/beheer/uitproberen/brede_intake"
PATH = "formdefs/doorverwijskaart.yaml"
CARD: dict[str, str | Sequence[str]] = {
    "persoon.naam": "Canariebos",
    "persoon.geboorte": "1941",
    "contact.tel": "09 000 00 01",
    "buurt": "oosthoek",
    "zorgen": ["", "eenzaam"],
    "dringend": "ja",
    "akkoord_contact": ["", "ja"],
    "akkoord_terug": ["", "ja"],
    "handtekening:way": "spoken",
    "handtekening:data": "dokter Peeters",
    "verwijzer.naam": "Dokter Peeters",
    "verwijzer.functie": "huisarts",
    "verwijzer.tel": "09 000 00 02",
    "verwijzer.email": "peeters@praktijk.example",
    "_day": "2026-11-09",
    "_time": "09:40",
    "_working": "1",
}
MONEY: dict[str, str | Sequence[str]] = {
    "kanaal": "onthaal",
    "persoon.roepnaam": "Els",
    "contact.gsm": "0400 00 00 55",
    "vraag_eigen_woorden": "Ik kan de factuur niet betalen",
    "dringend": "nee",
    "geldvraag": "ja",
    "domeinen.wonen": "zorgen",
    "afspraken.0.wat": "Factuur samen bekijken",
    "afspraken.0.wie": "resident",
    "_day": "2026-11-09",
    "_time": "10:15",
}


class Player:
    """Somebody of the studio with a trial in the browser."""

    def __init__(self, client: FlaskClient, token: str, address: str = TRIAL) -> None:
        self.client, self.token, self.address = client, token, address
        self.page, self.status = "", 0

    def post(self, path: str, fields: dict[str, str | Sequence[str]]) -> str:
        answer = self.client.post(path, data={"_csrf": self.token, **fields})
        self.page, self.status = answer.text, answer.status_code
        return self.page

    def begin(self, fields: dict[str, str | Sequence[str]], do: str = "submit") -> str:
        return self.post(self.address, {**fields, "_do": do})

    def do(self, what: str, **more: str) -> str:
        return self.post(
            f"{self.address}/verder", {"_trial": token_of(self.page, "_trial"), "_do": what, **more}
        )

    @property
    def state(self) -> str:
        found = re.search(r'badge-state[^"]*">([^<]+)<', self.page)
        assert found
        return found[1]
