"""Is this process alive, can it do its work, and what does it count?"""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock

from flask import Blueprint, Response, g, request

from app.engine.policy import Act
from app.services import health
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
    """Alive and in reach of the database."""
    ready = health.database_answers()
    return Response("ok\n" if ready else "database\n", 200 if ready else 503, mimetype="text/plain")


@bp.get("/metrics")
@act(Act.PAGE_PUBLIC)
def metrics() -> Response:
    """Counters of this process in the text format of Prometheus; no names, no numbers of cases."""
    with _lock:
        lines = [
            f'meernet_answers_total{{route="{r}",status="{s}"}} {n}' for (r, s), n in sorted(_answers.items())
        ]
        lines += [f'meernet_answer_seconds_total{{route="{r}"}} {n:.4f}' for r, n in sorted(_seconds.items())]
    return Response("\n".join([*lines, ""]), mimetype="text/plain; version=0.0.4")


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
