"""DEFINITIONS: the YAML language. Text in; frozen, checked types out, or problems with file, line, column.

Pure. May import: ``app.texts``, PyYAML, the standard library. No I/O beyond the text it is handed, no HTML.
Enter by :func:`app.definitions.compiler.compile_sources`; the types are in ``model/``.
Nobody passes raw dicts out of here.
"""
