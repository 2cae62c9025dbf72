"""How do well-shaped nodes become drafts of the model?

One file a construct. A reader takes silently what the shape pass judged already, tells what only it can know
(an unknown list, a deadline without a unit), and leaves expressions for ``resolve.py``.
"""
