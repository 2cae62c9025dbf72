"""Does the audit tell apart what is safe, what is not, and what nobody knows?"""

from __future__ import annotations

import json

import pytest

from tests.supply import __main__ as supply
from tests.supply.__main__ import Audit

SAFE = {"name": "flask", "version": "3.1.3", "vulns": []}
UNSAFE = {"name": "jinja2", "version": "2.0", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]}
UNKNOWN = {"name": "webauthn", "skip_reason": "Dependency not found"}


def _report(*packages: object) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_known_vulnerability_is_named_and_a_package_no_feed_knows_is_not_called_safe() -> None:
    """ASVS 15.2.1: known vulnerabilities in components stop the build."""
    found = supply.read(_report(SAFE, UNSAFE, UNKNOWN))
    assert found == Audit(2, ("webauthn",), ("jinja2 2.0: PYSEC-1, PYSEC-2",))


@pytest.mark.parametrize(
    ("answers", "code", "says"),
    [
        ((_report(UNKNOWN), _report(UNKNOWN)), 0, "NOT AUDITED: no vulnerability feed"),
        (("", "{}"), 0, "NOT AUDITED: no vulnerability feed"),
        (("", _report(SAFE)), 0, "1 packages asked of osv: 0 with"),
        ((_report(SAFE, UNSAFE),), 1, "VULNERABLE jinja2 2.0: PYSEC-1, PYSEC-2"),
    ],
)
def test_only_a_feed_that_answers_is_believed(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answers: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    feeds = iter(answers)

    def asked(_feed: str) -> Audit | None:
        try:
            return supply.read(next(feeds))
        except (ValueError, KeyError):
            return None

    monkeypatch.setattr(supply, "_asked", asked)
    assert supply.audit() == code
    assert says in capsys.readouterr().out


def test_every_pinned_package_is_found_in_a_lock() -> None:
    """ASVS 15.1.2: the bill of materials holds every package of the lock, or the build stops."""
    assert supply.pinned("# a\nflask==3.1 ; x\n    --hash=sha256:aa\nredis==5\n") == {"flask", "redis"}
