"""The web server of a chaos run: ``gunicorn -c python:tests.chaos.run_web tests.chaos.run_web:application``.

The application is the one of ``wsgi.py``, on a clock that can be moved; it is made once, and two processes are forked
from it, so that one that is killed is replaced in a moment.
"""

from __future__ import annotations

import os

from app.config import load
from app.factory import create_app
from tests.chaos import moved_clock

bind = f"127.0.0.1:{os.environ['MEERNET_PORT']}"
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
graceful_timeout = 5
timeout = 120
loglevel = "warning"

application = create_app(load())
moved_clock.warm(application)
moved_clock.follow()
