"""How is everything wired together? The only place, besides ``cli``, that reads the settings."""

from __future__ import annotations

import gc
from dataclasses import replace

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import web
from app.channels import fetch
from app.channels.fetch import Reach
from app.channels.handed_over import HandedOver
from app.config import Settings
from app.jobs import relay
from app.services import logs
from app.services.follow_up import deliver_outbox
from app.services.follow_up.deliver_outbox import Outgoing
from app.services.reports import refresh
from app.services.safekeeping import histories
from app.storage import database

GC_THRESHOLD = 20_000
"""Young objects before a collection: requests make many that die at once."""


def create_app(settings: Settings) -> Flask:
    """The WSGI application for these settings; touches the database only when asked something."""
    app = Flask("app.web", static_folder=None, template_folder="templates")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        OLDER_SECRET_KEYS=settings.previous_secret_keys[::-1],
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_PARTS=2000,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        SECURE_COOKIES=settings.is_production,
        IS_DEMO=settings.environment == "demo",
        TESTING=settings.environment == "test",
        PROPAGATE_EXCEPTIONS=False,
        SQLALCHEMY_TRACK_MODIFICATIONS=False,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    database.init_app(app, settings)
    relay.configure(settings.redis_url or "")
    deliver_outbox.configure(_outgoing(settings))
    fetch.configure(Reach(frozenset(settings.inside), settings.authorities))
    refresh.configure(settings.data_dir / "reports")
    histories.configure(histories.Outside(settings.anchor_file, settings.anchor_mail))
    if settings.environment != "test":
        logs.configure()
    web.install(app)
    return app


def _outgoing(settings: Settings) -> Outgoing:
    """How mail leaves, and which settings of it nobody gave."""
    base = Outgoing(mail_url=settings.mail_url, base_url=_address(settings))
    host = settings.trusted_hosts[0].lstrip(".") if settings.trusted_hosts else base.host
    given = {
        "MEERNET_MAIL_URL": not settings.mail_url.startswith("catchall"),
        "MEERNET_MAIL_FROM": bool(settings.mail_from),
    }
    return replace(
        base,
        sender=settings.mail_from or base.sender.replace(base.host, host),
        host=host,
        missing=tuple(name for name, there in given.items() if not there),
        webhook_hosts=settings.webhook_hosts,
        handed_over=HandedOver(settings.data_dir / "handed-over"),
    )


def _address(settings: Settings) -> str:
    """Where links in messages lead; never taken from a request."""
    if settings.trusted_hosts:
        return f"https://{settings.trusted_hosts[0]}"
    return f"http://localhost:{settings.port}"


def settle() -> None:
    """Everything made so far stays: keep the collector from looking at it again and again.

    For a process that serves one application to its end, once it is made. Nothing that stands in a circle is given
    back afterwards, so a process that makes one application after another must not call it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD, 20, 20)
