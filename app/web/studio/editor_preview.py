"""How does a text in the editor look, as a page that nothing can be sent from?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Form
from app.definitions.sketch import Sketch
from app.definitions.vocabulary import ROLES
from app.engine.policy import Actor
from app.web import visitor
from app.web.forms.pages import make_page
from app.web.forms.parts import Filling, Raw
from app.web.forms.showing import ShownForm
from app.web.lending import choices_for
from app.web.studio.diagram import draw
from app.web.studio.flows import flow_of


@dataclass(frozen=True, slots=True)
class Shown:
    """``state`` is whole, partial (something in the file could not be read) or none; ``html`` a whole page."""

    state: str
    html: str


def show(found: Sketch | None, actor: Actor, name: str, raw: Raw) -> Shown:
    """The page of a sketch; ``raw`` is what was filled in on the page before this one."""
    if found is None:
        return Shown("none", render_template("studio/editor_preview.html", kind="", name=name, state="none"))
    state = "partial" if any(problem.severity == "error" for problem in found.problems) else "whole"
    drawn = {"kind": found.kind, "name": name, "state": state}
    if found.form is not None:
        page = render_template("studio/editor_preview.html", form=_form(found.form, actor, raw), **drawn)
    elif found.workflow is not None:
        catalog = Catalog(forms=found.forms, contact_points=found.contact_points)
        picture = draw(found.workflow) if found.workflow.states else ""
        flow = flow_of(found.workflow, catalog)
        page = render_template("studio/editor_preview.html", flow=flow, picture=picture, **drawn)
    else:
        points = found.contact_points.values() if found.kind == "contact_points" else ()
        page = render_template("studio/editor_preview.html", points=tuple(points), **drawn)
    return Shown(state, page)


def _form(form: Form, actor: Actor, raw: Raw) -> ShownForm:
    """The form for its first audience; fields for some roles only are there, for who made them wants to see them."""
    page = make_page(form, "nl", next(iter(form.audience), ""))
    filling = Filling(raw=raw, choices=choices_for(page, actor), roles=frozenset(ROLES))
    return ShownForm(
        page=page,
        body=page.render(filling),
        action=url_for("editor.preview"),  # a post that the script of the page did not stop changes nothing
        token="",
        summary=(),
        buttons=(),
        today=visitor.moment().today.isoformat(),
    )
