"""How is the control used, request by request?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from werkzeug.datastructures import MultiDict

from bench import answers
from bench.calling import Browser
from bench.control.application import create_control
from bench.control.forms import BroadIntake
from bench.control.models import db
from bench.page import form_of
from bench.paired import Side


class Control:
    """The control on a database of its own, somebody signed in."""

    def __init__(self, database_url: str) -> None:
        self.app = create_control(database_url)
        self.browser = Browser(self.app)
        self.browser.get("/in")
        self._form = form_of(self.browser.get("/intake"))

    def getting(self) -> Side:
        """The blank page."""
        return Side(self.browser.getting("/intake"))

    def handing_in(self) -> Side:
        """A filled-in intake."""
        inputs = self._form.filled(answers.for_control())
        return Side(self.browser.posting("/intake", inputs, enctype=self._form.enctype))

    def handing_in_wrong(self) -> Side:
        """The same with two answers missing."""
        typed = answers.for_control() | {
            name.replace(".", "__"): text for name, text in answers.MISSING.items()
        }
        inputs = self._form.filled(typed)
        return Side(self.browser.posting("/intake", inputs, enctype=self._form.enctype, expected="200"))

    def judging(self) -> Callable[[], object]:
        """Making the form of what was posted and validating it. Call it inside ``app.test_request_context``."""
        posted = MultiDict(self._form.filled(answers.for_control()))

        def work() -> object:
            form = BroadIntake(formdata=posted, meta={"csrf": False})
            assert form.validate(), form.errors
            return form

        return work

    def inputs(self) -> int:
        """How many inputs a filled-in page posts."""
        return len(self._form.filled(answers.for_control()))

    def close(self) -> None:
        """Let go of the database."""
        with suppress(Exception), self.app.app_context():
            db.engine.dispose()
