"""`apego completion SHELL`: the lines that let a shell complete Apego's words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from apego.command.wording import say


@click.command(help=say("command.completion-help"), epilog=say("command.completion-examples"))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    made = get_completion_class(shell)
    if made is None:  # pragma: no cover - the three are built in
        raise click.UsageError(shell)
    click.echo(made(ctx.find_root().command, {}, "apego", "_APEGO_COMPLETE").source())
