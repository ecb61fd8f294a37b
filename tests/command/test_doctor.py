"""What is wrong is found and said, in both languages; what is well is said too."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from apego.practice.content import LANGUAGES
from apego.practice.sentences import say, sentences
from apego.records import backups, health, log, retention
from apego.records.models import Person, Program


def codes(at: Any = None) -> dict[str, bool]:
    """What was found, and whether it is well."""
    return {one.code: one.is_well for one in health.findings(at or timezone.now())}


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("APEGO_BACKUPS", raising=False)
    Path(settings.DATA).chmod(0o700)
    yield


def test_a_new_installation_lacks_a_worker_and_a_backup(program: Program, coordinator: Person) -> None:
    found = codes()
    assert {code for code, is_well in found.items() if not is_well} == {"worker-not-seen", "never-backed-up"}
    assert found["folder-writable"]


def test_without_a_program_it_says_how_to_begin(db: None) -> None:
    assert codes()["no-program"] is False


def test_a_worker_that_takes_its_work_is_seen(program: Program, coordinator: Person) -> None:
    at = timezone.now()
    retention.arrange(at)
    assert codes(at)["worker-seen"]
    retention.daily.enqueue()
    assert codes(at)["worker-seen"]  # it waits for a moment only
    assert codes(at + timedelta(minutes=20))["worker-not-seen"] is False


def test_work_that_was_due_in_the_night_and_still_waits_has_no_worker(program: Program) -> None:
    retention.arrange(timezone.now())
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(hours=1))
    assert codes()["worker-not-seen"] is False


@pytest.mark.parametrize(
    ("days", "code", "is_well"),
    [(0, "backup-fresh", True), (7, "backup-fresh", True), (8, "backup-old", False)],
)
def test_a_backup_is_fresh_for_a_week(program: Program, days: int, code: str, is_well: bool) -> None:
    at = timezone.now()
    log.write(by=None, at=at - timedelta(days=days), verb=backups.TAKEN, thing=None)
    found = codes(at)
    assert found[code] is is_well
    assert found["backups-not-named"] is False


def test_where_a_folder_is_named_the_backup_has_to_be_in_it(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.write(by=None, at=timezone.now(), verb=backups.TAKEN, thing=None)
    monkeypatch.setenv("APEGO_BACKUPS", str(tmp_path))
    assert codes()["never-backed-up"] is False
    monkeypatch.setenv("APEGO_BACKUPS", str(tmp_path / "gone"))
    assert codes()["no-backup-folder"] is False


def test_a_time_zone_that_is_not_known_is_told(program: Program) -> None:
    Program.objects.update(time_zone="America/Nowhere")
    assert codes()["no-such-time-zone"] is False


def test_other_machines_need_https_and_this_one_does_not(
    program: Program, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    assert codes()["only-this-machine"]
    monkeypatch.setenv("APEGO_HOSTS", "apego.example.org")
    assert codes()["no-https"] is False
    settings.HTTPS = True
    assert codes()["https-well"]


def test_a_disk_that_is_nearly_full_is_told(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        total, free = 10**12, 10**9

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage)
    assert codes()["disk-nearly-full"] is False


def test_a_folder_that_cannot_be_written_is_told(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    assert codes()["folder-not-writable"] is False


def test_a_folder_that_others_can_read_is_told(program: Program, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    tmp_path.chmod(0o755)
    assert codes()["folder-open-to-others"] is False


def test_a_database_that_is_not_up_to_date_is_told(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["0002"])
    found = codes()
    assert found["migrations-wait"] is False
    assert "never-backed-up" not in found


def test_database_settings_that_did_not_hold_are_named(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: Mapping[str, object] = {**health.PRAGMAS, "secure_delete": 0}
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's settings")
    monkeypatch.setattr(health, "PRAGMAS", wanted)
    told = {one.code: one.slots for one in health.findings(timezone.now())}
    assert told["sqlite-settings"]["settings"].endswith("secure_delete")  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_found_can_be_said(language: str, program: Program) -> None:
    for one in health.findings(timezone.now()):
        assert say(f"command.doctor-{one.code}", "es" if language == "es" else "en", **one.slots)


def test_every_finding_has_its_sentence_and_every_sentence_its_finding() -> None:
    source = Path(health.__file__).read_text(encoding="utf-8")
    said = {key.removeprefix("doctor-") for key in sentences("command") if key.startswith("doctor-")}
    for code in said - {"help", "examples", "well", "look"}:
        assert f'"{code}"' in source, code
