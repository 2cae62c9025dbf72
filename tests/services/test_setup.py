"""Does starting again leave what a municipality made of its installation alone?"""

from __future__ import annotations

from flask import Flask

from app.definitions.model.source import Source
from app.services.definitions import catalogs
from app.services.definitions.publish_definitions import publish
from app.services.municipality import setup
from tests.support.bound import MUNICIPALITY

OWN = """\
form: eigen_notitie
title: Eigen notitie
kind: action
sections:
  - section: kort
    title: Kort
    fields:
      - {field: wat, type: text, label: Wat gebeurde er?, privacy: 1}
"""


def test_a_form_published_beside_the_shipped_ones_is_still_there_after_the_next_start(town: Flask) -> None:
    publish(MUNICIPALITY, [Source("formdefs/eigen_notitie.yaml", OWN)], note="eigen")
    before = catalogs.live(MUNICIPALITY)
    setup.prepare(town, False)
    after = catalogs.live(MUNICIPALITY)
    assert after.number == before.number
    assert after.form("eigen_notitie").id == before.form("eigen_notitie").id
