"""`apego demo`: the whole product on an invented program, in a folder that is thrown away when it closes."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from types import FrameType

import click

from apego.command.installation import host_and_port, made_ready, reached_at
from apego.command.processes import keep_running
from apego.command.wording import say
from apego.environment import SETTINGS

PORTS = range(8030, 8060)  # the first that is free
PATIENCE = 30.0  # seconds until the first page should stand


@click.command(help=say("command.demo-help"))
def demo() -> None:
    stop, opening = threading.Event(), threading.Event()

    def stopped(number: int, frame: FrameType | None) -> None:
        if stop.is_set() or not opening.is_set():
            raise KeyboardInterrupt  # while the families come in there is nothing to close yet
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stopped)
    with tempfile.TemporaryDirectory(prefix="apego-demo-", ignore_cleanup_errors=True) as folder:
        settle_in(folder, free_port())
        click.echo(say("command.demo-making"))
        _make()
        opening.set()
        threading.Thread(target=_tell_when_open, args=(stop,), daemon=True).start()
        lived = keep_running(
            ("pages", "background"), stop, lambda work: click.echo(say(f"command.restarted-{work}"), err=True)
        )
    click.echo(say("command.demo-closed"))
    if not lived:
        click.echo(say("command.cannot-run"), err=True)
        sys.exit(1)


def settle_in(folder: str, port: int) -> None:
    """Set this process, and those that it will start, on a folder and a port of their own.

    Nothing of a real installation may be reached: what the environment says of one is dropped first.
    """
    for setting in SETTINGS:
        os.environ.pop(setting.name, None)
    os.environ |= {
        "APEGO_DATA": folder,
        "APEGO_ADDRESS": f"127.0.0.1:{port}",
        "APEGO_DEMO": "yes",
        "DJANGO_SETTINGS_MODULE": "apego.settings",
    }


def free_port() -> int:
    """Give the first free port. Raises click.ClickException where all are taken."""
    for port in PORTS:
        with socket.socket() as asked:
            # As servers do: a port on which one has just closed is free.
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                asked.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise click.ClickException(say("command.demo-no-port", first=PORTS[0], last=PORTS[-1]))


def _make() -> None:
    made_ready()
    from django.db import connections
    from django.utils import timezone

    from apego.demo.program import play

    def tell(what: str, done: int, of: int) -> None:
        if sys.stdout.isatty():
            click.echo(f"\r{say(f'command.demo-{what}', done=done, all=of)}", nl=done == of)
        elif done == of:
            click.echo(say(f"command.demo-{what}", done=done, all=of))

    # Each action makes many objects that live for an instant. Walking through all of them again and again, the
    # collector of Python took a sixth of the time.
    gc.disable()
    try:
        play(now=timezone.now(), progress=tell)
    finally:
        gc.enable()
        connections.close_all()


def _tell_when_open(stop: threading.Event) -> None:
    until = time.monotonic() + PATIENCE
    while not stop.wait(0.1) and time.monotonic() < until:
        try:
            socket.create_connection(host_and_port(), timeout=0.5).close()
        except OSError:
            continue
        click.echo(say("command.demo-open", address=f"{reached_at()}/"))
        return
