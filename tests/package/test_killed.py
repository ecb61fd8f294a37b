"""The server is killed while people write: nothing that was shown as saved is lost, and nothing is half there."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = 3

pytestmark = [pytest.mark.package, pytest.mark.enable_socket]

PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from apego.records.models import Family
from tests.shots import fill, session_of
fill()
print(session_of("ana"), Family.objects.get(assignments__visitor__login="marisol").pk)
"""
KEPT = """
import django; django.setup()
from apego.records.models import Contact, Line
lines = set(Line.objects.filter(verb="contacts.record").values_list("thing", flat=True))
for contact in Contact.objects.all():
    print(contact.words, contact.pk in lines)
"""


@dataclass
class Installation:
    folder: Path
    port: int
    session: str = ""
    family: str = ""
    saved: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "APEGO_DATA": str(self.folder),
            "APEGO_ADDRESS": f"127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "apego.settings",
        }

    def python(self, code: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        command = [str(Path(sys.executable).with_name("apego")), "serve"]
        server = subprocess.Popen(
            command,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._wait()
            yield server
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                self.ask("GET", "/en/sign-in/")
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail("the server did not open within 30 s")

    def ask(self, method: str, path: str, **fields: str) -> int:
        token = "t" * 32  # the cookie and the field must agree; that is all that is asked of them here
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            connection.request(method, path, urlencode({**fields, "csrfmiddlewaretoken": token}), headers)
            with connection.getresponse() as answer:
                return answer.status

    def write(self, until: threading.Event) -> None:
        """Note one call after the other, and remember those that were answered as saved."""
        while not until.is_set():
            words = f"call {uuid4()}"
            path = f"/en/families/{self.family}/contacts/new/"
            fields = {
                "delivery": str(uuid4()),
                "how": "call",
                "words": words,
                "day": "2026-11-20",
                "time": "10:00",
            }
            try:
                if self.ask("POST", path, **fields) == 302:
                    self.saved.append(words)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made = Installation(tmp_path / "data", free.getsockname()[1])
    made.session, made.family = made.python(PREPARE).split()
    return made


def test_nothing_that_was_shown_as_saved_is_lost(installation: Installation) -> None:
    by_chance = random.Random(5)
    for _ in range(KILLS):
        stop = threading.Event()
        with installation.serving() as server:
            writers = [threading.Thread(target=installation.write, args=(stop,)) for _ in range(3)]
            for writer in writers:
                writer.start()
            time.sleep(1 + by_chance.random())
            os.killpg(server.pid, signal.SIGKILL)
            stop.set()
            for writer in writers:
                writer.join()
    kept = dict(line.rsplit(" ", 1) for line in installation.python(KEPT).splitlines())
    assert len(installation.saved) > 10
    assert set(installation.saved) <= kept.keys()
    assert set(kept.values()) == {"True"}  # each with its line in the log: all or nothing
