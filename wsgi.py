"""What does a WSGI server run? ``gunicorn wsgi:application`` with the settings from the environment."""

from app.config import load
from app.factory import create_app

application = create_app(load())
