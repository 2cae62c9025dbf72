"""Does the checker catch what breaks a guarantee, and only that?

``generator`` makes mutants of the shipped definitions, ``judge`` says with the engine alone which guarantees a mutant
breaks, ``trial`` holds both beside what the checker says. ``python -m tests.definitions.mutants`` prints the table.
"""
