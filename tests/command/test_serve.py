"""`apego serve` and `apego setup`, as somebody meets them who has just installed Apego."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PATIENCE = 40.0  # seconds; a busy machine starts slowly

installed = pytest.mark.package  # real processes and a real port


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("APEGO_", "DJANGO_", "LC_"))
    }
    kept.pop("DATABASE_URL", None)
    return kept | {
        "APEGO_DATA": str(tmp_path / "data"),
        "APEGO_ADDRESS": f"127.0.0.1:{free_port()}",
        "LC_ALL": "C.UTF-8",
    }


def apego(surroundings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "apego", *arguments],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


SETUP = (
    "setup",
    "--program",
    "Bluestem",
    "--time-zone",
    "America/Chicago",
    "--name",
    "Helen Ward",
    "--login",
    "Helen",
)


@pytest.fixture
def served(surroundings: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with (tmp_path / "told").open("w") as told:
        parent = subprocess.Popen(
            [sys.executable, "-m", "apego", "serve"], env=surroundings, stdout=told, stderr=told, text=True
        )
        try:
            wait_for(
                lambda: "Apego is open at" in (tmp_path / "told").read_text() or parent.poll() is not None
            )
            assert parent.poll() is None, (tmp_path / "told").read_text()
            yield parent
        finally:
            if parent.poll() is None:
                parent.terminate()
            parent.wait(PATIENCE)


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def fetched(surroundings: dict[str, str], path: str) -> str:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(f"http://{surroundings['APEGO_ADDRESS']}{path}", timeout=10) as answer:
        return str(answer.read().decode())


def children_of(parent: int) -> dict[str, int]:
    """Give the processes under a parent by the work they do (as Linux tells it)."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            above = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if above == parent and "apego.command.processes" in words:
            found[words[words.index("apego.command.processes") + 1]] = int(folder.name)
    return found


def is_there(process: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


@installed
def test_a_program_is_set_up_and_its_coordinator_opens_her_link(
    surroundings: dict[str, str], served: subprocess.Popen[str]
) -> None:
    assert "apego setup" in fetched(surroundings, "/en/sign-in/")
    told = apego(surroundings, *SETUP)
    assert told.returncode == 0, told.stderr
    [link] = re.findall(r"http://localhost:\d+(/en/welcome/\S+/)", told.stdout)
    assert "Welcome, Helen Ward" in fetched(surroundings, link)
    assert "Bluestem" in fetched(surroundings, "/en/sign-in/")
    assert "--clay" in fetched(surroundings, "/static/apego/base.css")


@installed
def test_a_program_is_set_up_once(surroundings: dict[str, str]) -> None:
    assert apego(surroundings, *SETUP).returncode == 0
    again = apego(surroundings, *SETUP)
    assert (
        again.returncode == 1
        and "already serves Bluestem" in again.stderr
        and "Traceback" not in again.stderr
    )
    assert "/welcome/" in apego(surroundings, "setup", "--new-link", "helen").stdout
    assert apego(surroundings, "setup", "--new-link", "nobody").returncode == 1


@installed
def test_it_stops_when_it_is_told_to(served: subprocess.Popen[str]) -> None:
    children = children_of(served.pid)
    assert set(children) == {"pages", "background"}
    served.send_signal(signal.SIGINT)
    assert served.wait(PATIENCE) == 0
    assert not any(is_there(child) for child in children.values())


@installed
def test_a_child_that_died_is_started_again(
    surroundings: dict[str, str], served: subprocess.Popen[str]
) -> None:
    before = children_of(served.pid)
    os.kill(before["background"], signal.SIGKILL)
    wait_for(lambda: children_of(served.pid).get("background") not in (None, before["background"]))
    assert fetched(surroundings, "/en/sign-in/")


@installed
def test_no_child_outlives_a_parent_that_was_killed(
    surroundings: dict[str, str], served: subprocess.Popen[str]
) -> None:
    children = children_of(served.pid)
    served.kill()
    served.wait(PATIENCE)
    wait_for(lambda: not any(is_there(child) for child in children.values()))


@installed
@pytest.mark.parametrize(
    ("setting", "wrong", "told"),
    [
        ("APEGO_ADDRESS", "everywhere", "APEGO_ADDRESS"),
        ("APEGO_WEB_PROCESSES", "many", "APEGO_WEB_PROCESSES"),
        ("APEGO_WORKER_PROCESSES", "0", "APEGO_WORKER_PROCESSES"),
        ("APEGO_CERTIFICATE", "/nowhere/cert.pem", "APEGO_CERTIFICATE"),
        ("DATABASE_URL", "mysql://localhost/apego", "DATABASE_URL"),
        ("APEGO_DATA", "/proc/nowhere", "APEGO_DATA"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    surroundings: dict[str, str], setting: str, wrong: str, told: str
) -> None:
    ran = apego(surroundings | {setting: wrong}, "serve")
    assert ran.returncode == 1 and told in ran.stderr and "Traceback" not in ran.stderr


@installed
def test_a_port_that_is_taken_is_named(surroundings: dict[str, str]) -> None:
    host, _, port = surroundings["APEGO_ADDRESS"].partition(":")
    with socket.create_server((host, int(port))):
        ran = apego(surroundings, "serve")
    assert ran.returncode == 1 and "answers at" in ran.stderr


def test_reflecting_never_starts_django() -> None:
    code = (
        "import sys; from apego.command import main; main(['practices'], standalone_mode=False);"
        " assert 'django' not in sys.modules"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE)
    assert ran.returncode == 0, ran.stderr
