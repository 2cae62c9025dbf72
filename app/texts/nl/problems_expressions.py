"""What does an author read about a mistake in a condition (T)?

``<code>`` is the message, ``<code>.hint`` the way out.
"""

TEXTS: dict[str, str] = {}
