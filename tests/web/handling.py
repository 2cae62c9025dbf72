"""What staff and the resident do with what was told, with errors on the way and more that is told."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from app.services.people import resident_codes
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import case_rows
from tests.support.bound import MUNICIPALITY
from tests.support.canaries import Raw
from tests.support.town import actor
from tests.web.conftest import token_of
from tests.web.telling import NATIONAL, Story


def found(story: Story) -> None:
    """Reception looks for somebody by name, by number and by national number."""
    token = story.be("hilde_claes")
    name = next(item.text for item in story.planted.markers.values() if item.where == "card:naam")
    story.client.post("/onthaal/zoeken", data={"_csrf": token, "name": name, "q": name, "zoek": name})
    story.client.post(
        "/onthaal/zoeken/rijksregister", data={"_csrf": token, "number": NATIONAL, "rrn": NATIONAL}
    )


def worked_on(story: Story) -> None:
    """The contact person walks the card to its end, with errors on the way."""
    token = story.be("joris_maes")
    put = story.planted.put
    path = f"/dossiers/{story.case(story.numbers[0])}"

    def post(where: str, raw: Raw, *status: int) -> None:
        answer = story.client.post(f"{path}/{where}", data={"_csrf": token, **raw})
        assert answer.status_code in (status or (302,)), (where, answer.status_code)

    def press(action: str, raw: Mapping[str, str], *status: int) -> None:
        page = story.client.get(f"{path}/doe/{action}").text
        post(f"doe/{action}", {**story.hidden(page), **raw, "_do": "submit"}, *status)

    post("notitie", {"text": put("note", 3)})
    post("notitie", {"text": put("note too long", 3) * 400}, 422, 302)
    post("taak", {"what": put("own task", 2), "to": "", "due_on": "2026-11-20"})
    post("taak", {"what": put("own task of yesterday", 2), "to": "", "due_on": "2020-11-20"}, 422)
    colleague = _account(story, "sofie_wouters")
    post("delen", {"to": colleague, "basis": "casusoverleg", "reason": put("share", 2), "until": ""})
    post("delen", {"to": colleague, "basis": "", "reason": put("share without ground", 2)}, 422)
    post("nooit", {"account": _account(story, "an_goethals"), "reason": put("never", 3)})
    post(
        "overdragen",
        {"to": "niemand", "reason": put("hand over to nobody", 2), "version": "1"},
        422,
        404,
        409,
    )
    post("overdragen", {"to": colleague, "reason": put("hand over of an old page", 2), "version": "0"}, 409)
    paper = put("paper:name", 2), put("paper:content", 3)
    post("papieren", {"file": (BytesIO(f"%PDF-1.4\n{paper[1]}\n%%EOF\n".encode()), f"{paper[0]}.pdf")})  # type: ignore[dict-item]
    large = put("large paper", 3).encode() * 40_000
    post("papieren", {"file": (BytesIO(b"%PDF-1.4\n" + large), "groot.pdf")}, 302, 413, 422)  # type: ignore[dict-item]
    press("niet_bereikt", {"kanaal": "bellen", "resultaat": "geen_antwoord", "nota": put("attempt", 2)})
    press("bereikt", {"wijze": "vliegtuig", "nota": put("report refused", 3)}, 422)
    stale = {
        "wijze": "bellen",
        "privacy_info": "mondeling",
        "nota": put("report of an old page", 3),
        "_version": "1",
    }
    press("bereikt", stale, 409)
    press("bereikt", {"wijze": "bellen", "privacy_info": "mondeling", "nota": put("report", 3)})
    story.client.post("/kapot", data={"_csrf": token, "text": put("broken", 3)})
    story.client.get(f"{path}?doe=opgevolgd")


def _account(story: Story, key: str) -> str:
    with story.client.application.app_context():
        return actor(key).account


def resident(story: Story) -> None:
    """The resident opens their page, tells more, and takes an agreement back."""
    story.be("resident")
    number = story.numbers[0]
    with story.client.application.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        code = resident_codes.code_of(tx, ids.from_text(_case_in(tx, number)))
    door = story.client.get("/mijn").text
    story.client.post("/mijn", data={"_csrf": token_of(door), "number": number, "code": code})
    page = story.client.get("/mijn/vraag").text
    told = {"_csrf": token_of(page), "_token": token_of(page, "_token")}
    more = story.client.post(
        "/mijn/vraag/toevoegen", data={**told, "text": story.planted.put("resident:more", 2)}
    )
    assert more.status_code in (200, 302)
    story.client.post("/mijn/vraag/terugbellen", data={**told, "when": story.planted.put("resident:when", 2)})
    story.client.post(
        "/mijn/vraag/toevoegen", data={**told, "text": story.planted.put("resident:long", 2) * 300}
    )


def _case_in(tx: object, number: str) -> str:
    return ids.to_text((case_rows.by_number(tx, number) or {})["id"])  # type: ignore[arg-type]
