from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from apego.records import destruction, jobs, retention
from apego.records.actions import destruction as actions
from apego.records.actions import holds
from apego.records.actions.acting import NotPossible
from apego.records.models import (
    Destroyed,
    Family,
    Hold,
    Line,
    ParentRequest,
    Person,
    Program,
    Socialization,
    Transcript,
    Visit,
)
from apego.records.sealed import seal
from tests.people import NOW, TODAY
from tests.records.everything import every_table, everything_of, fill_with, of_a_family, rows_of
from tests.talk import brought, consent_of

WORD = "colibrí-zarzamora"


@pytest.fixture(autouse=True)
def _a_list_of_its_own() -> Iterator[None]:
    destruction.the_list().unlink(missing_ok=True)
    yield
    destruction.the_list().unlink(missing_ok=True)


@pytest.fixture
def full(visit: Visit, visitor: Person, coordinator: Person) -> Family:
    everything_of(visit, visitor, coordinator)
    return visit.family


def test_the_family_of_these_tests_has_one_record_of_every_kind(full: Family) -> None:
    lacking = [
        kind.__name__ for kind in of_a_family() if not kind._default_manager.filter(**{kind.FAMILY: full.pk})
    ]
    assert lacking == []


def test_after_destruction_no_table_has_a_word_or_an_id_of_the_family(
    full: Family, coordinator: Person, other_family: Family
) -> None:
    ids = {str(row.pk) for row in rows_of(full)}
    fill_with(WORD, full)
    jobs.reflect.enqueue(str(full.transcripts.get().id))
    actions.destroy(family=full, by=coordinator, at=NOW)
    for table, row in every_table():
        told = " ".join(map(str, row))
        assert WORD not in told, table
        if table not in ("records_line", "records_destroyed"):
            assert not any(id in told or UUID(id).hex in told for id in ids), (table, told)
    assert list(Family.objects.all()) == [other_family]
    assert Socialization.objects.exists()  # it was other families' too


def test_the_proof_says_how_much_and_the_log_who_and_neither_has_words(
    full: Family, coordinator: Person
) -> None:
    actions.destroy(family=full, by=coordinator, at=NOW)
    proof = Destroyed.objects.get(id=full.id)
    assert (proof.kind, proof.by, proof.at) == ("family", coordinator.id, NOW)
    assert proof.rows["moment"] == 1
    assert proof.rows["visit_children"] == 1
    assert proof.rows["delivery"] == 2
    line = Line.objects.get(verb="destruction.destroy")
    assert (line.by, line.family, line.thing) == (coordinator.id, full.id, full.id)


def test_a_hold_and_a_request_that_waits_hold_it_back(full: Family, coordinator: Person) -> None:
    hold = holds.set_up(id=uuid4(), family=full, reason="Court", by=coordinator, at=NOW)
    with pytest.raises(NotPossible, match="on-hold"):
        actions.destroy(family=full, by=coordinator, at=NOW)
    with pytest.raises(NotPossible, match="on-hold"):
        actions.destroy_transcript(transcript=full.transcripts.get(), by=None, at=NOW)
    holds.lift(hold=hold, by=coordinator, at=NOW)
    ParentRequest.objects.create(family=full, kind="copy", received_on=TODAY, due_on=TODAY, by=coordinator)
    with pytest.raises(NotPossible, match="request-waits"):
        actions.destroy(family=full, by=coordinator, at=NOW)
    assert Family.objects.filter(id=full.id).exists()
    assert not Destroyed.objects.exists()


def test_the_schedule_destroys_what_is_due_and_nothing_else(
    full: Family, other_family: Family, program: Program
) -> None:
    Family.objects.filter(id=full.id).update(left_on=date(2023, 11, 23))
    Family.objects.filter(id=other_family.id).update(left_on=date(2023, 11, 24))
    assert [due.family for due in retention.families_due(TODAY)] == [full]
    assert retention.keep_to_the_schedule(NOW) == 1
    assert list(Family.objects.all()) == [other_family]
    assert Line.objects.get(verb="destruction.destroy").by is None


