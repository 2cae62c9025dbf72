"""Can everybody say where somebody lives, also outside the villages?"""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.web.test_bad_input import blank, stored
from tests.web.test_filling_in import CARD, FILLED


def test_every_municipality_knows_who_lives_elsewhere_or_nowhere(app: Flask, client: FlaskClient) -> None:
    asked = re.search(r'<select[^>]* name="buurt".*?</select>', client.get(CARD).text, re.DOTALL)
    assert asked
    assert "Oosthoek" in asked[0]
    assert '<option value="andere_gemeente">Andere gemeente</option>' in asked[0]
    assert '<option value="geen_vast_adres">Geen vast adres</option>' in asked[0]
    sent = client.post(CARD, data=blank(client) | FILLED | {"buurt": "andere_gemeente"})
    assert sent.status_code == 302
    assert stored(app)["Case"] == 1
