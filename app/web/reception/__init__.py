"""RECEPTION: forms filled in as a conversation, kept as drafts that save themselves."""
