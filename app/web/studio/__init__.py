"""STUDIO: what the administrator sees of the definitions."""
