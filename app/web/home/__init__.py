"""HOME: the first page, straight to the daily work of who is signed in."""
