"""Random lives of cases over services and database: ``python -m tests.machines`` runs them in full."""
