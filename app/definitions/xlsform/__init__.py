"""How does an XLSForm become a form of ours? ``survey``, ``choices`` and ``settings`` in; YAML and a report out.

XLSForm (https://xlsform.org) is the spreadsheet format of ODK, KoboToolbox and others: what many authors know already.
``tables``: the three sheets as rows. ``conditions``: its expressions in our words. ``converting``: the form itself.
May import what ``app.definitions`` may; reads no file.
"""
