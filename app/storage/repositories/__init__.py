"""The questions asked of the tables and the rows written to them, one family of tables a file.

Each takes a ``Transaction`` and sees its municipality alone; none decides anything.
"""
