from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from apego import __version__
from apego.listening.pages.document import reader_hash, schema
from apego.records import jobs
from apego.records.actions import consents, reflections, transcripts
from apego.records.actions.acting import NotPossible
from apego.records.models import AfterVisit, Draft, Person, Reflection, Transcript, Visit
from apego.records.reflecting import after_place, begun, conversations, to_look_back_on
from tests.people import NOW
from tests.talk import brought, consent_of, reflected

STILL = timedelta(minutes=6)


@pytest.fixture
def transcript(visit: Visit, visitor: Person) -> Transcript:
    consent_of(visit.family, visitor)
    named = brought(visit, visitor)
    return transcripts.name_speakers(transcript=named, cast={}, by=visitor, at=NOW)


def begin(transcript: Transcript, by: Person) -> Reflection:
    return reflections.begin(id=uuid4(), transcript=transcript, by=by, at=NOW)


# ---- from a conversation


def test_what_is_found_is_kept_in_both_languages_with_its_versions(visit: Visit, visitor: Person) -> None:
    kept = reflected(visit, visitor)
    assert (kept.state, kept.progress) == (Reflection.State.DONE, 100)
    assert 'lang="es"' in kept.pages["es"]
    assert "A moment to return to" in kept.pages["en"]
    assert "abuelita" in kept.pages["en"]
    assert (kept.apego_version, kept.reader_hash, kept.schema_version) == (__version__, reader_hash(), 1)


def test_the_document_keeps_to_the_published_schema(visit: Visit, visitor: Person) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    document = reflected(visit, visitor).document
    jsonschema.validate(document, schema())
    assert document["language"] == "es"  # Ana's


def test_the_page_names_the_day_and_not_the_file(visit: Visit, visitor: Person) -> None:
    pages = reflected(visit, visitor).pages
    assert "November 23, 2026" in pages["en"]
    assert "conversation.vtt" not in pages["en"] + pages["es"]


def test_the_queue_holds_an_id_and_no_word(transcript: Transcript, visitor: Person) -> None:
    reflection = begin(transcript, visitor)
    row = DBTaskResult.objects.get()
    assert json.dumps(row.args_kwargs) == json.dumps({"args": [str(reflection.id)], "kwargs": {}})


