"""Campaigns: a list is brought, divided, called or visited, and destroyed.

``runs`` begins, shows and ends one; ``bring_list`` and ``fill_list`` read a list in; ``batches`` divides it;
``contacting`` is what a caller sees and notes; ``silence`` stops all contact; ``paper`` prints letters;
``destroy_list`` destroys, ``figures`` counts.
"""
