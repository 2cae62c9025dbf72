"""PROOFS: what is so of every set of answers, shown before anything is published, with an example where it is not.

**How.** Every field that a condition names has a few kinds of value that the conditions tell apart: its options (one
tick each where several may be ticked), blank, and for numbers, dates, times, ages and lengths the stretches between the
constants that are named (``scalars``, ``values``). Conditions are written out over those (``expanding``): rows of a
matrix one by one, of a repeat as many made-up rows as can be told apart, ``count`` and ``worst`` in full. A small exact
solver
(``formulas``) then looks for answers that make a formula true. Around every question stand the rules of the engine
(``requirements``): hidden means absent, silent defaults stand, computed fields follow, and for what a workflow asks all
that submitting demands. ``today`` moves along with dates and ages that are compared with it. A consent can end after it
was sent (``over``): conditions of a case on its way read what is left of it.

**What is left free.** Arithmetic over two fields, ``sum``, ``min``/``max``, texts compared with texts, tags that no
list names, repeats of which more than six rows matter, more than four fields compared with one another, and whatever is
compared in pairs too many to try. Such a part may be true or false as it likes when the question is "can this never
happen", and counts for nothing when the question is "does this really happen": no false alarm either way, some
silence. A question that takes more than its bounded work gives advice (``A703``), never an error.

**Where.** ``conditions`` (constant conditions, unseen fields, rules behind rules), ``lives`` with ``gates`` (every way
through the states; ``app.definitions.graph`` tells it), ``staffing`` (who ends at nobody), ``examples`` (in an author's
words). The engine knows nothing of this and this nothing of the engine; ``tests/definitions/mutants`` holds one to the
other.
"""
