"""DOCUMENTS: printed matter, made from the same types as the pages and never from web templates.

May import: ``app.engine`` and rooms to its right. Typed inputs in, the bytes of a tagged PDF (PDF/UA-1) out.

=====================  ===================================================================================
``card.py``            the referral card of a contact person and a village, each copy with its own number
``letter.py``          letters, a page each: ``letters_pdf([Letter(...), ...])``
``sheets.py``          what a resident takes home: the agreements, the statutory receipt
``links.py``           the personal link of a referrer, to pin to the wall of a practice
``compiler.py``        the only home of typst; ``typst/*.typ`` are our own sources, without a word of Dutch
=====================  ===================================================================================

What people wrote travels as JSON and is set as plain text: no sign in it is ever read as markup.
"""
