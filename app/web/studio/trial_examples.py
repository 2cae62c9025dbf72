"""What of a process do the examples of a form show, and what would the missing ones look like?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.definitions.adding_examples import Plain, example_text
from app.definitions.problems import text_of
from app.engine.coverage import Coverage, Kind, Spot, coverage
from app.engine.generate import Generated, generate
from app.engine.new_examples import as_example, name_of
from app.engine.policy import Act
from app.services.definitions import play_examples, try_out
from app.services.errors import Conflict, Invalid
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.studio.trial_bench import Bench, bench_of, may_keep, now_in

bp = Blueprint("trial", __name__, url_prefix="/beheer/uitproberen")
Page = Response | str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A spot in words, and the examples that pass it."""

    what: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Spots of one kind of one process."""

    title: str
    lines: tuple[Line, ...]

    @property
    def missing(self) -> int:
        """How many are passed by nothing."""
        return sum(not line.examples for line in self.lines)


@bp.get("")
@act(Act.DEFINITIONS_READ)
def index() -> Page:
    """The forms that open a case."""
    found = try_out.catalog(visitor.actor(), working=True)
    forms = [form for form in found.forms.values() if form.workflow in found.workflows]
    return render_template("studio/trial_index.html", forms=sorted(forms, key=lambda form: form.title))


@bp.get("/<form_id>/voorbeelden")
@act(Act.DEFINITIONS_READ)
def examples(form_id: str) -> Page:
    """What the examples of a form pass, in the working copy."""
    return _page(_bench(form_id), kept="bewaard" in request.args)


@bp.post("/<form_id>/voorbeelden")
@act(Act.DEFINITIONS_READ)
def make(form_id: str) -> Page:
    """Show the examples that are missing, and what cannot be reached."""
    bench = _bench(form_id)
    return _page(bench, made=generate(bench.catalog, form_id, world=bench.world, at=now_in(bench)))


@bp.post("/<form_id>/voorbeelden/bewaren")
@act(Act.DEFINITIONS_EDIT)
def keep_made(form_id: str) -> Page:
    """Make them again and put them in the working copy."""
    bench = _bench(form_id)
    made = generate(bench.catalog, form_id, world=bench.world, at=now_in(bench))
    try:
        try_out.keep(visitor.actor(), form_id, _as_examples(bench, made))
    except Conflict:
        return _page(bench, made=made, wrong="edited_meanwhile"), 409
    except Invalid as problem:
        return _page(bench, made=made, wrong=problem.code), 422
    return redirect(url_for("trial.examples", form_id=form_id, bewaard=1))


def _bench(form_id: str) -> Bench:
    return bench_of(form_id, working=True, made_up=False)


def _page(bench: Bench, *, made: Generated | None = None, wrong: str = "", kept: bool = False) -> str:
    found = coverage(bench.catalog, bench.form.id, bench.world)
    return render_template(
        "studio/trial_examples.html",
        bench=bench,
        groups=tuple(_groups(bench, found)),
        total=len(found.by),
        passed=len(found.by) - len(found.missing),
        failing=_failing(bench),
        made=_as_examples(bench, made) if made is not None else None,
        text=example_text,
        missed=[(_words(bench, item.spot), _because(item.code, item.why)) for item in made.missed]
        if made
        else (),
        wrong=wrong,
        kept=kept,
        may_keep=may_keep(),
    )


def _failing(bench: Bench) -> Sequence[str]:
    """What the form's examples say that does not happen."""
    others = {ref: replace(form, examples=()) for ref, form in bench.catalog.forms.items()}
    alone = replace(bench.catalog, forms=MappingProxyType({**others, bench.form.id: bench.form}))
    return [text_of(problem)[0] for problem in play_examples.play(alone, bench.world).problems]


def _as_examples(bench: Bench, made: Generated) -> list[Mapping[str, Plain]]:
    taken = [example.name for example in bench.form.examples]
    found: list[Mapping[str, Plain]] = []
    for item in made.examples:
        taken.append(name_of(item.play, item.script, item.passes, taken))
        found.append(as_example(taken[-1], item.script, item.play))
    return found


def _because(code: str, why: str) -> str:
    return say(f"studio_trial.missed.{code}", why=why)


# Words -----------------------------------------------------------------------------------------------------


def _groups(bench: Bench, found: Coverage) -> Iterator[Group]:
    flows = dict.fromkeys(spot.workflow for spot in found.by)
    for flow in flows:
        for kinds, code in _GROUPS:
            spots = [spot for spot in found.by if spot.workflow == flow and spot.kind in kinds]
            if spots:
                title = say(f"studio_trial.group.{code}")
                if len(flows) > 1:
                    title = say(
                        "studio_trial.group.of", title=title, flow=bench.catalog.workflows[flow].title
                    )
                yield Group(title, tuple(Line(_words(bench, spot), found.by[spot]) for spot in spots))


_GROUPS = (
    ((Kind.RULE,), "rules"),
    ((Kind.STATE,), "states"),
    ((Kind.ACTION, Kind.LAST, Kind.AUTO, Kind.REOPEN), "ways"),
)


def _words(bench: Bench, spot: Spot) -> str:
    flow = bench.catalog.workflows[spot.workflow]
    if spot.kind is Kind.RULE:
        rule = next(item for item in flow.route if item.number == spot.number)
        point = bench.catalog.contact_points.get(spot.id)
        source = " ".join(rule.condition.source.split()) if rule.condition else say("studio.flow.otherwise")
        to = point.label if point is not None else say("studio.flow.of_row")
        return say("studio_trial.spot.rule", number=spot.number, condition=source, to=to)
    if spot.kind is Kind.STATE:
        return flow.states[spot.id].label
    state = flow.states[spot.state].label if spot.state else say("studio_trial.spot.anywhere")
    actions = flow.states[spot.state].actions if spot.state else flow.anywhere
    what = actions[spot.id].label if spot.id in actions else flow.states[spot.id].label
    return say(f"studio_trial.spot.{spot.kind.value}", state=state, what=what)
