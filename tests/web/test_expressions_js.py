"""Does the browser judge expressions exactly as the server does?

The whole table runs in Chromium (in CI always), and in the JavaScript engine that Playwright carries, wherever it is.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.definitions.expressions import as_json
from app.definitions.model.expressions import Arith, ArithOp, Condition, FieldRef, ValueType
from app.engine.evaluate import Facts, value_of
from app.engine.expressions import numbers
from app.engine.model.answers import Moment
from tests.support.conformance import CASES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MODULE = Path(__file__).parents[2] / "app" / "web" / "static" / "js" / "expressions.js"
MOMENT = Moment(datetime(2026, 11, 9, 8, 40, tzinfo=UTC), date(2026, 11, 9))
RUN = """
const outcome = (work) => { try { return work(); } catch (error) { return String(error); } };
const run = (cases) => cases.map((one) => ({
  name: one.name,
  expect: one.expect,
  found: outcome(() => expressions.compile(one.tree)(one.facts)),
}));
"""


def table() -> list[dict[str, object]]:
    """The cases as the page would get them: checked trees and canonical JSON answers."""
    return [
        {
            "name": case.name,
            "expect": case.expect,
            "tree": as_json.to_json(case.condition().tree),
            "facts": {
                "answers": case.answers,
                "today": case.today,
                "row": case.row,
                "marks": case.marks,
                "facts": case.facts,
            },
        }
        for case in CASES
    ]


def differences(outcomes: list[dict[str, object]]) -> list[dict[str, object]]:
    """The cases in which the browser says something else than the table."""
    assert len(outcomes) == len(CASES)
    return [one for one in outcomes if one["found"] != one["expect"]]


@pytest.mark.e2e
def test_chromium_agrees_with_the_table_under_a_strict_policy(browser: Browser) -> None:
    page = browser.new_page()
    try:
        pages = {
            "/": (
                "text/html",
                "<!doctype html><title>Proef</title><script type=module src=/run.js></script>",
            ),
            "/run.js": (
                "text/javascript",
                f"import * as expressions from '/expressions.js';{RUN}window.run = run;",
            ),
            "/expressions.js": ("text/javascript", MODULE.read_text(encoding="utf-8")),
        }

        def answer(route: object, request: object) -> None:
            kind, body = pages.get(request.url.removeprefix("http://proef.test"), ("text/plain", ""))  # type: ignore[attr-defined]
            policy = {"Content-Security-Policy": "default-src 'none'; script-src 'self'"}
            route.fulfill(content_type=kind, body=body, headers=policy)  # type: ignore[attr-defined]

        page.route("**/*", answer)
        page.goto("http://proef.test/")
        page.wait_for_function("() => Boolean(window.run)")
        assert differences(page.evaluate("(cases) => window.run(cases)", table())) == []
    finally:
        page.close()


@pytest.fixture
def judged(tmp_path: Path) -> Callable[[list[dict[str, object]]], list[dict[str, object]]]:
    """Runs cases in the JavaScript engine that Playwright carries."""
    playwright = pytest.importorskip(
        "playwright", reason="Playwright is not installed: no JavaScript engine here"
    )
    engine = Path(playwright.__file__).parent / "driver" / "node"
    if not engine.exists():
        pytest.skip("this Playwright carries no JavaScript engine")
    (tmp_path / "expressions.mjs").write_text(MODULE.read_text(encoding="utf-8"), encoding="utf-8")
    script = f"""import * as expressions from './expressions.mjs';
import {{ readFileSync }} from 'node:fs';
{RUN}
console.log(JSON.stringify(run(JSON.parse(readFileSync('table.json', 'utf-8')))));
"""
    (tmp_path / "run.mjs").write_text(script, encoding="utf-8")

    def judge(cases: list[dict[str, object]]) -> list[dict[str, object]]:
        (tmp_path / "table.json").write_text(json.dumps(cases), encoding="utf-8")
        command = [str(engine), "run.mjs"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        outcomes: list[dict[str, object]] = json.loads(done.stdout)
        return outcomes

    return judge


def test_another_javascript_engine_agrees_with_the_table(
    judged: Callable[[list[dict[str, object]]], list[dict[str, object]]],
) -> None:
    assert differences(judged(table())) == []


def test_both_sides_reckon_alike_on_any_numbers(
    judged: Callable[[list[dict[str, object]]], list[dict[str, object]]],
) -> None:
    dice = random.Random(7)  # noqa: S311 - the same numbers in every run
    sides = FieldRef("a", ValueType.NUMBER), FieldRef("b", ValueType.NUMBER)
    cases: list[dict[str, object]] = []
    for _ in range(1000):
        one, other = (dice.randint(-(10 ** dice.randint(1, 21)), 10 ** dice.randint(1, 21)) for _ in "ab")
        answers = {
            name: format(Decimal(number).scaleb(-6), "f") for name, number in (("a", one), ("b", other))
        }
        tree = Arith(dice.choice(list(ArithOp)), *sides)
        found = value_of(Condition("", tree, ValueType.NUMBER), Facts(answers, MOMENT))
        expect = numbers.shown(found) if isinstance(found, Decimal) else None
        facts = {"answers": answers, "today": "2026-11-09"}
        cases.append(
            {"name": f"{tree.op} {answers}", "expect": expect, "tree": as_json.to_json(tree), "facts": facts}
        )
    assert [one for one in judged(cases) if one["found"] != one["expect"]] == []
