"""Fifty people at once, each pausing 3 to 8 s, on a running server (`apego serve`) with the large program.

`./dev bench crowd [PEOPLE] [SECONDS]` starts the server on the installation that the environment names, signs people
in, and lets them open Today, families, visits and search and keep a contact now and then. It fails on any error, or
where 95 of 100 answers took longer than 300 ms. Driven by locust.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import django

PEOPLE, SECONDS, P95_MS = 50, 120, 300
SCRIPT = Path(__file__).with_name("crowd_people.py")


def main(arguments: list[str]) -> int:
    """Start the server, let the crowd work, print locust's table; fail on an error or a slow p95."""
    people = int(arguments[0]) if arguments else PEOPLE
    seconds = int(arguments[1]) if len(arguments) > 1 else SECONDS
    port = free_port()
    host = f"http://127.0.0.1:{port}"
    sessions = Path(os.environ.get("TMPDIR", "/tmp")) / f"apego-crowd-{port}.txt"  # noqa: S108 - ids of sessions
    sessions.write_text("\n".join(_sessions(people)), encoding="utf-8")
    server = subprocess.Popen(
        [Path(sys.executable).with_name("apego"), "serve"],
        env={**os.environ, "APEGO_ADDRESS": f"127.0.0.1:{port}"},
        stdout=subprocess.DEVNULL,
    )
    try:
        _answers(host)
        return subprocess.call(
            [
                sys.executable,
                "-m",
                "locust",
                "--headless",
                "--only-summary",
                "--reset-stats",  # counted from when all are there
                "-f",
                str(SCRIPT),
                "--host",
                host,
                "-u",
                str(people),
                "-r",
                "10",
                "-t",
                f"{seconds}s",
            ],
            env={**os.environ, "APEGO_CROWD": str(sessions)},
        )
    finally:
        server.terminate()
        server.wait(20)
        sessions.unlink()


def free_port() -> int:
    """Give a port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(host: str, patience: float = 30) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            urllib.request.urlopen(f"{host}/en/sign-in/", timeout=5).read()  # noqa: S310 - our own server
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _sessions(people: int) -> list[str]:
    """Sign in as many visitors; give a line a person: the session, and one of her families."""
    django.setup()
    from django.test import Client

    from apego.records.models import Family, Person

    lines = []
    for person in Person.objects.filter(role="visitor")[:people]:
        client = Client()
        client.force_login(person)
        family = Family.objects.filter(assignments__visitor=person)[0]
        lines.append(f"{client.cookies['sessionid'].value} {family.pk}")
    return lines
