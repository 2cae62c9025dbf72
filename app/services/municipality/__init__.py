"""What a municipality is and set for itself: its beginning, settings, streets, openings, register and exercise twin.

Enter by ``starting`` (a new one), ``settings`` and ``municipalities``.
"""
