"""Do cases recorded under version 1 of a shipped definition still finish the same after version 2 is published?"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.engine.policy import Actor
from app.services.definitions import catalogs, definition_drafts
from app.services.errors import Invalid
from app.storage.database import transaction
from app.storage.repositories import definition_rows
from tests.services.test_definition_drafts import admin
from tests.support import golden
from tests.support.bound import MUNICIPALITY
from tests.support.shipped import catalog
from tests.support.studio import edit, publish

CHANGES = (
    # a field that must be filled in
    ("formdefs/doorverwijskaart.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/brede_intake.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/vrijwilligersintake.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/contactverslag.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/voorstel_taak.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/beslissing_ocmw.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/evaluatie_proef.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/ander_voorstel.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/informatienota.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/vrijwilligerstaak.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/antwoord_partner.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/voortgang_actie.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/terugblik_activiteit.yaml", "    fields:\n", "    fields:\n{required}"),
    ("formdefs/terugkoppeling_buurt.yaml", "    fields:\n", "    fields:\n{required}"),
    # an option that somebody chose
    ("formdefs/contactpoging.yaml", "sms: Sms, ", ""),
    ("formdefs/opvolgverslag.yaml", "vooruit: Het gaat vooruit, ", ""),
    ("formdefs/lists/sluitredenen.yaml", "  - {id: verbonden,", "  - {id: verbonden_met,"),
    # which counts them, twice
    (
        "workflows/reports/levensdomeinen.yaml",
        "recht_toegekend, verbonden]",
        "recht_toegekend, verbonden_met]",
    ),
    (
        "workflows/reports/levensdomeinen.yaml",
        "recht_toegekend, verbonden]",
        "recht_toegekend, verbonden_met]",
    ),
    ("workflows/wettelijke_termijn.yaml", "toegekend: {label", "recht: {label"),
    ("workflows/vrijwilligerstraject.yaml", "werk: {label", "betaald_werk: {label"),
    ("workflows/verwijzing_naar_partner.yaml", "niet_nodig: {label", "overbodig: {label"),
    ("workflows/klacht.yaml", "gegrond: {label", "terecht: {label"),
    ("workflows/zorgzame_buur.yaml", "verhuisd: {label", "woont_elders: {label"),
    # a deadline, what a state is called, another button
    ("workflows/warme_doorverwijzing.yaml", "deadline: 20 working days", "deadline: 12 working days"),
    ("workflows/warme_doorverwijzing.yaml", "label: In opvolging", "label: Loopt"),
    (
        "workflows/warme_doorverwijzing.yaml",
        "      opgevolgd: {label: Opgevolgd",
        "      nog_eens: {label: Opgevolgd",
    ),
    ("workflows/brede_intake.yaml", "deadline: 20 working days", "deadline: 12 working days"),
    ("workflows/brede_intake.yaml", "label: In opvolging", "label: Loopt"),
    ("workflows/wettelijke_termijn.yaml", "deadline: 8 calendar", "deadline: 6 calendar"),
    ("workflows/wettelijke_termijn.yaml", "label: Mee te delen", "label: Te melden"),
    ("workflows/vrijwilligerstraject.yaml", "deadline: 6 weeks", "deadline: 8 weeks"),
    ("workflows/vrijwilligerstaak.yaml", "deadline: 8 weeks", "deadline: 6 weeks"),
    ("workflows/vrijwilligerstaak.yaml", "label: Ingevuld", "label: Bezet"),
    ("workflows/vrijwilligerstraject.yaml", "label: Proefperiode", "label: Proeftijd"),
    ("workflows/klacht.yaml", "label: In behandeling", "label: Onderzoek"),
    ("workflows/zorgzame_buur.yaml", "label: Gepauzeerd", "label: Pauze"),
    ("workflows/actiefiche.yaml", "label: Loopt", "label: Bezig"),
    ("workflows/buurtactiviteit.yaml", "label: Voorbereid", "label: Klaargezet"),
    ("workflows/gespreksronde.yaml", "label: Teruggekoppeld", "label: Verteld"),
)
REQUIRED = "      - {field: nieuw_veld, type: text, label: Nieuw, required: true, privacy: 0}\n"


def _second_versions(an: Actor) -> None:
    """Version 2 of the definitions of ``CHANGES``; the examples are those of version 1 and go."""
    for path, old, new in CHANGES:
        edit(an, path, old, new.replace("{required}", REQUIRED))
    for form in catalog().forms.values():
        opened = definition_drafts.open_text(an, form.span.path)
        text = opened.text.partition("\nexamples:")[0] + "\n"
        definition_drafts.save(an, form.span.path, text, opened.seen)
    publish(an)


def test_every_workflow_that_changes_was_recorded_to_an_end() -> None:
    recorded = {name.rpartition("-")[0] for name in golden.records()}
    assert recorded == _changed("workflows")
    assert all(record["outcome"][-1]["ended"] for record in golden.records().values())


def test_every_definition_that_changes_gets_a_second_version(town: Flask) -> None:
    _second_versions(admin())
    live = catalogs.live(MUNICIPALITY)
    assert {live.form(name).number for name in _changed("formdefs")} == {2}
    assert {live.workflows[name].number for name in _changed("workflows")} == {2}


def _changed(folder: str) -> set[str]:
    return {Path(path).stem for path, _, _ in CHANGES if Path(path).parent == Path(folder)}


@pytest.mark.parametrize("name", sorted(golden.records()))
def test_a_case_of_version_one_ends_as_recorded_after_version_two(town: Flask, name: str) -> None:
    record, an = golden.records()[name], admin()
    seen = golden.play(record, between=lambda: _second_versions(an))
    assert seen == record["outcome"]
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert definition_rows.catalog_number(tx) == 2


def test_what_was_recorded_no_longer_fits_version_two(town: Flask) -> None:
    """The change between the versions is one that would break these cases if they ran on the new one."""
    _second_versions(admin())
    assert not any(_ends_as_recorded(record) for record in golden.records().values())


def _ends_as_recorded(record: golden.Json) -> bool:
    try:
        return bool(golden.play(record) == record["outcome"])
    except Invalid:
        return False
