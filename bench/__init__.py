"""BENCH: the speed budgets of the design, each a ratio in one run against a control written the usual way."""
