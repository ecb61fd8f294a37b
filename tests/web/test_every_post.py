"""Every form by every person: who is out of reach changes nothing, and whom it is for does.

The second half is proved too, since a form that nobody could send would prove nothing about the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from apego.records.destruction import code_of
from apego.records.models import (
    Attendance,
    CalendarAddress,
    Consent,
    Delivery,
    Family,
    Hold,
    Line,
    Person,
    Reflection,
    Visit,
)
from tests.people import NOW, TODAY, client_of
from tests.web.addresses import ADDRESSES
from tests.web.posts import MAKES, POSTS, PREPARING, UNPOSTED, Post
from tests.web.things import things

pytestmark = pytest.mark.thorough

PEOPLE = {"a": "ana", "k": "keisha", "r": "ruth", "g": "gloria", "h": "helen"}
ADDRESS = {address.name: address for address in ADDRESSES}
ROW = {post.name: post for post in POSTS} | PREPARING
NEVER_COMPARED = {
    Line,
    Delivery,
    apps.get_model("sessions", "Session"),
    apps.get_model("usersessions", "UserSession"),
}
ROSTER = (
    "Family,Option,Enrolled on,Child,Born,Home language\nBishop,Early Head Start,{day},Otis,{day},English\n"
)
MODELS = {model.__name__: model for model in apps.get_models(include_auto_created=True)}
Snapshot = dict[tuple[str, Any], tuple[Any, ...]]


def test_every_address_says_what_is_posted_to_it() -> None:
    posted = {post.name for post in POSTS}
    assert posted | UNPOSTED == set(ADDRESS)
    assert not posted & UNPOSTED


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in Spanish leaves Spanish behind it: the next test begins in English, whoever was before."""
    with translation.override("en"):
        yield


@pytest.fixture
def known(
    visitor: Person, stranger: Person, supervisor: Person, other_supervisor: Person, coordinator: Person
) -> dict[str, Person]:
    return {
        "ana": visitor,
        "keisha": stranger,
        "ruth": supervisor,
        "gloria": other_supervisor,
        "helen": coordinator,
    }


def made_for(family: Family, visit: Visit, known: dict[str, Person], other: Person) -> dict[str, Any]:
    """Give the ids that forms name: one record of each kind, in a state in which something can be done with it."""
    CalendarAddress.objects.all().delete()
    made: dict[str, Any] = dict(things(family, visit, known))
    Consent.objects.filter(family=family).update(until=TODAY + timedelta(days=30_000), revoked_at=None)
    Hold.objects.filter(family=family).update(lifted_at=None)
    Reflection.objects.filter(transcript__family=family).update(moved_at=NOW - timedelta(days=1))
    attendance = Attendance.objects.get(pk=made["attendance"])
    attendance.children.add(made["child"])
    finished = Visit.objects.create(
        family=family, planned_at=NOW - timedelta(days=7), status=Visit.Status.DONE, started_at=NOW - timedelta(days=7),
        ended_at=NOW - timedelta(days=7, hours=-1), finished_at=NOW, finished_by=known["ana"],
    )  # fmt: skip
    return made | {"finished": finished.pk, "code": code_of(family), "stranger": other.pk}


@pytest.fixture
def made(family: Family, visit: Visit, known: dict[str, Person]) -> dict[str, Any]:
    return made_for(family, visit, known, known["keisha"])


def filled(words: str, made: dict[str, Any]) -> Any:
    if words == "{roster}":
        return SimpleUploadedFile("roster.csv", ROSTER.format(day=timezone.localdate()).encode())
    return words.format(**made) if "{" in words else words


def sent(
    client: Client, post: Post, made: dict[str, Any], into: dict[str, Any] | None = None, **more: Any
) -> Any:
    """Send a form. `into` are the things that its address names, where they are not those that its fields name."""
    address = ADDRESS[post.name]
    thing = (into or made)[address.thing] if address.thing else ()
    path = reverse(post.name, args=thing if isinstance(thing, tuple) else [thing])
    body = {filled(name, into or made): filled(words, made) for name, words in post.body.items()}
    return client.post(path, {"delivery": str(uuid4()), **body, **more})


def snapshot() -> Snapshot:
    """Every row of the program's tables, words as they are sealed: a row that is written anew is another row."""
    found: Snapshot = {}
    for model in apps.get_models(include_auto_created=True):
        if model not in NEVER_COMPARED and model._meta.app_label in (
            "records",
            "django_tasks_database",
            "mfa",
        ):
            names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}"')  # noqa: S608 - names of the code
                for row in cursor.fetchall():
                    found[model.__name__, pk_of(row[0])] = row
    return found


def pk_of(cell: Any) -> Any:
    return UUID(hex=cell) if is_hex(cell) else cell


def changed_by(
    client: Client, post: Post, made: dict[str, Any], before: list[tuple[Client, Post]], standing: Snapshot
) -> bool:
    """True when sending the form changed a row. Everything is undone afterwards."""
    with transaction.atomic():
        for other, first in before:
            assert sent(other, first, made).status_code < 400, first
        standing = snapshot() if before else standing
        sent(client, post, made)
        is_changed = snapshot() != standing
        transaction.set_rollback(True)
    return is_changed


