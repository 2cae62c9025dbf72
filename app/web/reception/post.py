"""How does reception handle the post of the day: print what waits, mark it posted, say what came back?"""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may
from app.jobs import relay
from app.services.errors import AlreadyDone, NotFound
from app.services.follow_up import came_back, print_queue
from app.services.follow_up.came_back import CameBack
from app.texts import say
from app.web import visitor
from app.web.acts import act

bp = Blueprint("post", __name__, url_prefix="/onthaal/post")
Page = Response | str | tuple[str, int]
STEPS = {"gepost": print_queue.post, "toch-niet": print_queue.unpost, "terug": print_queue.put_back}


@bp.app_template_global()
def letters_waiting() -> int | None:
    """How many letters wait; ``None`` for who does not handle the post."""
    who = visitor.actor()
    return print_queue.count_waiting(who) if may(who, Act.POST_HANDLE) else None


@bp.get("")
@act(Act.POST_HANDLE)
def index() -> Page:
    """Letters that wait, the oldest first; what was printed; what was posted lately."""
    return _page()


@bp.post("/druk-af")
@act(Act.POST_HANDLE)
def take() -> Page:
    """Print the chosen letters."""
    chosen = request.form.getlist("letter")
    if not chosen:
        return _page(problem=say("residents.post.choose")), 422
    batch = print_queue.take(visitor.actor(), chosen)
    if not batch:
        return _page(problem=say("residents.post.taken")), 409
    return redirect(url_for("post.index", afgedrukt=batch, _anchor="afgedrukt"))


@bp.get("/<batch>.pdf")
@act(Act.POST_HANDLE)
def pdf(batch: str) -> Response:
    """A batch as one PDF, a letter a page."""
    content = print_queue.batch_pdf(visitor.actor(), batch)
    return send_file(BytesIO(content), "application/pdf", download_name=f"{say('residents.post.file')}.pdf")


@bp.get("/<batch>")
@act(Act.POST_HANDLE)
def paper(batch: str) -> Page:
    """The same as a page, to print from the browser."""
    return render_template("reception/letters.html", letters=print_queue.of_batch(visitor.actor(), batch))


@bp.post("/<batch>/<step>")
@act(Act.POST_HANDLE)
def move(batch: str, step: str) -> Page:
    """Posted, not posted after all, or back among those that wait."""
    if step not in STEPS:
        raise NotFound
    STEPS[step](visitor.actor(), batch)
    return redirect(url_for("post.index", stap=step, partij=batch))


@bp.post("/teruggekeerd")
@act(Act.POST_HANDLE)
def returned() -> Page:
    """A letter or a mail came back; a scanner types the number and presses Enter."""
    number, to = request.form.get("number", "").strip()[:60], request.form.get("to", "resident")[:20]
    try:
        found = came_back.came_back(visitor.actor(), number, to=to)
    except NotFound:
        return _page(back_problem=say("residents.post.unknown", number=number), number=number), 422
    except AlreadyDone:
        return _page(back_problem=say("errors.letter_returned"), number=number), 410
    relay.hint(visitor.municipality_id(), found.wake)
    return _page(back=found)


def _page(
    *, problem: str = "", back_problem: str = "", number: str = "", back: CameBack | None = None
) -> str:
    return render_template(
        "reception/post.html",
        page=print_queue.page(visitor.actor()),
        problem=problem,
        back_problem=back_problem,
        number=number,
        back=back,
        fresh=request.args.get("afgedrukt", ""),
        step=request.args.get("stap", ""),
        moved=request.args.get("partij", ""),
    )
