"""Which Belgian particulars do answers need: phone and national numbers, bank accounts, postcodes.

Plain functions on text; ``None`` or an empty text says "not one of ours". Facts: ``domain.md`` section 5 and 4-D.
"""
