"""CHANNELS: the only home of what leaves the house. A finished message in; sent, retry or refused out.

May import: ``app.engine`` and rooms to its right.
"""
