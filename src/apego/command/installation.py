"""The installation that a command works on: opened, made ready, and where people reach it.

The only module of the command that starts Django, and only when it is called: `apego reflect` never does.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from apego.command.wording import say
from apego.environment import value, values


def opened() -> None:
    """Start Django on this installation. Raises click.ClickException where a setting cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apego.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise click.ClickException(str(wrong)) from None
    except OSError as wrong:
        raise click.ClickException(say("command.folder-unusable", why=str(wrong))) from None


def made_ready() -> None:
    """Bring the database to this version of Apego, and check what can be checked before the first page."""
    opened()
    from django.core.checks import run_checks
    from django.core.management import call_command
    from django.db.utils import OperationalError

    try:
        call_command("migrate", verbosity=0, skip_checks=True)
        call_command("createcachetable", verbosity=0)
    except OperationalError as wrong:
        raise click.ClickException(say("command.database-unreachable", why=str(wrong).strip())) from None
    serious = [message for message in run_checks() if message.is_serious()]
    if serious:
        raise click.ClickException("\n".join(map(str, serious)))


def host_and_port() -> tuple[str, int]:
    """Give where the pages are served. Raises click.ClickException where APEGO_ADDRESS is no such place."""
    host, _, port = value("APEGO_ADDRESS").rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise click.ClickException(say("command.address-unusable", address=value("APEGO_ADDRESS")))
    return host.strip("[]"), int(port)


def certificate() -> tuple[Path, Path] | None:
    """Give the certificate and its key, where HTTPS is served without a proxy."""
    named = (value("APEGO_CERTIFICATE"), value("APEGO_CERTIFICATE_KEY"))
    if not any(named):
        return None
    for setting, path in zip(("APEGO_CERTIFICATE", "APEGO_CERTIFICATE_KEY"), named, strict=True):
        if not path or not Path(path).is_file():
            raise click.ClickException(say("command.certificate-missing", setting=setting, path=path or "-"))
    return Path(named[0]), Path(named[1])


def reached_at() -> str:
    """Give the address that people type: by the first name of APEGO_HOSTS, which a proxy serves without a port."""
    name = values("APEGO_HOSTS")[0]
    if value("APEGO_HTTPS") == "yes":
        return f"https://{name}"
    return f"{'https' if certificate() else 'http'}://{name}:{host_and_port()[1]}"
