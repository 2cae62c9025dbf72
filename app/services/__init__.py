"""SERVICES: one use case a file, one transaction each, no HTTP.

May import: storage, reporting, documents, channels and rooms to their right. ``errors.py`` holds the only
exceptions that leave this room, ``permission.py`` the question asked first. By what they serve:

=================  =======================================================================================
``intake/``        what comes in: drafts, submissions, uploads, cards on paper, papers given along
``people/``        thin records of residents, referrers with their links, partners
``tasks/``         the queue and the overview: what is to be done, by whom, by when
``cases/``         one case: open, show, act, hand over, share, merge
``follow_up/``     what happens by itself: timers, outbox, mail, the morning's digest
``definitions/``   forms and workflows: drafted, checked, published, packaged
``moving/``        running cases to another version of their workflow
``staff/``         who works here, who holds what, who is away
``municipality/``  beginning, settings, streets, openings, the exercise twin
``safekeeping/``   copies of everything, keys that change, histories verified and anchored
``access/``        accounts, passwords, sessions, invitations
=================  =======================================================================================
"""
