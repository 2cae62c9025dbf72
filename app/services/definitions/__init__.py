"""Forms and workflows: drafted, checked, played, published, packaged.

Enter by ``catalogs`` (what is live), ``check_definitions`` (what is wrong) and ``publish_definitions``. Knows nothing
of who works here and reads no report of a municipality: whoever changes staff asks this room whether all still fits.
"""
