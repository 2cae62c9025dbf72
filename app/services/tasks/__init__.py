"""What is to be done, by whom, by when: the queue, the overview, claiming and finishing.

Enter by ``queue`` and ``overview``; ``claim_task`` and ``finish_task`` change one task.
"""
