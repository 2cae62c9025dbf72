"""What does a WSGI server run? ``gunicorn wsgi:application`` with the settings from the environment."""

from app.factory import create_app

from app.config import load

application = create_app(load())
