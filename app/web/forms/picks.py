"""How are questions with options drawn: radios, boxes, tags, scales, a grid of half days?"""

from __future__ import annotations

from app.definitions.model.forms import Field, FieldType, Option, OptionList
from app.texts import say
from app.web.forms.folds import open_with
from app.web.forms.frame import Setting, grouped, is_required, option_help
from app.web.forms.inputs import options_select
from app.web.forms.parts import FIND, CasesHole, Parts, PickedHole, TicksHole, ValueHole, html, safe

MOST_RADIOS = 8
MOST_STACKED = 4
LEAST_SHORT, SHORT = 3, 14
"""From so many options on, those of so few signs each stand side by side."""
DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
DAY_PARTS = ("vm", "nm", "av")
NOW_AND_THEN = "af_en_toe"


def yes_no_options(field: Field, setting: Setting) -> tuple[Option, ...]:
    """The built-in options of the two yes/no types."""
    ids = ("ja", "nee") if field.type is FieldType.YES_NO else ("ja", "nee", "niet_besproken")
    return tuple(Option(id, setting.say(f"option.{id}"), silent=id == "niet_besproken") for id in ids)


def options_of(field: Field, setting: Setting) -> tuple[Option, ...]:
    """The options of a field, wherever they come from."""
    if field.type in {FieldType.YES_NO, FieldType.YES_NO_UNASKED} and field.options is None:
        return yes_no_options(field, setting)
    if field.options_from_rows:
        lender = setting.form.field(field.options_from_rows)
        return lender.rows.options if lender and lender.rows else ()
    return field.options.options if field.options else ()


def default_of(field: Field, options: tuple[Option, ...]) -> str:
    """The option that holds while nobody chose: the author's, or *niet besproken* where it exists."""
    if field.default is not None:
        return field.default
    if field.type is FieldType.YES_NO_UNASKED:
        return next((option.id for option in options if option.silent), "")
    return ""


def one_of(field: Field, setting: Setting) -> Parts:
    """Exactly one: radios, chips for yes/no and scales, a list when it is long."""
    options = options_of(field, setting)
    if len(options) > MOST_RADIOS or field.options_from_rows:
        return options_select(field, setting, tuple((option.id, option.label) for option in options))
    chips = field.type in {FieldType.YES_NO, FieldType.YES_NO_UNASKED, FieldType.SCALE}
    return grouped(field, setting, radios(field, options, chips=chips))


def radios(field: Field, options: tuple[Option, ...], *, chips: bool) -> Parts:
    """The radios of one question, without their fieldset."""
    default = default_of(field, options)
    look = "chips" if chips else _look(options)
    parts: Parts = [f'<div class="{look}">']
    for option in options:
        picked = PickedHole(field.id, option.id, default=option.id == default)
        parts += _tick("radio", field.id, option, picked)
    return [*parts, "</div>"]


def some_of(field: Field, setting: Setting) -> Parts:
    """Any number of boxes."""
    defaults = set((field.default or "").replace(",", " ").split())
    options = options_of(field, setting)
    parts: Parts = [on_page(field), f'<div class="{_look(options, 0)}">']
    for option in options:
        picked = PickedHole(field.id, option.id, default=option.id in defaults)
        parts += _tick("checkbox", field.id, option, picked)
    return grouped(field, setting, [*parts, "</div>"])


def some_lent(field: Field, setting: Setting, sources: tuple[str, ...]) -> Parts:
    """Any number of people or partners, as boxes: a list with several choices is hard with a keyboard or a thumb.
    There may be dozens, so that they are folded until somebody wants one."""
    ticks: Parts = ['<div class="ticks ticks--many">', TicksHole(field.id, sources), "</div>"]
    if not is_required(field, setting):
        summary = html("><summary>{}</summary>", setting.say("choose_some"))
        ticks = ['<details class="more"', open_with([field]), summary, *ticks, "</details>"]
    return grouped(field, setting, [on_page(field), *ticks])


def some_cases(field: Field, setting: Setting, sources: tuple[str, ...]) -> Parts:
    """Any number of cases as boxes, with a field to search them: by a button, or while typing where there is a script.
    There may be hundreds; what is ticked always stays."""
    find = f"{field.id}{FIND}"
    seek = html(
        '<div class="seek"><label class="sublabel" for="i-{}">{}</label><input class="input" id="i-{}" name="{}" '
        'type="search" autocomplete="off" data-seek="{}" aria-describedby="h-{}" value="',
        find, say("bonds.find", setting.language), find, find, field.id, find,
    )  # fmt: skip
    button = html(
        '"><button class="btn btn--small btn--quiet" name="_seek" value="{}">{}</button>'
        '<span class="hint" id="h-{}">{}</span></div>',
        field.id, say("bonds.find_button", setting.language), find, say("bonds.find_hint", setting.language),
    )  # fmt: skip
    boxes: Parts = [
        html('<div class="ticks seek-list" data-sought="{}">', field.id),
        CasesHole(field.id, sources, html('<p class="soft">{}</p>', say("bonds.none", setting.language))),
        "</div>",
    ]
    return grouped(field, setting, [on_page(field), seek, ValueHole(find), button, *boxes])


