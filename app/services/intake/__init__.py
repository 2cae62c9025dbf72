"""What comes in: drafts, submissions, uploads, cards on paper, papers given along.

Enter by ``submit_form``: one submission, once, with its case.
"""
