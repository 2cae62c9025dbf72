"""The editor of the studio: a text with its problems at their lines, what fits at the cursor, and how it will look.

A text area with buttons; with a script the same page checks, completes, shows and saves while somebody types. Every
answer to the script is JSON; ``definition_drafts`` decides whether a text may be saved over another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as BaseResponse

from app.definitions import problems, quick
from app.definitions.model.source import Problem, Severity
from app.definitions.spots import Suggestion
from app.engine.policy import Act
from app.services.definitions import definition_drafts, edit_definitions
from app.services.definitions.definition_drafts import REMOVED, OpenText, WorkFile
from app.services.definitions.edit_definitions import Told
from app.services.errors import Conflict, Invalid
from app.texts import has, say
from app.texts.nl.studio_editor import TEXTS
from app.web import csrf, shell, visitor
from app.web.acts import act
from app.web.errors import sentences, wants_json
from app.web.studio.editor_preview import show
from app.web.studio.line_diff import compare

bp = Blueprint("editor", __name__, url_prefix="/beheer/bewerken")

KINDS = ("form", "workflow", "campaign", "block", "list", "contact_points", "report", "")
MOST_VALUES = 2_000
Answer = str | BaseResponse | tuple[str | BaseResponse, int]


@bp.get("/<path:path>")
@act(Act.DEFINITIONS_EDIT)
def open(path: str) -> Answer:
    """The text of one file of the working copy."""
    return _page(definition_drafts.open_text(visitor.actor(), path))


@bp.post("/<path:path>")
@act(Act.DEFINITIONS_EDIT)
def save(path: str) -> Answer:
    """Keep the text (``_do`` save, or ``mine`` over what somebody else saved), or look at it first (``check``)."""
    text, seen = _text(), request.form.get("seen", "")[:64]
    typed = OpenText(path, text, seen)
    do = request.form.get("_do", "save")
    if do == "check":
        told = edit_definitions.check_whole(visitor.actor(), path, text)
        return _page(typed, told=told)
    if do == "mine":
        seen = request.form.get("theirs", "")[:64]
    try:
        saved = definition_drafts.save(visitor.actor(), path, text, seen)
    except Conflict as conflict:
        if not isinstance(conflict.current, OpenText):
            raise
        return _conflict(typed, conflict.current)
    except Invalid as refused:
        if wants_json():
            raise
        return _page(typed, refused=" ".join(sentences(refused))), 422
    if wants_json():
        return jsonify(seen=saved.seen, state=_saved_words(saved))
    return redirect(url_for("editor.open", path=path, bewaard=1), 303)


@bp.post("/nakijken")
@act(Act.DEFINITIONS_EDIT)
def check() -> Response:
    """What is wrong: of this file alone while somebody types, of everything (``depth`` whole) when they rest."""
    text, path = _text(), _path()
    whole = request.form.get("depth") == "whole"
    look = edit_definitions.check_whole if whole else edit_definitions.check_quickly
    told = look(visitor.actor(), path, text)
    lines = text.split("\n")
    return jsonify(
        problems=[_told(problem, lines) for problem in told.problems],
        elsewhere=[_told_elsewhere(problem) for problem in told.elsewhere],
        summary=_summary(told),
        whole=told.whole,
    )


@bp.post("/aanvullen")
@act(Act.DEFINITIONS_EDIT)
def complete() -> Response:
    """What fits at ``line`` and ``column`` (from 1)."""
    line = request.form.get("line", 1, type=int)
    column = request.form.get("column", 1, type=int)
    found = edit_definitions.complete(visitor.actor(), _path(), _text(), line, max(column, 1))
    return jsonify(typed=found.typed, suggestions=[_suggested(one) for one in found.suggestions])


@bp.post("/voorbeeld")
@act(Act.DEFINITIONS_EDIT)
def preview() -> Answer:
    """How the text looks; ``values`` is what was filled in on the page it replaces."""
    path = _path()
    found = edit_definitions.look(visitor.actor(), path, _text())
    shown = show(found, visitor.actor(), path, _values())
    return jsonify(html=shown.html, state=shown.state) if wants_json() else shown.html


def coded(sentence: str) -> Markup:
    """A sentence with what stands between backticks as code."""
    parts = (escape(part) for part in sentence.split("`"))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if n % 2 else part for n, part in enumerate(parts)
    )


def _page(opened: OpenText, **more: object) -> str:
    """The whole page; ``more`` is told, refused, theirs and diff."""
    files = definition_drafts.listed(visitor.actor())
    told = more.get("told")
    lines = opened.text.split("\n")
    return render_template(
        "studio/editor.html",
        file=next((file for file in files if file.path == opened.path), None),
        opened=opened,
        groups=_grouped(files),
        told=[_told(problem, lines) for problem in told.problems] if isinstance(told, Told) else None,
        elsewhere=[_told_elsewhere(problem) for problem in told.elsewhere] if isinstance(told, Told) else (),
        summary=_summary(told) if isinstance(told, Told) else "",
        saved=_saved_words(opened) if "bewaard" in request.args else "",
        who=_name(opened.author),
        removed=opened.seen == REMOVED,
        links=_links(opened.path),
        data=_island(opened),
        coded=coded,
        **{"refused": "", "theirs": None, "diff": (), **{k: v for k, v in more.items() if k != "told"}},
    )


def _conflict(typed: OpenText, theirs: OpenText) -> Answer:
    """Both texts, and the choice between them; nothing was kept."""
    diff = compare(typed.text, theirs.text)
    if not wants_json():
        return _page(typed, theirs=theirs, their_name=_name(theirs.author), diff=diff), 409
    html = render_template(
        "studio/_conflict.html", theirs=theirs, their_name=_name(theirs.author), diff=diff, scripted=True
    )
    return jsonify(error="conflict", html=html, text=theirs.text, seen=theirs.seen), 409


def _text() -> str:
    return request.form.get("text", "").replace("\r\n", "\n").replace("\r", "\n")


def _path() -> str:
    return request.form.get("path", "")[:200]


def _values() -> Mapping[str, Sequence[str]]:
    """Input name -> texts, as the script read them from the page before; anything else is nothing."""
    try:
        found = json.loads(request.form.get("values", "") or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict) or len(found) > MOST_VALUES:
        return {}
    return {
        str(name): [str(text) for text in texts]
        for name, texts in found.items()
        if isinstance(texts, list) and not str(name).startswith("_")
    }


def _told(problem: Problem, lines: Sequence[str]) -> dict[str, object]:
    message, hint = problems.text_of(problem)
    mend = quick.mend(problem, lines)
    return {
        "line": max(problem.span.line, 1),
        "column": max(problem.span.column, 1),
        "length": quick.length_at(problem, lines),
        "sort": "error" if problem.severity is Severity.ERROR else "tip",
        "code": problem.code,
        "message": message,
        "hint": hint,
        "mend": {"line": mend.line, "column": mend.column, "length": mend.length, "text": mend.text}
        if mend
        else None,
    }


def _told_elsewhere(problem: Problem) -> dict[str, str]:
    path = problem.span.path
    href = url_for("editor.open", path=path) if path.endswith(".yaml") else ""
    return {"path": path if href else "", "href": href, "message": problems.text_of(problem)[0]}


def _summary(told: Told) -> str:
    """``2 fouten, 1 tip``."""
    errors = sum(problem.severity is Severity.ERROR for problem in told.problems)
    tips = len(told.problems) - errors
    counts = [say(f"studio_editor.{code}", n=n) for code, n in (("errors", errors), ("advice", tips)) if n]
    return ", ".join(counts) or say("studio_editor.none" if told.whole else "studio_editor.none_quick")


def _suggested(one: Suggestion) -> dict[str, str]:
    help_ = say(one.help) if one.help and has(one.help) else ""
    return {
        "word": one.word,
        "insert": one.insert,
        "sort": say(f"studio_editor.sort.{one.sort}"),
        "about": one.about,
        "help": help_,
    }


def _grouped(files: Sequence[WorkFile]) -> list[tuple[str, list[WorkFile]]]:
    ordered = sorted(files, key=lambda file: (KINDS.index(file.kind), file.title.casefold()))
    return [(kind, list(some)) for kind, some in groupby(ordered, key=lambda file: file.kind)]


def _saved_words(opened: OpenText) -> str:
    if opened.at is None:
        return say("studio_editor.saved.same")
    return say("studio_editor.saved", time=shell.clock(opened.at))


def _name(account: str) -> str:
    worker = visitor.world().staffing.workers.get(account)
    return worker.name if worker else say("studio_editor.somebody") if account else ""


def _links(path: str) -> list[tuple[str, str]]:
    """Where one goes from here, as far as those pages are there."""
    form = path.removeprefix("formdefs/").removesuffix(".yaml")
    wanted: list[tuple[str, str]] = [
        ("to_publish", "work.index"),
        ("to_guide", "guide.index"),
    ]
    if "/" not in form:
        wanted.insert(1, ("to_trial", "trial.index"))
    return [
        (say(f"studio_editor.{code}"), url_for(endpoint))
        for code, endpoint in wanted
        if endpoint in current_app.view_functions
    ]


def _island(opened: OpenText) -> dict[str, object]:
    """What the script must know."""
    said = {code: say(f"studio_editor.{code}") for code in TEXTS}
    return {
        "path": opened.path,
        "token": csrf.token(),
        "check": url_for("editor.check"),
        "complete": url_for("editor.complete"),
        "preview": url_for("editor.preview"),
        "save": url_for("editor.save", path=opened.path),
        "say": {code: text for code, text in said.items() if not code.startswith("ace.")},
        "ace": {code[4:]: text for code, text in said.items() if code.startswith("ace.")},
    }
