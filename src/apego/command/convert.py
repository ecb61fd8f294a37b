"""`apego convert`: any transcript to WebVTT."""

from __future__ import annotations

from pathlib import Path

import click

from apego.command.files import opened, write
from apego.command.options import child_option, parent_option, visitor_option
from apego.command.reflect import remarks
from apego.command.wording import SPOKEN, say
from apego.listening.formats import vtt
from apego.listening.people import who_is_who


@click.command(help=say("command.convert-help"), epilog=say("command.convert-examples"))
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("out", required=False, type=click.Path(path_type=Path))
@visitor_option
@parent_option
@child_option
def convert(
    file: Path, out: Path | None, visitor: tuple[str, ...], parent: tuple[str, ...], child: tuple[str, ...]
) -> None:
    cast = who_is_who(opened(file), visitor, parent, child)
    for line in remarks(cast, SPOKEN):
        click.echo(line, err=True)
    text = vtt.write(cast.transcript)
    if out is None:
        click.echo(text, nl=False)
    else:
        write(out, text)
        click.echo(say("command.written", path=str(out)), err=True)
