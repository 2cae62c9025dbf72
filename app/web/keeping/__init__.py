"""Pages about what is kept: what is past its term, what must stay, and what somebody asks of their own data."""
