"""Who uses the product in a chaos run? Referrers, the desk and contact persons, over HTTP, each in a browser."""

from __future__ import annotations

import itertools
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue

from itsdangerous import URLSafeTimedSerializer

from app.cli.demo.accounts import PASSWORD
from bench.page import form_of
from tests.chaos.browser import Browser, Page, Told, Unexpected
from tests.chaos.ledger import CLAIM, Ledger, Work, chain_of, kind_of

CARD = "/kaart/doorverwijskaart"
INTAKE, AGREED = "brede_intake", "afspraken.0"
KINDS = (
    ("joris_maes", {"persoon.geboorte": "1941", "zorgen": "eenzaam", "buurt": "statie"}),
    ("hilde_claes", {"persoon.geboorte": "1985", "zorgen": "kinderen", "buurt": "statie"}),
    ("nele_lambrecht", {"persoon.geboorte": "1970", "zorgen": "eenzaam", "buurt": "oosthoek"}),
    ("hilde_claes", {"persoon.geboorte": "1970", "zorgen": "vervoer", "buurt": "oosthoek"}),
)
"""Whose the four kinds of card become, and why; the last waits for the group of the desk."""
STAFF = {"joris_maes": 2, "nele_lambrecht": 2, "hilde_claes": 3}
"""Who signs in, and in how many browsers at once; a case stays with one of them."""
REFERRERS = 2
ANSWERS = {"bereikt": {"wijze": "bellen", "privacy_info": "mondeling", "nota": "Belt morgen terug."}}
SAID = {
    "kanaal": "onthaal",
    "persoon.roepnaam": "Rik",
    "contact.tel": "0400 00 00 07",
    "vraag_eigen_woorden": "Er is vocht in huis.",
    "dringend": "nee",
    "geldvraag": "nee",
    "buurt": "statie",
}
_LOOK_AGAIN = 60


def address_of(token: str) -> str:
    """The mail address of the referrer of one card: the mail about it goes there and nowhere else."""
    return f"v{token.lower().replace('_', '-')}@praktijk.example"


@dataclass
class Crowd:
    """All clients of a run. ``start``, then ``ended`` turns true when everything was acknowledged."""

    port: int
    work: Work
    seed: int
    ledger: Ledger = field(default_factory=Ledger)
    told: Told = field(default_factory=Told)

    def __post_init__(self) -> None:
        self._numbers = iter(range(self.work.cards))
        self._waiting: dict[str, SimpleQueue[tuple[str, int] | None]] = {key: SimpleQueue() for key in STAFF}
        self._lock = threading.Lock()
        self._senders: list[threading.Thread] = []
        self._others: list[threading.Thread] = []
        self._addresses = itertools.count(1)

    def start(self) -> None:
        """Everybody begins."""
        self._senders = [self._thread(self._refer, f"referrer {n}") for n in range(REFERRERS)]
        self._others = [
            self._thread(self._desk, "desk"),
            *(self._contact_thread(key, place) for key, places in STAFF.items() for place in range(places)),
            threading.Thread(target=self._last, daemon=True),
        ]
        for thread in (*self._senders, *self._others):
            thread.start()

    @property
    def ended(self) -> bool:
        """Whether nobody has anything left to do."""
        return not any(thread.is_alive() for thread in (*self._senders, *self._others))

    def _thread(self, job: Callable[[Browser], None], name: str) -> threading.Thread:
        def work() -> None:
            who = Browser(self.port, self._address(), self.told, f"{self.seed} {name}")
            try:
                job(who)
            except Exception as error:
                self.ledger.trouble(f"{name}: {type(error).__name__}: {str(error)[:300]}")
            finally:
                who.close()

        return threading.Thread(target=work, daemon=True, name=name)

    def _contact_thread(self, key: str, place: int) -> threading.Thread:
        return self._thread(lambda who: self._contact(who, key), f"{key} {place}")

    def _last(self) -> None:
        """When every card was sent, whoever waits for cards hears that there are no more."""
        for thread in self._senders:
            thread.join()
        for key, waiting in self._waiting.items():
            for _ in range(STAFF[key]):
                waiting.put(None)

    def _next(self) -> int | None:
        with self._lock:
            return next(self._numbers, None)

    def _address(self) -> str:
        number = next(self._addresses)
        return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    # referrers -----------------------------------------------------------------------------------------------------

    def _refer(self, who: Browser) -> None:
        page = who.get(CARD)
        for sent in itertools.count(1):
            if (number := self._next()) is None:
                return
            if not sent % 20:  # far below what one sender may send
                page, who.address = who.get(CARD), self._address()
            token = secrets.token_urlsafe(18)
            answer = who.post(CARD, _card(page, token, number))
            if (
                answer.status == 400
            ):  # the form's token is no longer believed: as a person does, on a fresh page
                page = who.get(CARD)
                answer = who.post(CARD, _card(page, token, number))
            case = _received(answer)
            self.ledger.card(token, answer.location.rpartition("/")[2], case)
            if chain_of(number):
                self._waiting[KINDS[kind_of(number)][0]].put((case, number))
            else:
                self.ledger.untouched[case] = kind_of(number)

    # the desk ------------------------------------------------------------------------------------------------------

    def _desk(self, who: Browser) -> None:
        _sign_in(who, "hilde_claes")
        for _ in range(self.work.intakes):
            start = who.post(f"/onthaal/nieuw/{INTAKE}", {"_csrf": who.get("/onthaal").value("_csrf")})
            page = who.get(start.location)
            token = secrets.token_urlsafe(18)
            form = form_of(page.text)
            somebody = next(who for who in form.options[f"{AGREED}.wie"] if who.startswith("staff:"))
            agreed = {f"{AGREED}.wat": "De eigenaar een brief sturen", f"{AGREED}.wie": somebody}
            typed = dict(form.filled({**SAID, **agreed}))
            answer = who.post(start.location, {**typed, "_token": token, "_do": "submit"})
            _received(answer)
            self.ledger.intake(token, answer.location.rpartition("/")[2])

    # contact persons -----------------------------------------------------------------------------------------------

    def _contact(self, who: Browser, key: str) -> None:
        _sign_in(who, key)
        while (given := self._waiting[key].get()) is not None:
            case, number = given
            for action in chain_of(number):
                self._press(who, case, action)
                self.ledger.acted(case, action)

    def _press(self, who: Browser, case: str, action: str) -> None:
        """One button until it is acknowledged; a colleague or a timer that was first means: look again."""
        for path, inputs in _tries(who, case, action):
            answer = who.post(path, inputs)
            if answer.status == 302 and "/aanmelden" not in answer.location:
                return
            if action == CLAIM and answer.status == 410:  # our own first try, whose answer never came
                return
            self.told.met[f"look again after {answer.status}"] += 1
            if answer.status not in {400, 401, 409}:
                raise Unexpected(f"{action}: {answer.status}")
        raise Unexpected(f"{action}: never done")


