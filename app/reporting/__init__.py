"""REPORTING: the only home of pandas. Rows in; frames, suppressed tables, charts and exports out.

May import: ``app.engine`` and rooms to its right. Never sees the database.
"""
