"""Make a municipality or its exercise on this installation, or list those that live here."""

from __future__ import annotations

import argparse
import sys

from app.config import Settings
from app.texts import say

CANNOT = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """``add SLUG NAME``, ``exercise SLUG`` and ``list``."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="make one, with the shipped definitions")
    add.add_argument("slug", help="short name for addresses: small letters, digits, hyphens")
    add.add_argument("name")
    add.add_argument("--host", action="append", default=[], help="a host name it answers to; may be repeated")
    practise = verbs.add_parser("exercise", help="make its exercise, or empty it and fill it again")
    practise.add_argument("slug")
    practise.add_argument("--work", action="store_true", help="with what is drafted in place of what runs")
    practise.add_argument("--host", action="append", default=[], help="a host name the exercise answers to")
    verbs.add_parser("list", help="those that live here")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Do it; 2 when the name cannot be used."""
    from app.factory import create_app
    from app.services.definitions import publish_definitions
    from app.services.municipality import municipalities, setup

    with create_app(settings).app_context():
        if args.verb == "list":
            for known in municipalities.listed():
                print(known.id, known.name, *known.hosts, sep="\t")
            return 0
        if args.verb == "exercise":
            return _exercise(args)
        try:
            made = setup.make_municipality(args.slug, args.name, hosts=args.host)
        except ValueError:
            print(say("cli.municipality_slug", slug=args.slug), file=sys.stderr)
            return CANNOT
        publish_definitions.publish(args.slug, setup.shipped(), whole=True)
    print(say("cli.municipality_made" if made else "cli.municipality_there", name=args.name))
    return 0


def _exercise(args: argparse.Namespace) -> int:
    from app.cli.user import sentence
    from app.services.access import accounts
    from app.services.errors import Conflict
    from app.services.municipality import exercise

    if not chosen(args.slug):
        return CANNOT
    try:
        made = exercise.fill(accounts.operator(args.slug), work=args.work, hosts=tuple(args.host))
    except Conflict as problem:
        print(sentence(problem), file=sys.stderr)
        return CANNOT
    hosts = ", ".join(made.hosts)
    print(say("cli.exercise_made", name=made.name, cases=made.cases, hosts=hosts, password=made.password))
    for who in made.people:
        print(who.email, who.name, ",".join(who.roles), sep="\t")
    return 0


def chosen(slug: str | None) -> str | None:
    """The municipality meant: ``slug``, or the only one here; says why when there is none. In an app context."""
    from app.services.municipality import municipalities

    known = {item.id for item in municipalities.listed()}
    if slug in known or (slug is None and len(known) == 1):
        return slug or known.pop()
    code = "cli.municipality_unknown" if slug else "cli.municipality_which"
    print(say(code, slug=slug or "", known=", ".join(sorted(known)) or "-"), file=sys.stderr)
    return None
