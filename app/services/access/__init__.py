"""Who may come in: accounts, passwords, passkeys, the second step, sessions, invitations, signing in elsewhere.

Enter by ``signing_in`` and ``sessions``.
"""
