"""JOBS: the only home of RQ. Thin functions that take ids; the relay, the tick, the sweep, the worker.

May import: ``app.services`` and the core types. The database is the truth; Redis is a wake-up hint.
"""
