"""Does a recorded case of each shipped workflow, moved to a changed version half way, still end the same there?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine.policy import Actor
from app.services.definitions import catalogs, definition_drafts
from app.services.moving import migrate_cases
from app.storage.database import transaction
from app.storage.models import Case
from tests.services.test_definition_drafts import admin
from tests.support import golden
from tests.support.bound import MUNICIPALITY
from tests.support.shipped import catalog
from tests.support.studio import edit, publish
from tests.support.town import settle

REQUIRED = "    fields:\n      - {field: nieuw_veld, type: text, label: Nieuw, required: true, privacy: 0}\n"
CHANGES = (
    ("formdefs/doorverwijskaart.yaml", "    fields:\n", REQUIRED),
    ("formdefs/brede_intake.yaml", "    fields:\n", REQUIRED),
    ("formdefs/vrijwilligersintake.yaml", "    fields:\n", REQUIRED),
    ("workflows/warme_doorverwijzing.yaml", "deadline: 20 working days", "deadline: 12 working days"),
    ("workflows/warme_doorverwijzing.yaml", "label: In opvolging", "label: Loopt"),
    ("workflows/brede_intake.yaml", "deadline: 20 working days", "deadline: 12 working days"),
    ("workflows/brede_intake.yaml", "label: In opvolging", "label: Loopt"),
    ("workflows/wettelijke_termijn.yaml", "label: Mee te delen", "label: Te melden"),
    ("workflows/vrijwilligerstraject.yaml", "deadline: 6 weeks", "deadline: 8 weeks"),
    ("workflows/vrijwilligerstraject.yaml", "label: Proefperiode", "label: Proeftijd"),
)


def _second_versions(an: Actor) -> None:
    """Version 2 of every shipped workflow and its form, with which the recorded answers of buttons still fit."""
    for path, old, new in CHANGES:
        edit(an, path, old, new)
    for form in catalog().forms.values():
        opened = definition_drafts.open_text(an, form.span.path)
        text = opened.text.partition("\nexamples:")[0] + "\n"
        definition_drafts.save(an, form.span.path, text, opened.seen)
    publish(an)


def _all_moved(an: Actor) -> None:
    _second_versions(an)
    for flow in migrate_cases.flows(an):
        move, _ = migrate_cases.prepare(an, flow.id, frozenset(group.key for group in flow.groups), {})
        settle()
        assert migrate_cases.show(an, move).counts["fixed"] == 0
        migrate_cases.apply(an, move)
        settle()
        counts = migrate_cases.show(an, move).counts
        assert counts["moved"] == flow.cases, migrate_cases.show(an, move).lines


@pytest.mark.parametrize("name", sorted(golden.records()))
def test_a_recorded_case_that_was_moved_half_way_ends_the_same(town: Flask, name: str) -> None:
    record, an = golden.records()[name], admin()
    seen = golden.play(record, between=lambda: _all_moved(an))
    last, expected = seen[-1], record["outcome"][-1]
    told = ("state", "ended", "reason", "contact_point", "marks")
    assert [last[part] for part in told] == [expected[part] for part in told]
    live = catalogs.live(MUNICIPALITY)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        pins = tx.execute(
            sa.select(Case.workflow, Case.workflow_version, Case.form, Case.form_version).where(
                Case.municipality == MUNICIPALITY
            )
        )
        for workflow, workflow_version, form, form_version in pins:
            assert workflow_version == live.workflow(workflow).id
            assert form_version == live.form(form).id
