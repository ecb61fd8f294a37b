"""`apego demo` works on a folder and a port of its own, whatever the machine is set to."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import click
import pytest

from apego.command import demonstration
from apego.command.demonstration import free_port, settle_in


def test_nothing_of_a_real_installation_is_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = {
        "DATABASE_URL": "postgres://real",
        "APEGO_KEYS": "real",
        "APEGO_HTTPS": "yes",
        "APEGO_DATA": "/real",
    }
    for name in (*real, "APEGO_ADDRESS", "APEGO_DEMO", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(
            name, real.get(name, "")
        )  # what it does to the environment is undone after the test
    settle_in(str(tmp_path), 8031)
    assert {name: os.environ.get(name) for name in real} == {
        "DATABASE_URL": None,
        "APEGO_KEYS": None,
        "APEGO_HTTPS": None,
        "APEGO_DATA": str(tmp_path),
    }
    assert (os.environ["APEGO_DEMO"], os.environ["APEGO_ADDRESS"]) == ("yes", "127.0.0.1:8031")


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(demonstration, "PORTS", range(port, port + 20))
        assert free_port() > port
        monkeypatch.setattr(demonstration, "PORTS", range(port, port + 1))
        with pytest.raises(click.ClickException, match=str(port)):
            free_port()
