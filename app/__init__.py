"""The map of Meernet: which room a line belongs to.

Arrows only go down; a room may import every room to its right, siblings between bars do not know each other::

    cli -> factory -> web -> jobs -> services -> storage | reporting | documents | channels
        -> engine -> definitions -> texts | config

=================  ==================================================================================
``texts/``         all words shown to people, by code and parameters (pure)
``definitions/``   the YAML language: text in, frozen checked types or located problems out (pure)
``engine/``        what happens to one case: judge answers, route, decide, deadlines (pure)
``storage/``       the only home of SQLAlchemy: tables, repositories, transactions, encryption
``reporting/``     the only home of pandas: frames, suppression, tables, charts, exports
``documents/``     printed matter made from the same types as the pages
``channels/``      the only home of what leaves the house: mail, webhooks, sign-in elsewhere
``services/``      one use case a file, one transaction each, no HTTP
``jobs/``          the only home of RQ: relay, tick, sweep, worker
``web/``           the only home of HTTP and WTForms, blueprints by audience
``factory.py``     the only wiring; ``config.py`` settings from the environment
``cli/``           ``meernet ...`` and the demo municipality
=================  ==================================================================================

Nothing is imported here, so that a pure room loads no framework.
"""
