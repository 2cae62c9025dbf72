"""Who works here, who holds what, who is away.

Enter by ``staffing`` (the world on which decisions are made) and ``staff_change`` (how it changes: tried, proved,
written).
"""
