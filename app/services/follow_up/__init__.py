"""What happens by itself: timers fire, mail leaves, the morning is summed up.

Enter by ``sweep`` (what is due now), ``fire_timer`` (one timer, once) and ``deliver_outbox`` (one promised message,
once).
"""
