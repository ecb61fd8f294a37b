"""`apego serve`: the pages and the work behind them, under one parent, until somebody says stop."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import time
from types import FrameType

import click

from apego.command.installation import certificate, host_and_port, made_ready, reached_at
from apego.command.processes import keep_running
from apego.command.wording import say
from apego.environment import value

PATIENCE = 30.0  # seconds until the first page should stand


@click.command(help=say("command.serve-help"), epilog=say("command.serve-examples"))
def serve() -> None:
    host, port = host_and_port()
    certificate()
    _number("APEGO_WEB_PROCESSES")
    works = ("pages", *["background"] * _number("APEGO_WORKER_PROCESSES"))
    if _answers(host, port):
        raise click.ClickException(say("command.address-taken", address=value("APEGO_ADDRESS")))
    made_ready()
    stop = threading.Event()

    def stopped(number: int, frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stopped)
    threading.Thread(target=_tell_when_open, args=(host, port, stop), daemon=True).start()
    lived = keep_running(works, stop, lambda work: click.echo(say(f"command.restarted-{work}"), err=True))
    if not lived:
        click.echo(say("command.cannot-run"), err=True)
        sys.exit(1)
    click.echo(say("command.closed"))


def _number(setting: str) -> int:
    """Give how many processes a setting asks for. Raises click.ClickException where that is no number from 1 on."""
    asked = value(setting)
    if not asked.isdecimal() or int(asked) < 1:
        raise click.ClickException(say("command.processes-unusable", setting=setting, number=asked))
    return int(asked)


def _tell_when_open(host: str, port: int, stop: threading.Event) -> None:
    until = time.monotonic() + PATIENCE
    while not stop.wait(0.1) and time.monotonic() < until:
        if _answers(host, port):
            click.echo(say("command.open", address=f"{reached_at()}/"))
            if not _is_set_up():
                click.echo(say("command.not-set-up"))
            return


def _is_set_up() -> bool:
    from django.db import connection

    from apego.records.models import Program

    try:
        return Program.objects.exists()
    finally:
        connection.close()


def _answers(host: str, port: int) -> bool:
    # 0.0.0.0 and :: are every address of the machine; it is asked at its own.
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        with socket.create_connection((asked, port), timeout=0.5):
            return True
    except OSError:
        return False
