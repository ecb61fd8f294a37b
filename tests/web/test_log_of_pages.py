"""Every page of a family is a line in the log, and no word of a family is where words are not sealed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from apego.records import jobs
from apego.records.models import Family, Line, Moment, Person, Reflection, Transcript, Visit
from apego.web.reports import Quiet
from tests.people import client_of
from tests.records.everything import every_table, everything_of, fill_with
from tests.web.addresses import ADDRESSES
from tests.web.things import things

# What hangs on Ana's family and is no page that shows it: a bar that asks how far a reading is.
WITHOUT_A_LOOK = {"reflection_progress"}
OF_THE_FAMILY = {
    "family", "child", "caregiver", "visit", "visit_and_caregiver", "moment", "occasion", "safety_note", "assignment",
    "letter", "variant", "attendance", "group_moment", "conversation", "reflection", "consent", "request",
}  # fmt: skip
WORD = "Xochiquetzalli"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in Spanish leaves Spanish behind it: the next test begins in English, whoever was before."""
    with translation.override("en"):
        yield


@pytest.fixture
def made(
    family: Family,
    visit: Visit,
    visitor: Person,
    stranger: Person,
    supervisor: Person,
    other_supervisor: Person,
    coordinator: Person,
) -> dict[str, Any]:
    known = {
        "ana": visitor, "keisha": stranger, "ruth": supervisor, "gloria": other_supervisor, "helen": coordinator
    }  # fmt: skip
    return dict(things(family, visit, known))


@pytest.mark.parametrize("who", ["visitor", "supervisor", "coordinator"])
def test_every_page_of_a_family_leaves_a_line(
    who: str, made: dict[str, Any], family: Family, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)
    client, unseen = client_of(person), []
    for address in ADDRESSES:
        if address.thing not in OF_THE_FAMILY or address.name in WITHOUT_A_LOOK:
            continue
        lines = Line.objects.filter(family=family.pk, by=person.pk)
        before, thing = lines.count(), made[address.thing]
        answer = client.get(reverse(address.name, args=thing if isinstance(thing, tuple) else [thing]))
        if answer.status_code == 200 and lines.count() == before:
            unseen.append(address.name)
    assert not unseen


def every_get(client: Client, made: dict[str, Any]) -> None:
    for address in ADDRESSES:
        thing = made[address.thing] if address.thing else ()
        client.get(reverse(address.name, args=thing if isinstance(thing, tuple) else [thing]))


def in_clear(word: str) -> set[str]:
    """Give the tables that hold a word as anybody could read it in the file."""
    found = {"session" for one in Session.objects.all() if word in repr(one.get_decoded())}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of the schema
            found |= {table for row in cursor.fetchall() if word in repr(row)}
    return found


def test_no_word_of_a_family_is_kept_in_clear(
    made: dict[str, Any], family: Family, visit: Visit, visitor: Person, coordinator: Person
) -> None:
    everything_of(visit, visitor, coordinator)
    fill_with(WORD, family)
    Transcript.objects.update(words=f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>¿{WORD}?\n", cast={})
    Transcript.objects.update(repairs=[])
    Reflection.objects.update(pages={"en": WORD, "es": WORD}, document={})
    ana = client_of(visitor)
    every_get(ana, made)
    for name, thing, body in (
        ("moment_keep", "visit", {"words": WORD, "base_version": "1"}),
        ("moment_keep", "visit", {"words": "", "base_version": "1", "parent_words": WORD}),
        ("family_facts", "family", {"name": WORD, "option": "early_head_start", "enrolled_on": "2026-09-07"}),
        ("draft_save", "visit", {"form": "moment", "words": WORD}),
        ("plan", "visit", {"base_version": "0", "invitations": WORD, "questions": WORD, "hope": WORD}),
        ("contact_new", "family", {"how": "call", "words": WORD, "day": "2026-11-20", "time": "09:00"}),
        ("conversation_room", "visit", {"others": WORD}),
        ("search", "", {"q": WORD}),
        ("moment_leave", "moment", {"word": WORD}),
        ("after_visit", "visit", {"stayed": WORD, "version": "0"}),
    ):
        answer = ana.post(
            reverse(name, args=[made[thing]] if thing else []), {"delivery": str(uuid4()), **body}
        )
        assert WORD not in answer.headers.get("Location", "")
        assert WORD not in "".join(cookie.value for cookie in ana.cookies.values())
    assert in_clear(WORD) == set()
    assert any(WORD in repr(row) for _table, row in every_table())  # it is there, sealed


def broken(*_: object, **__: object) -> None:
    words = WORD
    raise ValueError(f"cannot read {words}")


def test_a_page_that_breaks_writes_no_word(
    made: dict[str, Any], visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apego.records.actions.moments.language_of_note", broken)
    written: list[str] = []
    handler = Quiet()
    handler.emit = lambda record: written.append(handler.format(record))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        client = client_of(visitor)
        client.raise_request_exception = False
        posted = {"delivery": str(uuid4()), "words": WORD, "base_version": "1"}
        answer = client.post(reverse("moment_keep", args=[made["visit"]]), posted)
    finally:
        logging.getLogger().removeHandler(handler)
    assert answer.status_code == 500
    assert written
    assert WORD not in "".join(written)
    assert WORD not in answer.content.decode()
    assert not Moment.objects.filter(id=posted["delivery"]).exists()


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("place", ["_found", "_move"])
def test_a_job_that_breaks_leaves_no_word_in_the_queue(
    place: str, made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it breaks: what the queue keeps of a failure is its traceback, with the message."""
    move = jobs._move

    def broken_at_the_end(*args: Any, **facts: Any) -> None:
        broken() if facts.get("state") == Reflection.State.DONE else move(*args, **facts)

    monkeypatch.setattr(jobs, place, broken_at_the_end if place == "_move" else broken)
    monkeypatch.setattr(jobs, "_found", (lambda *_: {}) if place == "_move" else broken)
    jobs.reflect.enqueue(str(made["reflection"]))
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    kept = [
        [getattr(row, field.attname) for field in row._meta.concrete_fields]
        for row in DBTaskResult.objects.all()
    ]
    assert kept
    assert WORD not in repr(kept)
    assert Reflection.objects.get(pk=made["reflection"]).state == Reflection.State.FAILED
