"""`apego setup`: the program and its first coordinator, once; and a way in for a coordinator who has lost hers."""

from __future__ import annotations

from uuid import uuid4
from zoneinfo import available_timezones

import click

from apego.command.installation import made_ready, reached_at
from apego.command.options import language_option
from apego.command.wording import say
from apego.practice.content import Language


def _zone(ctx: click.Context, option: click.Parameter, name: str | None) -> str | None:
    if name is not None and name not in available_timezones():
        raise click.BadParameter(say("command.no-such-zone", zone=name))
    return name


@click.command(help=say("command.setup-help"), epilog=say("command.setup-examples"))
@click.option("--program", help=say("command.setup-program"))
@click.option("--time-zone", callback=_zone, help=say("command.setup-zone"))
@click.option("--name", help=say("command.setup-name"))
@click.option("--login", help=say("command.setup-login"))
@click.option("--new-link", metavar="LOGIN", help=say("command.setup-new-link"))
@language_option
def setup(
    program: str | None,
    time_zone: str | None,
    name: str | None,
    login: str | None,
    new_link: str | None,
    language: Language,
) -> None:
    made_ready()
    if new_link is not None:
        _hand_over(new_link)
        return
    from apego.records.models import Program

    standing = Program.objects.first()
    if standing:
        raise click.ClickException(say("command.set-up-before", language, program=standing.name))
    _found(
        program or click.prompt(say("command.ask-program", language)),
        time_zone or click.prompt(say("command.ask-zone", language), default="America/Chicago"),
        name or click.prompt(say("command.ask-name", language)),
        login or click.prompt(say("command.ask-login", language)),
        language,
    )


def _found(program: str, time_zone: str, name: str, login: str, language: Language) -> None:
    from django.db import transaction
    from django.utils import timezone

    from apego.records.actions import people, programs
    from apego.records.models import Role

    if time_zone not in available_timezones():
        raise click.ClickException(say("command.no-such-zone", language, zone=time_zone))
    at = timezone.now()
    with transaction.atomic():
        programs.found(id=uuid4(), name=program, time_zone=time_zone, by=None, at=at)
        helen = people.invite(
            id=uuid4(), login=login, name=name, role=Role.COORDINATOR, language=language, by=None, at=at
        )
    click.echo(say("command.set-up", language, program=program))
    _hand_over(helen.login)


def _hand_over(login: str) -> None:
    """Make a one-time link for a coordinator and print it: who runs this machine could open it anyway."""
    from django.urls import reverse
    from django.utils import timezone, translation

    from apego.records.actions import people
    from apego.records.models import Person, Role
    from apego.records.people import fresh_token

    person = Person.objects.filter(login=login.strip().lower(), role=Role.COORDINATOR, is_active=True).first()
    if person is None:
        raise click.ClickException(say("command.no-such-coordinator", login=login))
    token = fresh_token()
    people.offer_link(person=person, token=token, by=None, at=timezone.now())
    with translation.override(person.language):
        address = f"{reached_at()}{reverse('welcome', args=[token])}"
    click.echo(say("command.your-link", days=people.LINK_DAYS))
    click.echo(f"\n  {address}\n")
