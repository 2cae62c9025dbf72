"""The fictional municipality Zandlede: people in ``zandlede.yaml``, weeks in ``stories.py``, told by ``seed.py``.

Everything is made through the services on a shifted clock, as if the weeks had really gone by.
"""
