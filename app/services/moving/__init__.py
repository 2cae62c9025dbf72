"""Running cases go on under another version of their workflow, with a preview first.

Enter by ``migrate_cases`` (what would change), ``migrate_batch`` (many) and ``migrate_case`` (one).
"""
