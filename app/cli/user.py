"""Add, invite, list and close accounts, and give somebody a new password."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from app.config import Settings
from app.texts import has, say

if TYPE_CHECKING:
    from app.engine.policy import Actor
    from app.services.errors import ServiceError

WRONG, CANNOT = 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """``add``, ``list``, ``password``, ``deactivate``."""
    parser.add_argument("--municipality", metavar="SLUG", help="which one, when several live here")
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="make an account; asks for a password, or reads one line of input")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    add.add_argument("--role", action="append", default=[], help="may be repeated")
    add.add_argument("--controller", choices=("ocmw", "gemeente"), default="")
    add.add_argument("--phone", default="")
    verbs.add_parser("list", help="everybody")
    for verb, told in (
        ("password", "give somebody a new password"),
        ("invite", "print a link with which somebody chooses a password"),
        ("deactivate", "close an account"),
    ):
        verbs.add_parser(verb, help=told).add_argument("email")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Do it; 1 with a sentence when it is refused, 2 when it is not clear where."""
    from app.cli.municipality import chosen
    from app.factory import create_app
    from app.services.access import accounts
    from app.services.errors import ServiceError

    with create_app(settings).app_context():
        slug = chosen(args.municipality)
        if not slug:
            return CANNOT
        try:
            VERBS[args.verb](args, accounts.operator(slug))
        except ServiceError as problem:
            print(sentence(problem), file=sys.stderr)
            return WRONG
    return 0


def _add(args: argparse.Namespace, actor: Actor) -> None:
    from app.services.access import accounts

    new = accounts.NewAccount(
        name=args.name,
        email=args.email,
        roles=tuple(args.role),
        password=_ask_password(),
        phone=args.phone,
        controller=args.controller,
        must_change_password=True,
    )
    accounts.create(actor, new)
    print(say("cli.user_added", email=args.email))


def _list(_args: argparse.Namespace, actor: Actor) -> None:
    from app.services.access import accounts

    for line in accounts.list_accounts(actor):
        state = "open" if line.can_sign_in else "no_password" if line.active else "closed"
        print(line.email, line.name, ",".join(line.roles), say(f"cli.user_{state}"), sep="\t")


def _password(args: argparse.Namespace, actor: Actor) -> None:
    from app.services.access import accounts

    accounts.set_password(actor, accounts.by_email(actor.municipality, args.email), _ask_password())
    print(say("cli.user_password_set", email=args.email))


def _invite(args: argparse.Namespace, actor: Actor) -> None:
    from app.services.access import accounts, invitations
    from app.services.follow_up import outgoing

    token = invitations.make(actor, accounts.by_email(actor.municipality, args.email))
    link = outgoing.current().base_url + invitations.PATH.format(token=token)
    print(say("cli.user_invited", email=args.email, link=link))


def _deactivate(args: argparse.Namespace, actor: Actor) -> None:
    from app.services.access import accounts

    accounts.deactivate(actor, accounts.by_email(actor.municipality, args.email))
    print(say("cli.user_deactivated", email=args.email))


VERBS = {"add": _add, "list": _list, "password": _password, "invite": _invite, "deactivate": _deactivate}


def _ask_password() -> str:
    """Typed unseen on a terminal, else the first line of input; never an argument, which other users can see."""
    if sys.stdin.isatty():
        return getpass.getpass(say("cli.user_ask_password"))
    return sys.stdin.readline().rstrip("\n")


def sentence(problem: ServiceError) -> str:
    """What was refused, in words."""
    from app.services.errors import Invalid

    lines = []
    for error in problem.errors if isinstance(problem, Invalid) else ():
        code = f"errors.{error.code}" if has(f"errors.{error.code}") else f"cli.{error.code}"
        lines.append(say(code, "nl", **dict(error.params)))
    name = problem.code or type(problem).__name__.lower()
    return " ".join(lines) or say(f"cli.refused_{name}" if has(f"cli.refused_{name}") else "cli.refused")
