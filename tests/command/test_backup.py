"""A program moves from one folder to another by a backup and a restore: the real command, real folders, real keys."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click import ClickException

from apego.command import passphrases
from apego.practice.sentences import say

PHRASE = "gato azul escalera nube"
# What a family looks like to whoever opens the installation's own database with its own key.
ENROL = """
import django; django.setup()
from datetime import date
from apego.records.models import Family
Family.objects.create(name="Ortega Ruiz", hopes="Dormir", enrolled_on=date(2026, 9, 7))
"""
TELL = """
import django; django.setup()
from apego.records.models import Family, Person, Program
families, people = Family.objects.all(), Person.objects.all()
print([(one.name, one.hopes) for one in families], [one.name for one in people], Program.objects.get().name)
"""


def ran(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        key: told
        for key, told in os.environ.items()
        if not key.startswith("APEGO_") and key != "DATABASE_URL"
    }
    environment |= {
        "APEGO_DATA": str(folder),
        "LC_ALL": "en_US.UTF-8",
        "DJANGO_SETTINGS_MODULE": "apego.settings",
    }
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, env=environment, check=False
    )


def apego(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return ran(folder, "-m", "apego", *arguments)


@pytest.mark.package  # it starts the command a dozen times
def test_a_program_moves_to_a_new_machine_by_a_backup(tmp_path: Path) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "program.apego"
    phrase, wrong = tmp_path / "phrase", tmp_path / "wrong"
    phrase.write_text(PHRASE + "\n")
    wrong.write_text("some other phrase")
    names = (
        "--program",
        "Bluestem",
        "--time-zone",
        "America/Chicago",
        "--name",
        "Helen Ward",
        "--login",
        "helen",
    )
    assert apego(old, "setup", *names).returncode == 0
    assert ran(old, "-c", ENROL).stderr == ""

    made = apego(old, "backup", str(file), "--passphrase-file", str(phrase))
    assert made.returncode == 0, made.stderr
    assert "families: 1" in made.stdout
    assert (
        apego(old, "backup", str(file), "--passphrase-file", str(phrase)).returncode == 1
    )  # it is there already

    refused = apego(new, "restore", str(file), "--passphrase-file", str(wrong))
    assert refused.returncode == 1
    assert say("command.restore-will-not-open", "en", path=str(file)) in refused.stderr
    assert "Traceback" not in refused.stderr
    back = apego(new, "restore", str(file), "--passphrase-file", str(phrase))
    assert back.returncode == 0, back.stderr
    assert "families: 1, people: 1" in back.stdout
    assert (
        ran(new, "-c", TELL).stdout
        == ran(old, "-c", TELL).stdout
        == "[('Ortega Ruiz', 'Dormir')] ['Helen Ward'] Bluestem\n"
    )
    assert (new / "keys").read_text() != (old / "keys").read_text()

    again = apego(new, "restore", str(file), "--passphrase-file", str(phrase))
    assert again.returncode == 1
    assert say("command.restore-not-empty", "en", folder=str(new)) in again.stderr
    told = apego(old, "doctor")
    assert told.returncode == 1
    assert say("command.doctor-worker-not-seen", "en") in told.stdout
    assert say("command.doctor-backup-fresh", "en", days=0) in told.stdout


def test_a_passphrase_is_the_first_line_of_its_file_and_not_short(tmp_path: Path) -> None:
    file = tmp_path / "phrase"
    file.write_text(f"{PHRASE}\nnot this\n")
    assert passphrases.passphrase_to_open(file) == PHRASE
    file.write_text("short\n")
    with pytest.raises(ClickException, match="12"):
        passphrases.passphrase_to_set(file, 12)
