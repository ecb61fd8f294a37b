"""Options that several subcommands share."""

from __future__ import annotations

import click

from apego.command.wording import SPOKEN, say
from apego.practice.content import LANGUAGES

language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=SPOKEN,
    show_default=True,
    help=say("command.language"),
)
visitor_option = click.option("--visitor", multiple=True, metavar="NAME", help=say("command.visitor"))
parent_option = click.option("--parent", multiple=True, metavar="NAME", help=say("command.parent"))
child_option = click.option("--child", multiple=True, metavar="NAME", help=say("command.child"))
