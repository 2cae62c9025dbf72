"""One case: open it, show it, act on it, hand it over, share it, merge it.

Enter by ``open_case`` (a submission becomes a case), ``case_page`` (what is shown), ``act_on_case`` (a button is
pressed) and ``apply_decision``, through which everything that the engine decides is written.
"""