def tags(field: Field, setting: Setting) -> Parts:
    """Boxes as chips, and room for words of one's own."""
    parts: Parts = [on_page(field), '<div class="chips chips--many">']
    for option in options_of(field, setting):
        parts += _tick("checkbox", field.id, option, PickedHole(field.id, option.id))
    return grouped(field, setting, [*parts, "</div>", *_own(field, setting.say("own_words"))])


def streets(field: Field, setting: Setting, sources: tuple[str, ...]) -> Parts:
    """The streets of the register as boxes, folded as there may be hundreds, and room for one that is not there: a
    municipality without a register has only that."""
    summary = html("><summary>{}</summary>", setting.say("choose_streets"))
    ticks: Parts = ['<div class="ticks ticks--many">', TicksHole(field.id, sources), "</div></details>"]
    folded: Parts = ['<details class="more"', open_with([field]), summary, *ticks]
    return grouped(field, setting, [on_page(field), *folded, *_own(field, setting.say("own_streets"))])


def _own(field: Field, label: str) -> Parts:
    """Room for what is not among the boxes."""
    own = f"{field.id}:own"
    return [
        html('<label class="sublabel" for="i-{}">{}</label>', own, label),
        html('<input class="input" id="i-{}" name="{}" autocomplete="off" value="', own, own),
        ValueHole(own),
        '">',
    ]


def availability(field: Field, setting: Setting) -> Parts:
    """Days down, parts of the day across; a box in every cell with its own name; and *now and then*."""
    days = _pairs(field.rows) or tuple((day, setting.say(f"day.{day}")) for day in DAYS)
    across = _pairs(field.options) or tuple((part, setting.say(f"part.{part}")) for part in DAY_PARTS)
    heads = "".join(html('<th scope="col">{}</th>', label) for _, label in across)
    parts: Parts = [on_page(field), f'<table class="week"><thead><tr><td></td>{heads}</tr></thead><tbody>']
    for day, day_label in days:
        parts.append(html('<tr><th scope="row">{}</th>', day_label))
        for part, part_label in across:
            parts += _cell(field, f"{day}.{part}", f"{day_label} {part_label}")
        parts.append("</tr>")
    sometimes = Option(NOW_AND_THEN, setting.say("now_and_then"))
    ticks = _tick("checkbox", field.id, sometimes, PickedHole(field.id, NOW_AND_THEN))
    return grouped(field, setting, [*parts, "</tbody></table>", *ticks])


def on_page(field: Field) -> str:
    """An empty text in front of boxes: says that they were on the page when none is ticked."""
    return html('<input type="hidden" name="{}" value="">', field.id)


def _look(options: tuple[Option, ...], stacked: int = MOST_STACKED) -> str:
    """Short words stand side by side, also on a phone; of longer ones many make two columns at a desk."""
    if len(options) >= LEAST_SHORT and all(
        len(option.label) <= SHORT and not option.help for option in options
    ):
        return "ticks ticks--short"
    return "ticks ticks--many" if len(options) > stacked else "ticks"


def _pairs(options: OptionList | None) -> tuple[tuple[str, str], ...]:
    return tuple((option.id, option.label) for option in options.options) if options else ()


def _cell(field: Field, value: str, spoken: str) -> Parts:
    box = html(
        '<td><label class="cell"><span class="visually-hidden">{}</span><input type="checkbox" name="{}" value="{}"',
        spoken,
        field.id,
        value,
    )
    return [box, PickedHole(field.id, value), "><span></span></label></td>"]


def _tick(kind: str, name: str, option: Option, picked: PickedHole) -> Parts:
    id_ = f"i-{name}-{option.id}"
    silent = " tick--silent" if option.silent else ""
    start = html(
        '<div class="tick{}"><input type="{}" id="{}" name="{}" value="{}"',
        silent,
        kind,
        id_,
        name,
        option.id,
    )
    extra = ' data-opt-out="1"' if option.opt_out else ""
    end = html('><label for="{}">{}{}</label></div>', id_, option.label, safe(option_help(option)))
    return [start, picked, extra, end]
