"""FORMS: a form version becomes segments (for showing) and prototype fields (for reading).

Both are made once per content hash and language. Enter by :func:`app.web.forms.pages.form_page` and
:func:`app.web.forms.reading.read`.
"""
