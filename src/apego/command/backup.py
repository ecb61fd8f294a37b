"""`apego backup`: the whole program in one file that a passphrase opens."""

from __future__ import annotations

from pathlib import Path

import click

from apego.command.installation import made_ready
from apego.command.passphrases import passphrase_option, passphrase_to_set
from apego.command.wording import say
from apego.environment import value


@click.command(help=say("command.backup-help"), epilog=say("command.backup-examples"))
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@passphrase_option
def backup(file: Path | None, passphrase_file: Path | None) -> None:
    made_ready()
    from django.utils import timezone

    from apego.records import backups
    from apego.records.models import Program

    if not Program.objects.exists():
        raise click.ClickException(say("command.nothing-to-back-up"))
    at = timezone.now()
    path = file or _named_by_the_day(at.strftime("%Y-%m-%d-%H%M") + backups.ENDING)
    if not path.parent.is_dir():
        raise click.ClickException(say("command.no-such-folder", folder=str(path.parent)))
    if path.exists():
        raise click.ClickException(say("command.there-already", path=str(path)))
    passphrase = passphrase_to_set(passphrase_file, backups.SHORTEST_PASSPHRASE)
    try:
        taken = backups.take(path, passphrase, at=at)
    except OSError as wrong:
        raise click.ClickException(
            say("command.backup-unwritable", path=str(path), why=wrong.strerror or "")
        ) from None
    click.echo(
        say("command.backed-up", path=str(path), families=taken.count("family"), visits=taken.count("visit"))
    )
    click.echo(say("command.keep-the-passphrase"))


def _named_by_the_day(name: str) -> Path:
    if not value("APEGO_BACKUPS"):
        raise click.UsageError(say("command.backup-where"))
    return Path(value("APEGO_BACKUPS")).expanduser() / name