@pytest.fixture
def elsewhere(other_family: Family, known: dict[str, Person], made: dict[str, Any]) -> dict[str, Any]:
    """The same records in the family that Keisha visits under Gloria."""
    visit = Visit.objects.create(family=other_family, planned_at=NOW, made_at=NOW)
    visit.visitors.add(known["keisha"])
    theirs = {**known, "ana": known["keisha"], "ruth": known["gloria"]}
    return made_for(other_family, visit, theirs, known["ana"])


def ids_of(made: dict[str, Any]) -> set[str]:
    """Every id of the family and of what hangs on it; people and group socializations are everybody's."""
    shared = {"visitor", "stranger", "group", "session", "focus"}
    return {str(value) for name, value in made.items() if isinstance(value, UUID) and name not in shared}


THEIR_LETTERS = {"a": "k", "r": "g", "h": "h", "k": "a", "g": "r"}


@pytest.mark.parametrize(
    "post",
    [post for post in POSTS if any("{" in value for value in post.body.values())],
    ids=lambda post: post.name,
)
def test_no_field_of_a_form_reaches_into_another_family(
    post: Post, known: dict[str, Person], made: dict[str, Any], elsewhere: dict[str, Any]
) -> None:
    """Keisha, Gloria and Helen send their own family's forms with the ids of Ana's family in the fields."""
    reached = {}
    for letter in post.who:
        theirs = THEIR_LETTERS[letter]
        with transaction.atomic():
            for name in post.after:
                sent(client_of(known[PEOPLE[THEIR_LETTERS[ROW[name].who[0]]]]), ROW[name], elsewhere)
            standing = snapshot()
            sent(client_of(known[PEOPLE[theirs]]), post, made, into=elsewhere)
            after = snapshot()
            new = {key: row for key, row in after.items() if standing.get(key) != row}
            gone = standing.keys() - after.keys()
            transaction.set_rollback(True)
        touched = [key for key, row in new.items() if ids_of(made) & named(row)]
        if touched or {str(key[1]) for key in gone} & ids_of(made):
            reached[theirs] = touched
    assert not reached


def is_hex(cell: Any) -> bool:
    return isinstance(cell, str) and len(cell) == 32 and all(sign in "0123456789abcdef" for sign in cell)


@pytest.mark.parametrize("letter", ["k", "g"])
def test_the_id_of_another_familys_record_as_a_forms_key_changes_nothing_of_it(
    letter: str, known: dict[str, Person], made: dict[str, Any], elsewhere: dict[str, Any]
) -> None:
    """A form's key becomes the id of what it makes: one that is taken gives nobody a record out of reach."""
    client, faults = client_of(known[PEOPLE[letter]]), set()
    ids = {name: made[name] for name in MAKES.values()}
    own = {key for key in snapshot() if key[1] in ids.values()}
    standing = hanging_on(own), lines_of(made)
    for post in POSTS:
        if post.name in MAKES and THEIR_LETTERS[letter] in post.who:
            with transaction.atomic():
                sent(client, post, elsewhere, delivery=str(ids[MAKES[post.name]]))
                if (hanging_on(own), lines_of(made)) != standing:
                    faults.add(post.name)
                transaction.set_rollback(True)
    assert not faults


def hanging_on(own: set[tuple[str, Any]]) -> Snapshot:
    """Give the rows that are a family's own, and those that point to one of them."""
    return {key: row for key, row in snapshot().items() if key in own or own & set(pointed_to(key[0], row))}


def pointed_to(model: str, row: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for field, cell in zip(MODELS[model]._meta.concrete_fields, row, strict=True):
        if field.related_model and is_hex(str(cell).replace("-", "")):
            yield field.related_model.__name__, UUID(str(cell))


def lines_of(made: dict[str, Any]) -> int:
    return Line.objects.filter(family=made["family"]).count()


def named(row: tuple[Any, ...]) -> set[str]:
    """Every id in a row, as it is written; SQLite keeps one as 32 letters."""
    return {str(UUID(hex=cell)) if is_hex(cell) else str(cell) for cell in row}


@pytest.mark.parametrize("letter", ["", *PEOPLE])
def test_a_form_does_something_for_those_whom_it_is_for_and_nothing_for_others(
    letter: str, known: dict[str, Person], made: dict[str, Any]
) -> None:
    client = client_of(known[PEOPLE[letter]]) if letter else Client()
    clients = {one: client_of(known[name]) for one, name in PEOPLE.items()}
    faults, standing = {}, snapshot()
    for post in POSTS:
        before = [(clients[ROW[name].who[0]], ROW[name]) for name in post.after]
        may = bool(letter) and letter in post.who
        if changed_by(client, post, made, before, standing) != may:
            faults[post.name] = "changed nothing" if may else "changed something"
    assert not faults
