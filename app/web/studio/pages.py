"""Which definitions are live, what is wrong with them, and how does a form look?"""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request

from app.definitions import problems
from app.engine.policy import Act, may_ever
from app.services.definitions import definition_drafts, definitions_list
from app.services.definitions.definition_drafts import WorkFile
from app.services.definitions.definitions_list import ArchivedLine
from app.services.errors import NotFound
from app.web import visitor
from app.web.acts import act
from app.web.forms.pages import form_page
from app.web.forms.parts import Filling
from app.web.forms.showing import ShownForm
from app.web.lending import choices_for
from app.web.studio import versions
from app.web.studio.diagram import draw
from app.web.studio.flows import flow_of

bp = Blueprint("studio", __name__, url_prefix="/beheer")
TRY_OUT = "trial.form"
"""Where a form is tried out, once there is such a page."""


@bp.get("/formulieren")
@act(Act.DEFINITIONS_READ)
def index() -> str:
    """All definitions with their version and problems, as they run and as they are being worked on."""
    who = visitor.actor()
    listed = definitions_list.show(who)
    files = definition_drafts.listed(who)
    found = definition_drafts.work_set(who).problems
    drafted = {file.path for file in files if file.standing != definition_drafts.LIVE}
    return render_template(
        "studio/index.html",
        files=files,
        lines={(line.kind, line.ref): line for line in listed.lines},
        archived=[line for line in listed.archived if not _begun(line, files)],
        waiting=listed.waiting,
        problems={
            path: [item for item in found if item.span.path == path] for path in {f.path for f in files}
        },
        drafted=len(drafted),
        told=problems.text_of,
        word=versions.WORDS,
        try_out=TRY_OUT if TRY_OUT in current_app.view_functions else "",
        may_edit=may_ever(who, Act.DEFINITIONS_EDIT),
    )


def _begun(line: ArchivedLine, files: tuple[WorkFile, ...]) -> bool:
    """Whether something archived is being worked on again."""
    return any((file.kind, file.ref) == (line.kind, line.ref) for file in files)


@bp.get("/processen/<workflow_id>")
@act(Act.DEFINITIONS_READ)
def process(workflow_id: str) -> str:
    """A workflow to see and to read: as it runs, or with ``?werk`` as it is being worked on."""
    working = definition_drafts.work_set(visitor.actor()).catalog
    live = visitor.live()
    runs = live.workflows.get(workflow_id)
    drafted = "werk" in request.args or runs is None
    catalog = working if drafted else live.catalog
    workflow = catalog.workflows.get(workflow_id)
    if workflow is None:
        raise NotFound
    return render_template(
        "studio/process.html",
        flow=flow_of(workflow, catalog),
        picture=draw(workflow),
        drafted=drafted,
        number=runs.number if runs is not None else 0,
        other=working.workflows.get(workflow_id) != (runs.workflow if runs is not None else None),
        workflow_id=workflow_id,
    )


@bp.get("/formulieren/<form_id>")
@act(Act.DEFINITIONS_READ)
def preview(form_id: str) -> str:
    """A form as people will see it; nothing can be sent from here."""
    who = visitor.actor()
    version = visitor.live().form(form_id)
    audience = next(iter(version.form.audience), "")
    page = form_page(version.hash, version.form, "nl", audience)
    filling = Filling(choices=choices_for(page, who), roles=who.roles)
    shown = ShownForm(
        page=page,
        body=page.render(filling),
        action="",
        token="",
        summary=(),
        buttons=(),
        today=visitor.moment().today.isoformat(),
    )
    return render_template("studio/preview.html", form=shown, version=version)