def _tries(who: Browser, case: str, action: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Where to post and what, from a page that is fresh each time."""
    for _ in range(_LOOK_AGAIN):
        if action == CLAIM:
            page = who.get(f"/dossiers/{case}")
            found = re.search(r'action="(/taken/[^"/]+/neem)"', page.text)
            if not found:
                raise Unexpected(f"nothing to claim: {page.status}")
            yield found[1], {"_csrf": page.value("_csrf")}
            continue
        path = f"/dossiers/{case}/doe/{action}"
        page = who.get(path)
        if page.status != 200:
            raise Unexpected(f"{action}: page {page.status}")
        own = {name: page.value(name) for name in ("_csrf", "_token", "_version")}
        yield path, {**own, "_do": "submit", **ANSWERS.get(action, {})}


_WAITS = 120
"""Seconds: the first waits are a minute or two."""


def _sign_in(who: Browser, key: str) -> None:
    email = f"{key.replace('_', '.')}@zandlede.example"
    page = who.get("/aanmelden")
    typed = {"_csrf": page.value("_csrf"), "email": email, "password": PASSWORD}
    for _ in range(_WAITS):
        answer = who.post("/aanmelden", typed)
        if answer.status == 302:
            return
        if answer.status != 422:
            raise Unexpected(f"sign in: {answer.status}")
        # many at once from one place, some killed before it was known that they were right: told to wait, so we do
        time.sleep(1)
    raise Unexpected("sign in: never let in")


def _card(page: Page, token: str, number: int) -> dict[str, str]:
    return {
        "_csrf": page.value("_csrf"),
        "_since": page.value("_since"),
        "_token": token,
        "_do": "submit",
        "persoon.voornaam": "Maria",
        "persoon.naam": f"Canariebos {number}",
        "contact.tel": "09 000 00 01",
        "dringend": "ja",
        "akkoord_contact": "ja",
        "akkoord_terug": "ja",
        "handtekening:way": "spoken",
        "handtekening:data": "dokter Peeters",
        "verwijzer.naam": "Dokter Peeters",
        "verwijzer.functie": "huisarts",
        "verwijzer.tel": "09 000 00 02",
        "verwijzer.email": address_of(token),
        **KINDS[kind_of(number)][1],
    }


def _received(answer: Page) -> str:
    """The id of the case on the receipt."""
    if answer.status != 302 or "/ontvangst/" not in answer.location:
        found = re.findall(r'class="[^"]*error[^"]*"[^>]*>([^<]+)', answer.text)
        raise Unexpected(f"handed in: {answer.status} {answer.location} {found[:3]}")
    _, packed = URLSafeTimedSerializer("not ours", salt="receipt").loads_unsafe(
        answer.cookies["meernet-ontvangst"]
    )
    return str(packed["case"])
