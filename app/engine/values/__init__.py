"""How do typed words become values, and values words, JSON and typed words again?

One codec a field, made once (``codec_of``); one file a family of field types. Nothing here judges a whole form: that is
:mod:`app.engine.judge`.

=====================================  ====================================================================
``coerce(field, raw)``                 texts of one input -> ``Value``, ``None`` when blank; raises ``Rejected``
``parts_of(field)``                    a composite's parts (``address``: street, number ...); ``raw`` is then one text
                                       a part, in this order; its inputs are named ``<id>:<part>``
``raw_of(field, value)``               the way back: texts that fill the input in again
``read_posted(form, posted)``          all inputs of a page (name -> texts) -> ``Given``; unknown names are ignored
``posted_of(form, answers)``           the way back: name -> texts, for prefilling and correcting
``read_json(form, data)``              natural JSON of examples and simulate -> ``Given``; unknown names are errors
``to_json`` / ``from_json``            the stored form, and back; ``from_json`` raises ``NotStored``
``show(field, value, language)``       what a person reads back
``address_lines(address)``             an address as it stands on an envelope
``read_back(form, answers, language)`` all answers as lines with label, text and privacy class, in page order
=====================================  ====================================================================
"""

from __future__ import annotations

from app.engine.values.codec import codec_of, coerce, parts_of, raw_of, show
from app.engine.values.given import Given, NotStored, Rejected
from app.engine.values.incoming import read_json, read_posted
from app.engine.values.lines import Line, read_back
from app.engine.values.places import lines as address_lines
from app.engine.values.stored import from_json, posted_of, to_json

__all__ = [
    "Given",
    "Line",
    "NotStored",
    "Rejected",
    "address_lines",
    "codec_of",
    "coerce",
    "from_json",
    "parts_of",
    "posted_of",
    "raw_of",
    "read_back",
    "read_json",
    "read_posted",
    "show",
    "to_json",
]
