"""BENCH: the speed budgets of the design, each a ratio in one run against a control written the usual way.

Enter by ``python -m bench`` (``make bench``). ``control/`` imports nothing of the product; ``product`` drives the
product through its pages only, so that what is timed is what somebody at a desk waits for.
"""
