"""REPORTS: numbers for those who steer, never a file of a person."""
