"""ACCOUNT: signing in and out, one's own password and sessions, the readable mailbox of the demo."""
