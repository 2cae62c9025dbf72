"""SERVICES: one use case a file, one transaction each, no HTTP.

May import: storage, reporting, documents, channels and rooms to their right. ``errors.py`` holds the only
exceptions that leave this room.
"""
