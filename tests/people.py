"""The people of the tests. A test names whom it needs, and by the name one knows what that person may.

Ana visits the Ortega family; Marisol visits it too. Ruth supervises both. Keisha visits another family,
under Gloria. Helen coordinates.
"""

from __future__ import annotations

import importlib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.management.commands import flush
from django.db import connection
from django.test import Client
from django.utils import timezone

from apego.records.models import Assignment, Caregiver, Child, Family, Person, Program, Role, Visit

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # ten in the morning in Chicago, a Monday
TODAY = date(2026, 11, 23)


@pytest.fixture
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be NOW, so that what is told of today or the next weeks is told of the visits of the tests."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def program(db: None) -> Program:
    return Program.objects.create(name="Bluestem Early Head Start", time_zone="America/Chicago", made_at=NOW)


LOG_GUARD = importlib.import_module("apego.records.migrations.0002_log_is_append_only")


FLUSH = flush.Command.handle


def flush_past_the_guard(self: flush.Command, **options: Any) -> None:
    """Empty the tables between tests that commit: the log's guard steps aside for it, and comes back."""
    with connection.schema_editor() as editor:
        LOG_GUARD.unguard(apps, editor)
    FLUSH(self, **options)
    with connection.schema_editor() as editor:
        LOG_GUARD.guard(apps, editor)


flush.Command.handle = flush_past_the_guard  # type: ignore[method-assign]


@pytest.fixture
def committed(transactional_db: None) -> None:
    """A test that commits, so that other threads see what it does."""


def person(login: str, role: Role, supervisor: Person | None = None, language: str = "en") -> Person:
    made = Person(login=login, name=login.title(), role=role, supervisor=supervisor, language=language)
    made.set_unusable_password()
    made.save()
    return made


@pytest.fixture
def coordinator(program: Program) -> Person:
    return person("helen", Role.COORDINATOR)


@pytest.fixture
def supervisor(program: Program) -> Person:
    return person("ruth", Role.SUPERVISOR)


@pytest.fixture
def other_supervisor(program: Program) -> Person:
    return person("gloria", Role.SUPERVISOR)


@pytest.fixture
def visitor(supervisor: Person) -> Person:
    return person("ana", Role.VISITOR, supervisor, "es")


@pytest.fixture
def second_visitor(supervisor: Person) -> Person:
    return person("marisol", Role.VISITOR, supervisor)


@pytest.fixture
def stranger(other_supervisor: Person) -> Person:
    """A visitor who has nothing to do with the family."""
    return person("keisha", Role.VISITOR, other_supervisor)


def family_of(visitor: Person, name: str, *more: Person) -> Family:
    """A family with a mother and a baby of thirteen months who was born eight weeks early."""
    family = Family.objects.create(
        name=name, enrolled_on=date(2026, 9, 7), home_languages=["spa"], words_language="es", made_at=NOW
    )
    Child.objects.create(family=family, name="Inés", born_on=date(2025, 10, 20), weeks_early=8, made_at=NOW)
    Caregiver.objects.create(
        family=family, name="Rosa", relation="mother", phone="555-0142", language="spa", made_at=NOW
    )
    for one in (visitor, *more):
        Assignment.objects.create(family=family, visitor=one, since=date(2026, 9, 7), made_at=NOW)
    return family


@pytest.fixture
def family(visitor: Person, second_visitor: Person) -> Family:
    return family_of(visitor, "Ortega Ruiz", second_visitor)


@pytest.fixture
def other_family(stranger: Person) -> Family:
    return family_of(stranger, "Daniels")


@pytest.fixture
def visit(family: Family, visitor: Person) -> Visit:
    """A visit of the Ortega family that is planned for now."""
    made = Visit.objects.create(family=family, planned_at=NOW, made_at=NOW)
    made.visitors.add(visitor)
    return made


def client_of(who: Person) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def known(
    visitor: Person, stranger: Person, supervisor: Person, other_supervisor: Person, coordinator: Person
) -> dict[str, Person]:
    """One of each role and of each reach, by the name with which she signs in."""
    return {one.login: one for one in (visitor, stranger, supervisor, other_supervisor, coordinator)}
