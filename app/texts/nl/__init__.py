"""Dutch, the complete language: one module an area, each with ``TEXTS``."""
