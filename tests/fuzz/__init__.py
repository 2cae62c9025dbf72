"""Random inputs for what reads what people wrote: ``python -m tests.fuzz loader`` and ``expressions`` (Linux)."""
