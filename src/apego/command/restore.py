"""`apego restore`: a backup comes back into an empty installation."""

from __future__ import annotations

from pathlib import Path

import click

from apego.command.installation import made_ready
from apego.command.passphrases import passphrase_option, passphrase_to_open
from apego.command.wording import say
from apego.environment import data_folder


@click.command(help=say("command.restore-help"), epilog=say("command.restore-examples"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@passphrase_option
def restore(file: Path, passphrase_file: Path | None) -> None:
    made_ready()
    from django.utils import timezone

    from apego.records import backups

    if not backups.is_empty():
        raise click.ClickException(say("command.restore-not-empty", folder=str(data_folder())))
    passphrase = passphrase_to_open(passphrase_file)
    try:
        back = backups.restore(file, passphrase, at=timezone.now())
    except backups.NotAStrongbox:
        raise click.ClickException(say("command.restore-no-backup", path=str(file))) from None
    except backups.WillNotOpen:
        raise click.ClickException(say("command.restore-will-not-open", path=str(file))) from None
    except backups.CannotRestore as refused:
        raise click.ClickException(say(f"command.restore-{refused.code}", **refused.slots)) from None
    click.echo(say("command.restored", day=back.at.date().isoformat(), families=back.count("family"),
                   people=back.count("person")))  # fmt: skip
    if back.destroyed_again:
        click.echo(say("command.destroyed-again", count=back.destroyed_again))
    click.echo(say("command.restored-next"))
