from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from apego.records import log
from apego.records.models import Child, Credit, Family, Line, Person, Visit
from tests.people import NOW


@pytest.mark.parametrize(
    "change",
    ["UPDATE records_line SET verb = 'nothing'", "DELETE FROM records_line"],
    ids=["update", "delete"],
)
def test_a_line_of_the_log_stays_as_it_is(visitor: Person, family: Family, change: str) -> None:
    log.looked(by=visitor, at=NOW, at_what=family)
    with (
        pytest.raises(DatabaseError, match="stays as it is"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Line.objects.get().verb == "looked"


def test_a_line_names_the_family_of_what_was_touched(visitor: Person, family: Family, visit: Visit) -> None:
    credit = Credit.objects.create(visit=visit, by=visitor, words="You waited.", made_at=NOW)
    things = [family, family.children.get(), visit, credit]
    for thing in things:
        log.looked(by=visitor, at=NOW, at_what=thing)
    lines = Line.objects.order_by("pk")
    assert [line.family for line in lines] == [family.id] * 4
    assert [line.thing for line in lines] == [thing.pk for thing in things]
    assert [line.kind for line in lines] == ["family", Child.__name__.lower(), "visit", "credit"]


def test_a_line_of_the_program_names_no_family(coordinator: Person, visitor: Person) -> None:
    log.looked(by=coordinator, at=NOW, at_what=visitor)
    assert Line.objects.get().family is None
