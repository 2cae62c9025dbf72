"""Copies of everything, keys that change, histories verified and anchored.

Enter by ``copies``, ``drills`` (does a copy still work?), ``changing_keys`` and ``histories``.
"""
