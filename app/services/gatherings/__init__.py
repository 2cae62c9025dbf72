"""Sessions: who registers, who moves up, who was there, what is printed. See ``app.engine.sessions`` for the rules.

``registering`` is part of submitting a form, ``following`` carries out what a session asks of other cases; the rest are
pages. A session and a registration are cases like any other: everything that happens to them is a button.
"""
