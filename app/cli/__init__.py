"""CLI: ``meernet ...``, one module a command; ``demo/`` makes the demo municipality through the services.

May import everything. Enter by ``app.cli.main``.
"""
