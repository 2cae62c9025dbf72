"""QUEUE: the daily work of contact persons: queue, case, actions, overview."""
