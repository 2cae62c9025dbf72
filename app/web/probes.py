"""Is this process alive, can it do its work, and what does it count?"""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock

from flask import Blueprint, Response, g, request

from app.engine.policy import Act
from app.services.errors import Unavailable
from app.services.safekeeping import watch
from app.web.acts import act

bp = Blueprint("probes", __name__)
_lock = Lock()
_answers: Counter[tuple[str, str]] = Counter()
_seconds: Counter[str] = Counter()


@bp.get("/healthz")
@act(Act.PAGE_PUBLIC)
def healthz() -> Response:
    """Alive."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@act(Act.PAGE_PUBLIC)
def readyz() -> Response:
    """Alive, in reach of the database, and nothing was put back half."""
    try:
        said = "restoring" if watch.look().unfinished else "ok"
    except Unavailable:
        said = "database"
    return Response(f"{said}\n", 200 if said == "ok" else 503, mimetype="text/plain")


@bp.get("/metrics")
@act(Act.PAGE_PUBLIC)
def metrics() -> Response:
    """Counters of this process in the text format of Prometheus; no names, no numbers of cases."""
    with _lock:
        lines = [
            f'meernet_answers_total{{route="{r}",status="{s}"}} {n}' for (r, s), n in sorted(_answers.items())
        ]
        lines += [f'meernet_answer_seconds_total{{route="{r}"}} {n:.4f}' for r, n in sorted(_seconds.items())]
    lines += _kept_safe()
    return Response("\n".join([*lines, ""]), mimetype="text/plain; version=0.0.4")


def _kept_safe() -> list[str]:
    """How old the last copy and the last drill are; nothing where there was none, or the database is away."""
    try:
        kept = watch.look()
    except Unavailable:
        return []
    known = (("backup", kept.copy), ("drill", kept.drill))
    return [
        f"meernet_{name}_age_seconds {(kept.now - note.at).total_seconds():.0f}"
        for name, note in known
        if note is not None
    ]


def started() -> None:
    """Before each request."""
    g.started = time.perf_counter()


def count(response: Response) -> Response:
    """After each request."""
    route = request.endpoint or "none"
    with _lock:
        _answers[route, str(response.status_code)] += 1
        _seconds[route] += time.perf_counter() - g.get("started", time.perf_counter())
    return response
