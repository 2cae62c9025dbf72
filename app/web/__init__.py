"""WEB: the only home of HTTP and WTForms. Blueprints by audience, forms made from definitions.

May import: jobs, services and the core types of engine and definitions; never storage, reporting, documents
or channels directly. ``web/errors.py`` maps service errors to pages, once.
"""
