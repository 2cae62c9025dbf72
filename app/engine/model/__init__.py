"""The frozen types of one case: answers, snapshot, events, effects, the people it can go to."""
