"""`apego doctor`: what is wrong with this installation, in plain words, and what to do."""

from __future__ import annotations

import sys

import click

from apego.command.installation import opened
from apego.command.wording import say


@click.command(help=say("command.doctor-help"), epilog=say("command.doctor-examples"))
def doctor() -> None:
    opened()
    from django.utils import timezone

    from apego.records import health

    found = health.findings(timezone.now())
    for one in found:
        mark = "✓" if one.is_well else "•"
        click.echo(f"{mark} {say(f'command.doctor-{one.code}', **one.slots)}")
    wrong = sum(not one.is_well for one in found)
    click.echo("\n" + (say("command.doctor-look", count=wrong) if wrong else say("command.doctor-well")))
    sys.exit(1 if wrong else 0)
