"""ENGINE: what happens to one case. Answers, visibility, validation, routing, decisions, deadlines.

Pure: no I/O, no clock; ``now`` is an argument. May import: ``app.definitions``, ``app.texts``, stdnum,
holidays, re2. Enter by :func:`app.engine.judge.judge` (answers) and :func:`app.engine.decide.decide` (cases).
"""
