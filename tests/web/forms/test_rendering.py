"""Is every kind of question legible for everybody, and safe whatever is in it?"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.definitions.model.forms import Field, FieldType, Form, Limits, Option, OptionList, Section
from app.engine.agreed_texts import with_texts
from app.engine.model.answers import Consent, FieldError
from app.engine.values import Given, read_posted
from app.engine.values.plan import plan_of
from app.web.forms import markdown
from app.web.forms.pages import make_page
from app.web.forms.parts import Filling, merged
from app.web.forms.reading import DefinitionForm, read
from app.web.forms.rows import renumbered, with_row
from app.web.forms.showing import error_sentences, summary_of

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
TWO = OptionList("", (Option("een", "Een"), Option("twee", "Twee")))
SCORES = OptionList("", (Option("goed", "Goed"), Option("niet_besproken", "Niet besproken", silent=True)))
GROUPS = {
    FieldType.CHOICE,
    FieldType.CHOICES,
    FieldType.TAGS,
    FieldType.YES_NO,
    FieldType.YES_NO_UNASKED,
    FieldType.SCALE,
    FieldType.MATRIX,
    FieldType.SIGNATURE,
    FieldType.ADDRESS,
    FieldType.AVAILABILITY,
    FieldType.STREET,
    FieldType.REPEAT,
}


def field_of(kind: FieldType, **changes: object) -> Field:
    field = Field("vraag", kind, "Een vraag", 1, help="Wat hulp", why="Omdat het helpt")
    if kind in {FieldType.CHOICE, FieldType.CHOICES, FieldType.TAGS, FieldType.SCALE}:
        field = replace(field, options=TWO)
    if kind is FieldType.MATRIX:
        note = Field("nota", FieldType.LONG_TEXT, "Nota", 2)
        field = replace(field, rows=TWO, options=SCORES, each=(note,))
    if kind is FieldType.REPEAT:
        field = replace(field, fields=(Field("wat", FieldType.TEXT, "Wat", 1),), limits=Limits(min="1"))
    if kind is FieldType.PERSON:
        field = replace(field, of=("staff",))
    return replace(field, **changes)  # type: ignore[arg-type]


def form_of(*fields: Field) -> Form:
    return Form("proef", "Proef", (Section("deel", "Deel", fields),))


def shown(*fields: Field, **filling: object) -> str:
    return make_page(form_of(*fields)).render(Filling(**filling))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", sorted(set(FieldType) - {FieldType.INFO}))
def test_help_and_error_are_tied_to_every_kind_of_question(kind: FieldType) -> None:
    html = shown(field_of(kind), errors={"vraag": "Dit klopt niet."})
    tied = re.search(r'aria-describedby="(h-vraag(?: w-vraag)? e-vraag)" aria-invalid="true"', html)
    assert tied
    for name in tied[1].split():
        assert f'id="{name}"' in html
    assert ('id="w-vraag"' in html) == ("w-vraag" in tied[1])
    assert "Dit klopt niet." in html
    assert "Waarom vragen we dit?" in html


@pytest.mark.parametrize("kind", sorted(GROUPS))
def test_questions_of_several_inputs_are_a_fieldset_with_a_legend(kind: FieldType) -> None:
    assert re.search(
        r'<fieldset[^>]*id="i-vraag"[^>]*><legend class="label">Een vraag', shown(field_of(kind))
    )


@pytest.mark.parametrize("kind", sorted(set(FieldType) - GROUPS - {FieldType.INFO}))
def test_questions_of_one_input_have_a_label_for_it(kind: FieldType) -> None:
    html = shown(field_of(kind))
    assert re.search(r'<label[^>]*for="i-vraag"', html)
    assert re.search(r'<(input|select|textarea)[^>]*id="i-vraag"', html)


@pytest.mark.parametrize("kind", sorted(FieldType))
def test_nothing_an_author_writes_becomes_markup(kind: FieldType) -> None:
    options = OptionList("", (Option("een", EVIL, help=EVIL),))
    evil = field_of(kind, label=EVIL, help=EVIL, why=EVIL, text=EVIL, placeholder=EVIL, default=EVIL)
    if evil.options:
        evil = replace(evil, options=options)
    html = make_page(Form("p", EVIL, (Section("s", EVIL, (evil,), help=EVIL),), intro=EVIL)).render(Filling())
    assert "<script" not in html
    assert "<img" not in html
    assert "<!--" not in html


@pytest.mark.parametrize("kind", sorted(set(FieldType) - {FieldType.INFO}))
def test_nothing_a_person_types_becomes_markup(kind: FieldType) -> None:
    form = form_of(field_of(kind))
    blank = make_page(form).render(Filling())
    names = {*re.findall(r' name="([^"]+)"', blank), "vraag.0.wat"}
    html = make_page(form).render(
        Filling(
            raw={name: [EVIL] for name in names},
            errors={"vraag": EVIL},
            choices={
                "person:staff": [(EVIL, EVIL)],
                "neighbourhood": [(EVIL, EVIL)],
                "partner": [(EVIL, EVIL)],
            },
        )
    )
    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.parametrize("kind", sorted(set(FieldType) - {FieldType.INFO, FieldType.FILE}))
def test_the_page_posts_the_names_that_the_form_class_reads(kind: FieldType) -> None:
    form = form_of(field_of(kind))
    page = make_page(form).render(Filling())
    posted = {name for name in re.findall(r' name="([^"]+)"', page) if "__row__" not in name}
    plan = plan_of(form)
    names = {name for item in plan.inputs.values() for name in item.names}
    names |= {
        f"vraag.0.{name}" for rows in plan.repeats.values() for item in rows.columns for name in item.names
    }
    assert names <= posted
    assert {name for name in posted - names if not name.startswith("_")} <= {"vraag:own", "vraag.0"}
    assert [field.name for field in DefinitionForm(form)] == list(plan.order)


def test_the_form_class_reads_what_the_engine_reads() -> None:
    fields = [replace(field_of(kind), id=kind.value) for kind in FieldType]
    form = form_of(*fields)
    raw = {
        "text": ["  Els "],
        "integer": ["drie"],
        "decimal": ["1,5"],
        "partial_date": ["5/1941"],
        "choices": ["", "een", "twee"],
        "tags": ["", "een"],
        "tags:own": ["eigen, woord"],
        "matrix.een": ["goed"],
        "matrix.een.nota": ["Het lukt."],
        "repeat.0.wat": ["Bellen"],
        "repeat.1": ["1"],
        "repeat.2.wat": [""],
        "address:street": ["Kerkstraat"],
        "address:number": ["3"],
        "signature:way": ["typed"],
        "signature:data": ["Els"],
        "consent": ["", "ja"],
        "availability": ["", "ma.vm"],
        "choice": ["drie"],
        "vreemd": ["x"],
    }
    assert read("proef", form, raw) == read_posted(form, raw)
    assert read("proef", form, {}) == read_posted(form, {})


def test_what_was_typed_comes_back() -> None:
    html = shown(
        field_of(FieldType.TEXT),
        field_of(FieldType.CHOICE, id="keuze"),
        field_of(FieldType.REPEAT, id="rijen"),
        raw={"vraag": ["Els & co"], "keuze": ["twee"], "rijen.0.wat": ["a"], "rijen.1.wat": ["b"]},
    )
    assert 'value="Els &amp; co"' in html
    assert re.search(r'value="twee" checked', html)
    assert not re.search(r'value="een" checked', html)
    assert re.search(r'name="rijen.1.wat"[^>]*value="b"', html)


def test_not_discussed_stands_until_somebody_chooses() -> None:
    row = r'name="vraag.een" value="niet_besproken" checked'
    assert re.search(row, shown(field_of(FieldType.MATRIX)))
    assert not re.search(row, shown(field_of(FieldType.MATRIX), raw={"vraag.een": ["goed"]}))


def test_consent_is_never_ticked_beforehand_and_knows_who_is_meant() -> None:
    field = field_of(FieldType.CONSENT, text="Dit mag naar {holder.name}.", default="ja")
    assert " checked" not in shown(field)
    assert "Dit mag naar de contactpersoon van je dorp." in shown(field)
    assert "Dit mag naar Joris." in shown(field, words={"holder.name": "Joris"})


def test_a_field_for_one_role_does_not_exist_for_others() -> None:
    field = field_of(FieldType.NATIONAL_NUMBER, only_for=("maatschappelijk_werker",))
    assert 'name="vraag"' not in shown(field)
    assert 'name="vraag"' in shown(field, roles=frozenset({"maatschappelijk_werker"}))


def test_required_is_said_to_whom_it_concerns() -> None:
    form = form_of(field_of(FieldType.TEXT, required_for="reception"))
    assert "(verplicht)" in make_page(form, audience="reception").render(Filling())
    assert "(verplicht)" not in make_page(form, audience="referrer").render(Filling())


def test_a_folded_field_opens_without_a_script() -> None:
    html = shown(field_of(FieldType.TEXT, show_after="Rechten nakijken"))
    assert re.search(r'<details class="after"><summary>Rechten nakijken</summary>', html)


def test_questions_behind_the_same_words_share_a_fold_that_hides_no_answer_and_no_error() -> None:
    when = field_of(FieldType.TEXT, show_after="Wanneer?")
    scored = replace(
        field_of(FieldType.MATRIX, show_after="Wanneer?"), id="vlakken", default="niet_besproken"
    )
    page = make_page(form_of(when, scored))

    def opened(**filling: object) -> list[str]:
        html = page.render(Filling(**filling))  # type: ignore[arg-type]
        return re.findall(r'<details class="after"( open)?>', html)

    assert opened() == [""]
    assert opened(raw={"vraag": [""], "vlakken.een": ["niet_besproken"], "ander": ["x"]}) == [""]
    for told in ({"vraag": ["dinsdag"]}, {"vlakken.een": ["goed"]}, {"vlakken.een.nota": ["iets"]}):
        assert opened(raw=told) == [" open"]
    assert opened(errors={"vlakken.een.nota": "Te lang"}) == [" open"]


def test_what_is_required_is_never_folded_shut() -> None:
    form = form_of(field_of(FieldType.TEXT, show_after="Meer", required_for="reception"))
    assert '<details class="after" open>' in make_page(form, audience="reception").render(Filling())
    assert '<details class="after">' in make_page(form, audience="referrer").render(Filling())


def test_a_fold_for_one_role_is_not_there_for_others() -> None:
    field = field_of(FieldType.TEXT, show_after="Meer", only_for=("maatschappelijk_werker",))
    assert "Meer" not in shown(field)
    assert "Meer" in shown(field, roles=frozenset({"maatschappelijk_werker"}))


def test_the_names_of_dozens_of_people_are_folded_until_one_is_chosen() -> None:
    choices = {"person:staff": (("staff:1:Joris", "Joris Maes"), ("staff:2:Nele", "Nele Lambrecht"))}
    field = field_of(FieldType.PERSON, many=True)
    fold = '<details class="more"{}><summary>Toon de namen</summary>'
    assert fold.format("") in shown(field, choices=choices)
    assert fold.format(" open") in shown(field, choices=choices, raw={"vraag": ["", "staff:2:Nele"]})
    assert fold.format(" open") in shown(field, choices=choices, errors={"vraag": "Kan niet"})
    assert '<details class="more"' not in shown(replace(field, required=True), choices=choices)


def test_rows_can_be_added_and_removed_without_a_script() -> None:
    form = form_of(field_of(FieldType.REPEAT))
    raw = {"vraag.0.wat": ["a"], "vraag.4.wat": ["b"], "los": ["c"]}
    assert renumbered(form, raw) == {"vraag.0.wat": ["a"], "vraag.1.wat": ["b"], "los": ["c"]}
    assert renumbered(form, raw, without="vraag.0") == {"vraag.0.wat": ["b"], "los": ["c"]}
    assert "vraag.2" in with_row(form, raw, "vraag")
    assert with_row(form, raw, "los") == renumbered(form, raw)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**vet** en *schuin*", "<p><strong>vet</strong> en <em>schuin</em></p>"),
        ("een\n\n- a\n- b", "<p>een</p><ul><li>a</li><li>b</li></ul>"),
        ("[hier](https://a.example/?b=1&c)", '<p><a href="https://a.example/?b=1&amp;c" rel="noopener">hier</a></p>'),
        ("[klik](javascript:alert(1))", "<p>[klik](javascript:alert(1))</p>"),
        ("<b>nee</b>", "<p>&lt;b&gt;nee&lt;/b&gt;</p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
    ],
)  # fmt: skip
def test_text_of_authors_knows_a_small_safe_markdown(source: str, expected: str) -> None:
    assert markdown.block(source) == expected


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    html = markdown.block('[x](https://a.example/"onmouseover="alert(1))')
    assert 'href="https://a.example/"' not in html
    assert not re.search(r"<a [^>]*onmouseover", html)


def test_neighbouring_literals_become_one_segment() -> None:
    assert merged(["a", "", "b", "c"]) == ("abc",)


def test_a_row_that_the_script_adds_offers_the_same_people() -> None:
    row = Field("wie", FieldType.PERSON, "Wie", 1, of=("staff",))
    page = make_page(form_of(replace(field_of(FieldType.REPEAT), fields=(row,))))
    for raw in ({}, {"vraag.0": ["1"]}):
        html = page.render(Filling(raw=raw, choices={"person:staff": (("a1", "Joris Maes"),)}))
        template = html[html.index("<template") : html.index("</template>")]
        assert "Joris Maes" in template


@pytest.mark.parametrize(("address", "word"), [("je", "je"), ("u", "uw")])
def test_what_stands_by_default_follows_how_the_form_speaks(address: str, word: str) -> None:
    agreed = Field("akkoord", FieldType.CONSENT, "Akkoord", 1, text="Dit gaat naar {holder.name}.")
    form = replace(form_of(agreed), address_form=address)
    expected = f"Dit gaat naar de contactpersoon van {word} dorp."
    assert expected in make_page(form).render(Filling())
    given = with_texts(form, Given({"akkoord": Consent(True, "")}, ()), {})
    assert given.values["akkoord"] == Consent(True, expected)


def test_an_error_speaks_as_its_form_does() -> None:
    missing = [FieldError("akkoord", "required", (("label", "Akkoord"), ("kind", "consent")))]
    assert error_sentences(missing, address="u")["akkoord"].startswith("Vink dit aan als u akkoord gaat.")
    assert "als u akkoord gaat" in summary_of(missing, address="u")[0].sentence
    assert error_sentences(missing)["akkoord"].startswith("Vink dit aan als je akkoord gaat.")