def test_a_hold_stops_the_schedule_for_families_and_transcripts(full: Family, coordinator: Person) -> None:
    Family.objects.filter(id=full.id).update(left_on=date(2020, 1, 1))
    Transcript.objects.update(keep_until=TODAY)
    Hold.objects.update(lifted_at=None, lifted_by=None)
    assert [due.held_back for due in retention.families_due(TODAY)] == ["on-hold"]
    assert retention.keep_to_the_schedule(NOW) == 0
    assert Transcript.objects.exists()


def test_a_transcript_goes_on_its_last_day(visit: Visit, visitor: Person) -> None:
    consent_of(visit.family, visitor)
    transcript = brought(visit, visitor)
    Transcript.objects.update(keep_until=TODAY + timedelta(days=1))
    assert retention.keep_to_the_schedule(NOW) == 0
    Transcript.objects.update(keep_until=TODAY)
    assert retention.keep_to_the_schedule(NOW) == 1
    assert Destroyed.objects.get().id == transcript.id


def test_the_daily_task_waits_in_the_queue_once(program: Program) -> None:
    retention.arrange(NOW)
    retention.arrange(NOW, soon=True)
    waiting = DBTaskResult.objects.get(task_path=retention.daily.module_path)
    assert waiting.run_after.astimezone(program.zone).strftime("%a %H:%M") == "Tue 03:15"


@pytest.mark.usefixtures("committed")
def test_the_worker_does_the_days_destruction_and_comes_again(visit: Visit, program: Program) -> None:
    Family.objects.update(left_on=date(2020, 1, 1))
    retention.arrange(NOW, soon=True)
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert not Family.objects.exists()
    statuses = DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True)
    assert list(statuses) == ["SUCCESSFUL", "READY"]
    assert destruction.the_list().read_text().count("family") == 1


def test_the_short_code_is_of_this_family(family: Family, other_family: Family) -> None:
    assert destruction.code_of(family) == family.id.hex[:6].upper() != destruction.code_of(other_family)


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("round", range(3))
def test_of_a_hold_and_a_destruction_at_one_moment_the_second_meets_the_first(
    family: Family, coordinator: Person, round: int
) -> None:
    ready, refused = Barrier(2), []

    def tries(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
        except (NotPossible, Family.DoesNotExist) as why:
            refused.append(type(why))
        finally:
            connection.close()

    both = (
        lambda: holds.set_up(id=uuid4(), family=family, reason="Court", by=coordinator, at=NOW),
        lambda: actions.destroy(family=family, by=coordinator, at=NOW),
    )
    threads = [Thread(target=tries, args=[act]) for act in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if Family.objects.exists():
        assert refused == [NotPossible]
        assert Hold.objects.exists()
    else:
        assert refused == [Family.DoesNotExist]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file is SQLite's")
@pytest.mark.usefixtures("committed")
def test_the_file_itself_forgets(visit: Visit, visitor: Person, coordinator: Person) -> None:
    everything_of(visit, visitor, coordinator)
    token = seal(WORD)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_moment SET words = %s", [token])
        cursor.execute("UPDATE records_family SET name = %s", [token])
    assert token.encode() in _bytes_on_disk()
    actions.destroy(family=Family.objects.get(), by=coordinator, at=NOW)
    assert token.encode() not in _bytes_on_disk()
    assert visit.family_id.hex.encode() in _bytes_on_disk()  # the log and the proof still name the id


@pytest.mark.usefixtures("committed")
def test_what_was_destroyed_is_named_in_the_list_once_and_without_words(
    visit: Visit, visitor: Person, coordinator: Person
) -> None:
    family = visit.family
    actions.destroy(family=family, by=coordinator, at=NOW)
    retention.daily.call()
    assert destruction.the_list().read_text() == f"{NOW.isoformat()} family {family.id}\n"
    assert destruction.the_list().stat().st_mode & 0o077 == 0


def test_a_list_that_was_cut_short_is_read_as_far_as_it_goes(program: Program) -> None:
    id = uuid4()
    destruction.the_list().write_text(f"{NOW.isoformat()} family {id}\n2026-11-2")
    assert [one.id for one in destruction.remembered()] == [id]


def _bytes_on_disk() -> bytes:
    name = Path(str(connection.settings_dict["NAME"]))
    assert name.is_relative_to(settings.DATA)
    return b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
