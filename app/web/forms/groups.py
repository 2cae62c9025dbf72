"""How are questions of several parts drawn: address, signature, matrix, repeated rows?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.definitions.model.forms import Field, FieldType, Option
from app.web.forms.folds import Draw, in_folds
from app.web.forms.frame import Setting, grouped, named
from app.web.forms.parts import (
    Filling,
    Part,
    Parts,
    PickedHole,
    ValueHole,
    blanked,
    filled,
    html,
    merged,
    safe,
    text,
)
from app.web.forms.picks import radios
from app.web.forms.rows import row_count

MOST_ROWS = 50
_ADDRESS = (
    ("street", "full", "address-line1", ""),
    ("number", "short", "off", ""),
    ("box", "short", "off", ""),
    ("postcode", "short", "postal-code", "numeric"),
    ("town", "medium", "address-level2", ""),
)
SIGNATURE_WAYS = ("drawn", "typed", "paper", "spoken")


def address(field: Field, setting: Setting) -> Parts:
    """Street, number, box, postcode and town; no fixed address; or free lines for abroad."""
    parts: Parts = ['<div class="address">']
    for part, size, token, mode in _ADDRESS:
        parts += _sub_input(field, setting, part, (size, token if field.autocomplete else "off", mode))
    homeless, free = f"{field.id}:homeless", f"{field.id}:free"
    parts += [
        html(
            '</div><div class="tick"><input type="checkbox" id="i-{}" name="{}" value="ja"',
            homeless,
            homeless,
        ),
        PickedHole(homeless, "ja"),
        html('><label for="i-{}">{}</label></div>', homeless, setting.say("address.homeless")),
        html('<details class="more"><summary>{}</summary>', setting.say("address.abroad")),
        html('<label class="sublabel" for="i-{}">{}</label>', free, setting.say("address.free")),
        html('<textarea class="input" rows="3" id="i-{}" name="{}" autocomplete="off">\n', free, free),
        ValueHole(free),
        "</textarea></details>",
    ]
    return grouped(field, setting, parts)


def signature(field: Field, setting: Setting) -> Parts:
    """Four equal ways; drawing appears only where the browser can do it, its canvas is made by the script."""
    way, data = f"{field.id}:way", f"{field.id}:data"
    parts: Parts = [f'<div class="signature" data-signature="{text(field.id)}"><div class="ticks">']
    for value in SIGNATURE_WAYS:
        hidden = safe(" hidden data-needs-script") if value == "drawn" else ""
        id_ = f"i-{way}-{value}"
        parts += [
            html(
                '<div class="tick"{}><input type="radio" id="{}" name="{}" value="{}"',
                hidden,
                id_,
                way,
                value,
            ),
            PickedHole(way, value),
            html('><label for="{}">{}</label></div>', id_, setting.say(f"signature.{value}")),
        ]
    parts += [
        html('</div><div class="signature-pad" hidden data-clear="{}"', setting.say("signature.clear")),
        html(' data-label="{}"></div><div class="signature-words">', setting.say("signature.pad")),
        html('<label class="sublabel" for="i-{}">{}</label>', data, setting.say("signature.data")),
        html('<input class="input" id="i-{}" name="{}" autocomplete="off" value="', data, data),
        ValueHole(data),
        '"></div></div>',
    ]
    return grouped(field, setting, parts)


def matrix(field: Field, setting: Setting, draw: Draw) -> Parts:
    """One fieldset a row with its radios as chips, and what belongs to the row under it."""
    options = field.options.options if field.options else ()
    parts: Parts = ['<div class="matrix">']
    for row in field.rows.options if field.rows else ():
        score = score_of(field, row)
        inner = radios(score, options, chips=True)
        parts += ['<div class="matrix-row">', *grouped(score, setting, inner, kind="matrix-score")]
        each = [named(child, f"{field.id}.{row.id}.{child.id}") for child in field.each]
        parts += in_folds(each, setting.deeper(), draw)
        parts.append("</div>")
    return grouped(field, setting, [*parts, "</div>"], kind="group--matrix")


def score_of(field: Field, row: Option) -> Field:
    """The question that one row of a matrix asks; what was not talked about stands there until somebody answers."""
    options = field.options.options if field.options else ()
    return replace(
        field,
        id=f"{field.id}.{row.id}",
        type=FieldType.CHOICE,
        label=row.label,
        help=row.help,
        default=field.default or next((option.id for option in options if option.silent), None),
        required=False,
        show_after="",
        only_for=(),
        why="",
    )


def repeat(field: Field, setting: Setting, draw: Draw) -> Parts:
    """Rows that can be added and removed; the buttons are submit buttons, so they work without a script."""
    minimum = int(least) if (least := field.limits.min or "").isdecimal() else 0
    blank = blanked(_row(field, setting, draw, "__row__"))  # lent names come with the request
    parts: Parts = [
        html('<div class="rows" data-repeat="{}">', field.id),
        RowsHole(field.id, minimum, _RowMaker(field, setting, draw, {})),
        "</div>",
        html('<button class="btn btn--quiet" name="_add" value="{}" formnovalidate>', field.id),
        html("{}</button>", setting.say("row.add")),
        html('<template data-row-template="{}">', field.id),
        *blank,
        "</template>",
    ]
    return grouped(field, setting, parts, kind="group--repeat")


@dataclass(frozen=True, slots=True)
class _RowMaker:
    """Makes the parts of row ``n`` once."""

    field: Field
    setting: Setting
    draw: Draw
    made: dict[int, tuple[Part, ...]]

    def row(self, number: int) -> tuple[Part, ...]:
        """The parts of row ``number``, from 0."""
        if number not in self.made:
            self.made[number] = _row(self.field, self.setting, self.draw, str(number))
        return self.made[number]


@dataclass(frozen=True, slots=True)
class RowsHole:
    """As many rows as were posted, at least as many as are needed."""

    name: str
    minimum: int
    maker: _RowMaker

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        count = min(max(row_count(f.raw, self.name), self.minimum), MOST_ROWS)
        return "".join(filled(self.maker.row(number), f) for number in range(count))

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return [part for number in range(self.minimum) for part in blanked(self.maker.row(number))]


def _row(field: Field, setting: Setting, draw: Draw, number: str) -> tuple[Part, ...]:
    shown = str(int(number) + 1) if number.isdecimal() else ""
    name = f"{field.id}.{number}"
    parts: Parts = [
        html('<fieldset class="row-set" data-row="{}"><legend class="row-legend">', number),
        html("{} <span data-row-number>{}</span></legend>", setting.say("row.title"), shown),
        html('<input type="hidden" name="{}" value="1">', name),
    ]
    columns = [named(child, f"{name}.{child.id}") for child in field.fields]
    parts += in_folds(columns, setting.deeper(), draw)
    remove = html(
        '<button class="btn btn--quiet btn--remove" name="_remove" value="{}" formnovalidate>{}</button></fieldset>',
        name,
        setting.say("row.remove"),
    )
    return merged([*parts, remove])


def _sub_input(field: Field, setting: Setting, part: str, look: tuple[str, str, str]) -> Parts:
    size, token, mode = look
    name = f"{field.id}:{part}"
    inputmode = html(' inputmode="{}"', mode) if mode else ""
    return [
        html('<div class="sub sub--{}"><label class="sublabel" for="i-{}">', part, name),
        html("{}</label>", setting.say(f"address.{part}")),
        html('<input class="input input--{}" id="i-{}" name="{}" autocomplete="{}"', size, name, name, token),
        f'{inputmode} value="',
        ValueHole(name),
        '"></div>',
    ]
