"""What is kept of people, for how long, and what they may ask: terms, holds, destruction, copies, erasure.

Enter by ``proposals`` (what is past its term), ``approvals`` (who says yes), ``destroy`` (how it goes), ``holds`` (what
must stay), ``person_file`` and ``requests`` (a copy for who asks), ``erase_person``; ``known`` says of every table what
becomes of its rows.
"""
