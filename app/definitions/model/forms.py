"""What is a form, once checked?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from app.definitions.model.bonds import Cases
from app.definitions.model.cards import Card
from app.definitions.model.consents import Holding
from app.definitions.model.expressions import Condition
from app.definitions.model.openings import Opens
from app.definitions.model.rules import Rule, Warn
from app.definitions.model.source import NOWHERE, Span
from app.definitions.model.stock import Stock
from app.definitions.model.tags import Offered, Tags
from app.definitions.model.unlinked import Unlinked

EMPTY: Mapping[str, str] = MappingProxyType({})


THIRD_PERSON = "third_person"
"""What ``Field.about`` says of an answer that tells about somebody else than the person whom the case is about."""


class FieldType(StrEnum):
    """The closed list of field types (``language.md`` section 1)."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    TIME = "time"
    EMAIL = "email"
    PHONE = "phone"
    CHOICE = "choice"
    CHOICES = "choices"
    TAGS = "tags"
    YES_NO = "yes_no"  # options ja, nee
    YES_NO_UNASKED = "yes_no_unasked"  # options ja, nee, niet_besproken (the default)
    MATRIX = "matrix"
    SCALE = "scale"
    CONSENT = "consent"
    READ_RECEIPT = "read_receipt"
    SIGNATURE = "signature"
    FILE = "file"
    ADDRESS = "address"
    NEIGHBOURHOOD = "neighbourhood"
    STREET = "street"  # one or more, of the register or typed
    NATIONAL_NUMBER = "national_number"
    IBAN = "iban"
    ENTERPRISE_NUMBER = "enterprise_number"
    PERSON = "person"
    PARTNER = "partner"
    CASE = "case"
    SESSION = "session"
    REPEAT = "repeat"
    AVAILABILITY = "availability"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Option:
    """One option. ``silent``: stored but not an answer (niet_besproken). ``opt_out``: a way not to tell.

    ``columns`` holds the list's typed columns as text (``contact_point``, ``means`` ...); ``privacy`` overrides
    the field's class where the option is a matrix row.
    """

    id: str
    label: str
    help: str = ""
    privacy: int | None = None
    silent: bool = False
    opt_out: bool = False
    icon: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class OptionList:
    """Options in order; ``ordered`` means ``>=`` works and later is worse. ``id`` is empty for options in a field.
    Silent options and ways not to tell stand beside the order, wherever they are written."""

    id: str
    options: tuple[Option, ...]
    ordered: bool = False
    columns: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    span: Span = NOWHERE

    def get(self, option_id: str) -> Option | None:
        """The option with that id, or ``None``."""
        return next((option for option in self.options if option.id == option_id), None)

    @property
    def ids(self) -> tuple[str, ...]:
        """The option ids in order."""
        return tuple(option.id for option in self.options)

    @property
    def order(self) -> tuple[str, ...]:
        """The ids that ``>=`` compares, from low to high; empty when the list is not ordered."""
        counted = (option.id for option in self.options if not (option.silent or option.opt_out))
        return tuple(counted) if self.ordered else ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a value may be; only those that fit the field type are ever set.

    ``min``/``max`` are numbers, ISO dates, ``today`` or ``today + 30`` as written; counts for choices and repeats.
    """

    min: str | None = None
    max: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    decimals: int | None = None
    unit: str = ""
    accept: tuple[str, ...] = ()  # file kinds: pdf, jpg, png, ...
    max_bytes: int | None = None
    min_number: Decimal | None = None
    max_number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``id`` is flat and dotted after blocks are laid in (``persoon.geboorte``); inside a repeat or a
    matrix's ``each`` it is the bare id of the column.

    A matrix answers to ``<id>.<row>`` (the score) and ``<id>.<row>.<child>``; a repeat is a list of rows.
    ``means`` says what the answer stands for, whatever its id: ``resident.name``, ``resident.called``,
    ``resident.birth``, ``resident.phone``, ``resident.mobile``, ``resident.email``, ``resident.language``,
    ``resident.address``, ``resident.preference``, ``resident.message_ok``, ``referrer.name``, ``referrer.email``,
    ``referrer.phone``, ``referrer.function``, ``referrer.wish``, ``case.neighbourhood``, ``case.card_number``,
    ``case.privacy_told`` ... ``about`` says whom it tells about; what stands with a matrix or a repeat counts for its
    columns too.
    """

    id: str
    type: FieldType
    label: str
    privacy: int
    help: str = ""
    why: str = ""
    placeholder: str = ""
    required: bool = False
    required_if: Condition | None = None
    required_for: str = ""  # an audience for whom it is required (reception re-entering a card, ...)
    show_if: Condition | None = None
    compute: Condition | None = None
    shown: bool = True
    default: str | None = None
    limits: Limits = field(default_factory=Limits)
    messages: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # error code -> author's own message
    options: OptionList | None = None
    options_from_rows: str = ""  # `options: {rows: domeinen}`
    rows: OptionList | None = None
    each: tuple[Field, ...] = ()
    fields: tuple[Field, ...] = ()
    text: str = ""  # consent, read_receipt and info: the text itself
    shares: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    of: tuple[str, ...] = ()  # person: resident, staff, volunteer, partner
    many: bool = False
    authorisation: str = ""
    autocomplete: str = ""
    means: str = ""
    about: str = ""  # THIRD_PERSON, or the person whom the case is about
    anonymous: bool = field(
        default=False, metadata={"later": True}
    )  # warns when it could tell who somebody is
    show_after: str = ""  # label of a button that reveals the field ("rechten nakijken")
    block: str = ""  # the `use:` it came from, shown as a group
    cases: Cases | None = field(default=None, metadata={"later": True})  # case: which can be chosen
    holds: Holding | None = field(default=None, metadata={"later": True})  # consent: until when
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a form; a hidden section hides all its fields."""

    id: str
    title: str
    fields: tuple[Field, ...]
    help: str = ""
    show_if: Condition | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Retention:
    """Keep ``months`` after ``after`` (``closed``), then ``delete`` or ``anonymise``.

    ``condition`` None is ``otherwise``.
    """

    condition: Condition | None
    after: str
    months: int
    then: str


@dataclass(frozen=True, slots=True)
class Example:
    """A checked example: answers by flat id, local time ``at`` (ISO), and what is expected (kept as plain values)."""

    name: str
    answers: Mapping[str, object]
    at: str
    expect: Mapping[str, object]
    municipality: str = "zandlede"
    act: tuple[Mapping[str, object], ...] = ()
    span: Span = NOWHERE


class FormKind(StrEnum):
    """``CASE`` opens a case on submission; ``ACTION`` is a small form behind a button; a ``SHEET`` is of nobody."""

    CASE = "case"
    ACTION = "action"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Conversation:
    """How reception holds a form as a talk: ``notes`` is the long text of the free notes, ``overview`` the matrix
    whose rows are seen at a glance, ``agreements`` the repeat whose rows are counted per row of it (or empty)."""

    notes: str
    overview: str
    agreements: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. ``address_form`` is ``je`` or ``u``. ``number`` is a pattern such as ``BI-{year}-{seq}``."""

    id: str
    title: str
    sections: tuple[Section, ...]
    kind: FormKind = FormKind.CASE
    intro: str = ""
    audience: tuple[str, ...] = ()
    address_form: str = "je"
    controller: str = ""
    legal_basis: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    retention: tuple[Retention, ...] = ()
    workflow: str = ""
    number: str = ""
    draft_remind_working_days: int | None = None
    draft_delete_days: int = 30
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = ()
    urgent_if: Condition | None = None  # shows the banner of domain.md 0.7
    conversation: Conversation | None = field(default=None, metadata={"later": True})
    card: Card | None = field(default=None, metadata={"later": True})  # how it stands on paper
    tags: Tags | None = field(default=None, metadata={"later": True})
    offered: Offered | None = field(default=None, metadata={"later": True})  # where somebody looks for it
    unlinked: Unlinked | None = field(default=None, metadata={"later": True})  # opens no case
    beside: str = field(
        default="", metadata={"later": True}
    )  # the form offered on the same device afterwards
    warn: tuple[Warn, ...] = field(default=(), metadata={"later": True})  # told, never in the way
    opens: Opens | None = field(default=None, metadata={"later": True})  # closed outside its season
    quick: bool = field(default=False, metadata={"later": True})  # a few taps on a phone
    stock: Stock | None = field(
        default=None, metadata={"later": True}
    )  # what it lends, and how much there is
    span: Span = NOWHERE
    later: tuple[Form, ...] = field(default=(), metadata={"later": True})
    """Only while a case is worked on: the forms behind its buttons, under their longer names (``form_id.field``)."""

    def fields(self) -> Iterator[Field]:
        """All top-level fields in page order (a repeat's and matrix's children are inside them)."""
        for section in self.sections:
            yield from section.fields

    def field(self, field_id: str) -> Field | None:
        """The top-level field with that flat id, of a later form too, or ``None``."""
        own = next((item for item in self.fields() if item.id == field_id), None)
        if own is not None or not self.later:
            return own
        return next((item for form in self.later for item in form.fields() if item.id == field_id), None)

    def meaning(self, means: str) -> Field | None:
        """The first field that stands for ``means``, or ``None``."""
        return next((item for item in self.fields() if item.means == means), None)