def test_a_worker_reads_what_waits(transcript: Transcript, visitor: Person, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    reflection = begin(transcript, visitor)
    reflection.refresh_from_db()
    assert reflection.state == Reflection.State.DONE


@pytest.mark.django_db(transaction=True)
def test_the_worker_of_the_database_takes_it_from_the_queue(transcript: Transcript, visitor: Person) -> None:
    reflection = begin(transcript, visitor)
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    reflection.refresh_from_db()
    assert reflection.state == Reflection.State.DONE
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_nothing_is_read_before_somebody_said_who_is_who(visit: Visit, visitor: Person) -> None:
    consent_of(visit.family, visitor)
    with pytest.raises(NotPossible, match="nobody-named"):
        begin(brought(visit, visitor), visitor)


def test_nothing_is_read_once_a_consent_was_taken_back(transcript: Transcript, visitor: Person) -> None:
    consents.revoke(consent=transcript.consents.get(), by=visitor, at=NOW)
    with pytest.raises(NotPossible, match="consent-ended"):
        begin(transcript, visitor)
    assert not DBTaskResult.objects.exists()


def test_what_was_found_is_never_found_anew(
    visit: Visit, visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = reflected(visit, visitor)
    monkeypatch.setattr(jobs, "fragment", lambda page: "other")
    jobs.reflect.call(str(kept.id))
    reflections.try_again(reflection=kept, by=visitor, at=NOW + STILL)
    jobs.reflect.call(str(kept.id))
    assert Reflection.objects.get().pages == kept.pages


def test_a_second_worker_leaves_it_to_the_first(
    transcript: Transcript, visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    reflection = begin(transcript, visitor)
    Reflection.objects.update(state=Reflection.State.READING)
    monkeypatch.setattr(jobs, "_found", lambda *_: pytest.fail("read twice"))
    jobs.reflect.call(str(reflection.id))


def test_what_breaks_leaves_a_state_and_no_word(
    transcript: Transcript,
    visitor: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object) -> dict[str, Any]:
        raise RuntimeError("la que me cantaba mi abuelita")

    monkeypatch.setattr(jobs, "_found", broken)
    reflection = begin(transcript, visitor)
    with caplog.at_level(logging.ERROR):
        jobs.reflect.call(str(reflection.id))
    reflection.refresh_from_db()
    assert (reflection.state, reflection.trouble) == (Reflection.State.FAILED, "broke")
    assert all("abuelita" not in record.getMessage() for record in caplog.records)
    assert "abuelita" not in repr(list(DBTaskResult.objects.values()))


def test_a_reading_that_failed_can_be_asked_for_again(transcript: Transcript, visitor: Person) -> None:
    reflection = begin(transcript, visitor)
    Reflection.objects.update(state=Reflection.State.FAILED, trouble="broke")
    again = reflections.try_again(reflection=reflection, by=visitor, at=NOW)
    assert (again.state, again.trouble) == (Reflection.State.WAITING, "")
    jobs.reflect.call(str(reflection.id))
    reflection.refresh_from_db()
    assert reflection.state == Reflection.State.DONE


@pytest.mark.parametrize("state", ["waiting", "reading"])
def test_a_reading_that_stands_still_can_be_asked_for_again_and_one_that_moves_cannot(
    transcript: Transcript, visitor: Person, state: str
) -> None:
    reflection = begin(transcript, visitor)
    Reflection.objects.update(state=state, moved_at=NOW)
    reflection.refresh_from_db()
    assert not reflections.may_be_tried_again(reflection, NOW + STILL / 2)
    reflections.try_again(reflection=reflection, by=visitor, at=NOW + STILL / 2)
    assert DBTaskResult.objects.count() == 1
    reflections.try_again(reflection=reflection, by=visitor, at=NOW + STILL)
    assert DBTaskResult.objects.count() == 2


def test_finished_rows_of_the_queue_are_forgotten(transcript: Transcript, visitor: Person) -> None:
    for _ in range(2):
        begin(transcript, visitor)
    done, waiting = DBTaskResult.objects.all()
    old = done.enqueued_at - timedelta(days=2)
    DBTaskResult.objects.filter(id=done.id).update(status=TaskResultStatus.SUCCESSFUL, finished_at=old)
    jobs.prune()
    assert list(DBTaskResult.objects.all()) == [waiting]


def test_the_database_holds_what_was_found_sealed(visit: Visit, visitor: Person) -> None:
    reflected(visit, visitor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pages, document FROM records_reflection")
        assert "abuelita" not in repr(cursor.fetchall())


def test_her_answer_is_hers_and_an_older_window_does_not_write_over_it(visit: Visit, visitor: Person) -> None:
    reflection = reflected(visit, visitor)
    told = {"reflection": reflection, "by": visitor, "at": NOW}
    first = reflections.answer(words="Me quedé callada.", base_version=0, **told)  # type: ignore[arg-type]
    second = reflections.answer(words="Otra cosa.", base_version=first.version, **told)  # type: ignore[arg-type]
    with pytest.raises(NotPossible, match="written-elsewhere"):
        reflections.answer(words="De otra ventana.", base_version=first.version, **told)  # type: ignore[arg-type]
    second.refresh_from_db()
    assert second.words == "Otra cosa."


# ---- five minutes after a visit


def test_any_question_may_be_left(visit: Visit, visitor: Person) -> None:
    kept = reflections.look_back(
        visit=visit,
        answers={"stayed": " Su risa. ", "child": " ", "nothing": "x"},
        base_version=0,
        by=visitor,
        at=NOW,
    )
    kept.refresh_from_db()
    assert kept.answers == {"stayed": "Su risa."}


def test_what_was_being_typed_goes_when_it_is_kept(visit: Visit, visitor: Person) -> None:
    Draft.objects.create(person=visitor, family=visit.family, place=after_place(visit), saved_at=NOW)
    assert begun(visitor) == {after_place(visit)}
    reflections.look_back(visit=visit, answers={}, base_version=0, by=visitor, at=NOW)
    assert begun(visitor) == set()


def test_two_windows_do_not_write_over_each_other(visit: Visit, visitor: Person) -> None:
    told = {"visit": visit, "by": visitor, "at": NOW}
    reflections.look_back(answers={"stayed": "Su risa."}, base_version=0, **told)  # type: ignore[arg-type]
    same = reflections.look_back(answers={"stayed": "Su risa."}, base_version=0, **told)  # type: ignore[arg-type]
    assert same.version == 1
    with pytest.raises(NotPossible, match="written-elsewhere"):
        reflections.look_back(answers={"stayed": "El silencio."}, base_version=0, **told)  # type: ignore[arg-type]
    later = reflections.look_back(answers={"stayed": "El silencio."}, base_version=1, **told)  # type: ignore[arg-type]
    assert (later.version, later.answers) == (2, {"stayed": "El silencio."})


def test_each_visitor_of_a_visit_has_her_own(visit: Visit, visitor: Person, second_visitor: Person) -> None:
    for one in (visitor, second_visitor):
        reflections.look_back(visit=visit, answers={"stayed": one.login}, base_version=0, by=one, at=NOW)
    assert AfterVisit.objects.count() == 2


def test_a_visit_is_offered_until_it_was_looked_back_on(
    visit: Visit, visitor: Person, second_visitor: Person
) -> None:
    assert to_look_back_on(visitor, NOW) == []  # planned only
    Visit.objects.update(status=Visit.Status.DONE)
    assert to_look_back_on(visitor, NOW) == [visit]
    assert to_look_back_on(second_visitor, NOW) == []  # of the family, and not of this visit
    assert to_look_back_on(visitor, NOW + timedelta(days=15)) == []
    reflections.look_back(visit=visit, answers={}, base_version=0, by=visitor, at=NOW)
    assert to_look_back_on(visitor, NOW) == []


def test_a_conversation_tells_where_its_latest_reading_stands(visit: Visit, visitor: Person) -> None:
    reflection = reflected(visit, visitor)
    listed = conversations(visitor).get()
    assert (vars(listed)["reflection_id"], vars(listed)["reflection_state"]) == (reflection.id, "done")
    assert "words" in listed.get_deferred_fields()
