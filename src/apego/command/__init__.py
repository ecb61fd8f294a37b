"""The command `apego`. Each subcommand is a module here, imported only when it is called.

It speaks the language of the machine (LC_ALL, LC_MESSAGES, LANG): Spanish where that is
Spanish, English elsewhere.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping

import click

from apego import __version__
from apego.command.wording import say
from apego.listening.transcript import TranscriptUnreadable

# Subcommand -> the module that holds it. The order is the order of the help.
COMMANDS: Mapping[str, str] = {
    "reflect": "reflect",
    "demo": "demonstration",
    "convert": "convert",
    "practices": "practices",
    "lesson": "lesson",
    "read": "texts",
    "note": "texts",
    "domains": "texts",
    "compare": "texts",
    "serve": "serve",
    "setup": "setup",
    "backup": "backup",
    "restore": "restore",
    "doctor": "doctor",
    "completion": "completion",
}


class Apego(click.Group):
    """The group, which knows its subcommands by name and turns refusals into sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found: click.Command = getattr(importlib.import_module(f"apego.command.{COMMANDS[name]}"), name)
        return found

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except TranscriptUnreadable as unreadable:
            raise click.ClickException(say(unreadable.code, **unreadable.slots)) from None
        except BrokenPipeError:
            # The reader of our pipe has gone (`apego reflect … | head`): that is no fault.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None


@click.group(cls=Apego, help=say("command.help"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="apego")
def main() -> None:
    pass
