"""The command as a whole: help, languages, completion, practices."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from apego import __version__
from apego.command import COMMANDS, main
from apego.practice.content import LANGUAGES
from apego.practice.practices import practices


def apego(*arguments: str, lang: str = "en_US.UTF-8") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": lang, "PYTHONUTF8": "1", "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-m", "apego", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_subcommand_has_help(command: str) -> None:
    ran = CliRunner().invoke(main, [command, "--help"])
    assert ran.exit_code == 0
    assert len(ran.output.splitlines()) > 4


def test_it_speaks_the_machine_s_language() -> None:
    assert "visits" in apego("--help", lang="en_US.UTF-8").stdout or "visit" in apego("--help").stdout
    assert "visita" in apego("--help", lang="es_MX.UTF-8").stdout


def test_it_says_its_version() -> None:
    assert __version__ in apego("--version").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_completes_in_three_shells(shell: str) -> None:
    assert "_APEGO_COMPLETE" in CliRunner().invoke(main, ["completion", shell]).output


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("practice_id", practices())
def test_every_practice_can_be_read(practice_id: str, language: str) -> None:
    ran = CliRunner().invoke(main, ["practices", practice_id, "--language", language])
    assert ran.exit_code == 0
    assert practices()[practice_id].name["es" if language == "es" else "en"] in ran.output


def test_a_practice_that_is_not_there_is_answered_with_those_that_are() -> None:
    ran = CliRunner().invoke(main, ["practices", "scold"])
    assert ran.exit_code == 2
    assert "listen" in ran.output
