from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from io import BufferedReader
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from pytest_django.fixtures import Settings

from apego.records import backups, destruction, strongbox
from apego.records.actions import destruction as actions
from apego.records.backups import CannotRestore, NotAStrongbox, WillNotOpen
from apego.records.models import Destroyed, Family, Line, Moment, Person, Program, Visit
from tests.people import NOW
from tests.records.everything import every_table, everything_of

PHRASE = "gato azul escalera nube"
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(strongbox, "COST", 2**4)
    destruction.the_list().unlink(missing_ok=True)
    yield
    destruction.the_list().unlink(missing_ok=True)


@pytest.fixture
def full(visit: Visit, visitor: Person, coordinator: Person) -> Family:
    everything_of(visit, visitor, coordinator)
    return visit.family


def emptied() -> None:
    """Make this installation a new one: no rows, and the log empty too."""
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)


def kept() -> dict[str, list[str]]:
    """Everything that a backup keeps, opened, without the lines that backups write themselves."""
    found: dict[str, list[str]] = {}
    for table, row in every_table():
        told = repr(row)
        if table.startswith(("records_", "mfa_")) and "'backups." not in told:
            found.setdefault(table, []).append(told)
    return {table: sorted(rows) for table, rows in found.items()}


def lines_of(path: Path) -> list[dict[str, Any]]:
    with path.open("rb") as file, gzip.open(BufferedReader(strongbox.Opening(file, PHRASE)), "rt") as lines:
        return [json.loads(line) for line in lines]


def test_the_manifest_says_what_is_in_the_file_and_from_which_version(full: Family, tmp_path: Path) -> None:
    backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
    manifest = lines_of(tmp_path / "b.apego")[0]
    assert manifest["format"] == 1
    assert manifest["made_at"] == NOW.isoformat()
    assert manifest["counts"]["records.family"] == 1
    assert (tmp_path / "b.apego").stat().st_mode & 0o077 == 0


def test_words_are_in_it_for_who_has_the_passphrase_and_the_servers_key_is_not(
    full: Family, tmp_path: Path, settings: Settings
) -> None:
    backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
    told = json.dumps(lines_of(tmp_path / "b.apego"), ensure_ascii=False)
    assert "Ortega Ruiz" in told
    assert "gAAAA" not in told  # how a sealed value begins
    for secret in (*settings.SEALING_KEYS, settings.SECRET_KEY):
        assert secret not in told
    assert b"Ortega" not in (tmp_path / "b.apego").read_bytes()


def test_sessions_and_queues_stay_behind(full: Family, tmp_path: Path) -> None:
    backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
    kinds = {line["in"].partition(".")[0] for line in lines_of(tmp_path / "b.apego") if "in" in line}
    assert kinds <= {"records", "mfa"}


def test_a_backup_is_known_by_when_it_was_made(
    full: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backups.last_taken() is None
    backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
    assert backups.last_taken() == NOW
    (tmp_path / "other.apego").write_text("no backup")
    monkeypatch.setenv("APEGO_BACKUPS", str(tmp_path))
    assert backups.in_folder() == {tmp_path / "b.apego": NOW}


def test_a_backup_that_fails_leaves_no_half_file(
    full: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(backups, "_row", broken)
    with pytest.raises(OSError):
        backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
    assert list(tmp_path.iterdir()) == []
    assert not Line.objects.filter(verb=backups.TAKEN).exists()


def test_nothing_is_restored_over_a_program(full: Family, tmp_path: Path) -> None:
    backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
    with pytest.raises(CannotRestore, match="not-empty"):
        backups.restore(tmp_path / "b.apego", PHRASE, at=LATER)


@pytest.mark.usefixtures("committed")
def test_people_go_on_working_meanwhile_and_the_backup_is_of_one_moment(
    full: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, written = backups._row, []

    def write() -> None:
        Family.objects.update(name="Written meanwhile")
        written.append(True)
        connection.close()

    def while_reading(thing: Model) -> dict[str, Any]:
        if not written:
            other = Thread(target=write)
            other.start()
            other.join(timeout=10)
        return row(thing)

    monkeypatch.setattr(backups, "_row", while_reading)
    backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
    assert written
    assert Family.objects.get().name == "Written meanwhile"
    names = [
        line["row"]["name"] for line in lines_of(tmp_path / "b.apego") if line.get("in") == "records.family"
    ]
    assert names == ["Ortega Ruiz"]


@pytest.mark.usefixtures("committed")
class TestRestoring:
    def test_everything_comes_back_under_another_key(
        self, full: Family, tmp_path: Path, settings: Settings
    ) -> None:
        before = kept()
        backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
        emptied()
        settings.SEALING_KEYS = [Fernet.generate_key().decode()]
        backups.restore(tmp_path / "b.apego", PHRASE, at=LATER)
        assert kept() == before
        assert Family.objects.get().name == "Ortega Ruiz"

    def test_what_is_written_next_gets_a_number_of_its_own(self, full: Family, tmp_path: Path) -> None:
        backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
        emptied()
        backups.restore(tmp_path / "b.apego", PHRASE, at=LATER)
        full.caregivers.get()
        Visit.objects.get().children.add(full.children.create(name="Luz", born_on=NOW.date()))
        assert Line.objects.latest("id").verb == "backups.restore"

    def test_what_was_destroyed_after_the_backup_stays_destroyed(
        self, full: Family, coordinator: Person, tmp_path: Path
    ) -> None:
        backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
        actions.destroy(family=full, by=coordinator, at=NOW)
        emptied()  # the list stays in the folder
        back = backups.restore(tmp_path / "b.apego", PHRASE, at=LATER)
        assert back.destroyed_again == 1
        assert not Family.objects.exists()
        assert not Moment.objects.exists()
        assert Destroyed.objects.get().id == full.id
        assert Program.objects.exists()

    def test_what_was_destroyed_before_the_backup_is_on_the_new_list(
        self, full: Family, coordinator: Person, tmp_path: Path
    ) -> None:
        actions.destroy(family=full, by=coordinator, at=NOW)
        backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
        emptied()
        destruction.the_list().unlink()
        backups.restore(tmp_path / "b.apego", PHRASE, at=LATER)
        assert [one.id for one in destruction.remembered()] == [full.id]

    def test_a_damaged_file_brings_nothing_in(self, full: Family, tmp_path: Path) -> None:
        path = tmp_path / "b.apego"
        backups.take(path, PHRASE, at=NOW)
        whole = path.read_bytes()
        emptied()
        with pytest.raises(WillNotOpen):
            backups.restore(path, "another phrase", at=LATER)
        path.write_bytes(whole[:-40])
        with pytest.raises(WillNotOpen):
            backups.restore(path, PHRASE, at=LATER)
        path.write_text("a letter")
        with pytest.raises(NotAStrongbox):
            backups.restore(path, PHRASE, at=LATER)
        assert backups.is_empty()

    def test_a_backup_of_a_later_apego_is_refused(
        self, full: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as later:
            later.setattr(backups, "_migrations", lambda: {"records": ["0001_start", "9999_later"]})
            backups.take(tmp_path / "b.apego", PHRASE, at=NOW)
        emptied()
        with pytest.raises(CannotRestore, match="later-version"):
            backups.restore(tmp_path / "b.apego", PHRASE, at=LATER)
        assert backups.is_empty()
