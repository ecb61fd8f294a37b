"""The passphrase of a backup: asked for, or read from a file where nobody is there to be asked."""

from __future__ import annotations

from pathlib import Path

import click

from apego.command.wording import say

passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=say("command.passphrase-file"),
)


def passphrase_to_set(file: Path | None, shortest: int) -> str:
    """Give a passphrase for a new backup: typed twice, and long enough to keep."""
    asked = _read(file) if file else click.prompt(
        say("command.ask-passphrase"), hide_input=True, confirmation_prompt=say("command.ask-passphrase-again")
    )  # fmt: skip
    if len(asked) < shortest:
        raise click.ClickException(say("command.passphrase-short", shortest=shortest))
    return str(asked)


def passphrase_to_open(file: Path | None) -> str:
    return _read(file) if file else str(click.prompt(say("command.ask-passphrase"), hide_input=True))


def _read(file: Path) -> str:
    """Give the first line of the file: an editor leaves an empty one after it."""
    return file.read_text(encoding="utf-8").partition("\n")[0].strip()
