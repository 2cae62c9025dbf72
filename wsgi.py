"""What does a WSGI server run? ``gunicorn wsgi:application`` with the settings from the environment."""

import sys

from app.cli import fitness
from app.config import load
from app.factory import create_app, settle

_settings = load()
application = create_app(_settings)
if fitness.refused(application, _settings.redis_url or ""):
    sys.exit(1)
settle()
