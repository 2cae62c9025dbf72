"""Pages of sessions: the calendar, who is there, what is printed, a series, when I help."""
