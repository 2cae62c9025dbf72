"""REPORTS: what cases add up to. ``refresh`` keeps the store that reports read, ``facts`` says what goes into it,
``closing`` publishes each period once (``nightly``: of which reports), ``figures`` shows what was published."""
