"""Sheets that belong to nobody: handed in, kept mixed, read by reports alone once there are enough."""
