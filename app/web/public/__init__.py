"""PUBLIC: the card of a referrer, its receipt and its status; no account needed."""
