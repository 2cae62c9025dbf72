"""Begin for real: make a municipality and its first administrator, by questions, by options or from a file.

It ends with a link that opens once, with which the administrator chooses a password and goes on in the browser. Nobody
gets a password made by somebody else, and nothing of the demo ever comes in. Run again it gives a new link.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.config import Settings
from app.texts import say

if TYPE_CHECKING:
    from app.services.errors import ServiceError
    from app.services.municipality.starting import Beginning

WRONG, CANNOT = 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """What is not given is asked, on a terminal."""
    parser.add_argument("--file", type=Path, help="everything at once, as in docs/nl/beginnen.md")
    parser.add_argument("--name", help="the municipality, as residents know it")
    parser.add_argument("--slug", help="its short name; made from the name by default")
    parser.add_argument(
        "--host", action="append", default=[], help="a host name it answers to; may be repeated"
    )
    parser.add_argument("--administrator", help="name of the first administrator")
    parser.add_argument("--email", help="their address")
    parser.add_argument(
        "--link", action="store_true", help="only print the link with which an empty installation begins"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Do it; 1 with a sentence when something is refused, 2 when something is missing."""
    from app.factory import create_app
    from app.services import errors
    from app.services.municipality import setup

    app = create_app(settings)
    try:
        if not args.link:
            setup.migrate(app, owner_url=settings.owner_url)
        with app.app_context():
            return _print_first_link(settings) if args.link else _begin(args)
    except setup.StorageRefused as refused:
        return _fail(str(refused))
    except errors.Unavailable:
        return _fail(say("run.no_database"))


def _print_first_link(settings: Settings) -> int:
    """Nothing is printed for an installation where somebody lives."""
    from app.services.follow_up import outgoing
    from app.services.municipality import municipalities
    from app.web.public import begin

    if not municipalities.anybody_here():
        path = begin.FIRST_PATH.format(token=begin.first_token(settings.secret_key))
        print(say("run.first_link", link=outgoing.current().base_url + path))
    return 0


def _begin(args: argparse.Namespace) -> int:
    from app.cli import init_file
    from app.services.errors import ServiceError

    try:
        told = init_file.read(args.file) if args.file else {}
    except init_file.WrongFile as problem:
        return _fail(str(problem))
    wanted = _wanted(args, told)
    if wanted is None:
        return CANNOT
    try:
        link = _made(wanted)
        lines = init_file.apply(wanted.slug, told, args.file.parent) if args.file else ()
    except init_file.WrongFile as problem:
        return _fail(str(problem))
    except ServiceError as problem:
        return _fail(_sentence(problem))
    print(*lines, say("cli.init_made", name=wanted.name, link=link), sep="\n")
    return _print_missing(wanted.slug)


def _wanted(args: argparse.Namespace, told: Mapping[str, Any]) -> Beginning | None:
    """What was given, with what is missing asked; ``None`` and a sentence when nobody is there to ask."""
    from app.services.municipality.starting import Beginning, slug_for

    administrator = told.get("administrator") or {}
    given = {
        "name": args.name or told.get("name"),
        "administrator": args.administrator or administrator.get("name"),
        "email": args.email or administrator.get("email"),
    }
    for name, text in given.items():
        given[name] = str(text or _asked(name))
        if not given[name]:
            _fail(say("cli.init_missing", name=f"--{name}"))
            return None
    slug = args.slug or told.get("slug") or slug_for(given["name"] or "")
    hosts = (*args.host, *map(str, told.get("hosts", ())))
    return Beginning(
        str(slug), str(given["name"]), str(given["administrator"]), str(given["email"]), hosts=tuple(hosts)
    )


def _asked(name: str) -> str:
    return input(say(f"cli.init_ask_{name}")).strip() if sys.stdin.isatty() else ""


def _made(wanted: Beginning) -> str:
    """The link of the administrator: of a municipality that is made now, or that was made before."""
    from app.services.access import accounts, invitations
    from app.services.errors import Conflict
    from app.services.follow_up import outgoing
    from app.services.municipality import starting

    try:
        account = starting.begin(wanted)
    except Conflict:
        account = accounts.by_email(wanted.slug, wanted.email)
    token = invitations.make(accounts.operator(wanted.slug), account)
    base = f"https://{wanted.hosts[0]}" if wanted.hosts else outgoing.current().base_url
    return base + invitations.PATH.format(token=token)


def _print_missing(slug: str) -> int:
    from app.services.access import accounts
    from app.services.municipality import starting

    gaps = starting.missing(accounts.operator(slug))
    if gaps:
        print(say("cli.init_gaps", n=len(gaps)))
    for gap in gaps:
        print("  -", say(f"studio_settings.gap.{gap.code}", "nl", **dict(gap.params)))
    return 0


def _sentence(problem: ServiceError) -> str:
    from app.cli.user import sentence

    return sentence(problem)


def _fail(text: str) -> int:
    print(text, file=sys.stderr)
    return WRONG
