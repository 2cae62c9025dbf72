"""STORAGE: the only home of SQLAlchemy. Tables, repositories, transactions, tenant scoping, encryption.

May import: ``app.engine`` and rooms to its right. Every row is keyed by municipality. Enter by
``storage.database.transaction(municipality, readonly=...)``; only services (and migrations) may call it.
"""
