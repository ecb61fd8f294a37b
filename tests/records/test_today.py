"""What a visitor has ahead of her, first thing on the phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apego.records.models import Contact, Family, Moment, Person, SafetyNote, Visit, VisitPart
from apego.records.today import today
from tests.people import NOW, family_of


def held(family: Family, by: Person, days_ago: int, status: str = "done") -> Visit:
    at = NOW - timedelta(days=days_ago)
    visit = Visit.objects.create(family=family, planned_at=at, status=status, made_at=at)
    visit.visitors.add(by)
    return visit


def test_todays_visit_opens_on_what_the_parent_said_and_what_was_promised(
    visitor: Person, family: Family, visit: Visit
) -> None:
    last = held(family, visitor, 7)
    Moment.objects.create(
        family=family, visit=last, at=last.planned_at, words="…", parent_words="Se calma si le canto.",
        parent_language="es", by=visitor,
    )  # fmt: skip
    VisitPart.objects.create(visit=last, part="promises_visitor", words="To bring a second song.", by=visitor)
    [ahead] = today(visitor, NOW).today
    assert (ahead.visit, ahead.said) == (visit, "Se calma si le canto.")
    assert ahead.promised == "To bring a second song."
    assert not ahead.has_plan


def test_a_visit_of_another_visitor_is_not_hers_today(
    second_visitor: Person, family: Family, visit: Visit
) -> None:
    assert today(second_visitor, NOW).today == ()


def test_the_week_ends_after_seven_days(visitor: Person, family: Family) -> None:
    for days in (1, 6, 7):
        Visit.objects.create(family=family, planned_at=NOW + timedelta(days=days)).visitors.add(visitor)
    assert len(today(visitor, NOW).week) == 2


@pytest.mark.parametrize(("days_ago", "is_unseen"), [(8, False), (9, True)])
def test_a_family_is_worth_a_call_after_more_than_a_week(
    visitor: Person, family: Family, days_ago: int, is_unseen: bool
) -> None:
    held(family, visitor, days_ago)
    later = NOW + timedelta(hours=1)
    assert [one.family for one in today(visitor, later - timedelta(hours=1)).unseen] == (
        [family] if is_unseen else []
    )


def test_a_call_counts_as_seeing_each_other(visitor: Person, family: Family) -> None:
    held(family, visitor, 20)
    Contact.objects.create(family=family, at=NOW - timedelta(days=2), how="call", by=visitor)
    assert today(visitor, NOW).unseen == ()


def test_visits_that_were_cancelled_since_are_told(visitor: Person, family: Family) -> None:
    held(family, visitor, 21)
    held(family, visitor, 14, "cancelled_family")
    held(family, visitor, 7, "attempted")
    [unseen] = today(visitor, NOW).unseen
    assert (unseen.days, unseen.missed) == (21, 2)


def test_a_safety_note_is_nowhere_in_today(visitor: Person, family: Family, visit: Visit) -> None:
    SafetyNote.objects.create(family=family, at=NOW, words="He took her phone.", by=visitor)
    assert "phone" not in repr(today(visitor, NOW))


def test_today_takes_as_many_queries_for_many_families_as_for_one(
    visitor: Person, family: Family, visit: Visit
) -> None:
    held(family, visitor, 7)
    with CaptureQueriesContext(connection) as one:
        today(visitor, NOW)
    for number in range(8):
        more = family_of(visitor, f"Family {number}")
        held(more, visitor, 7)
        Visit.objects.create(family=more, planned_at=NOW).visitors.add(visitor)
    with CaptureQueriesContext(connection) as many:
        today(visitor, NOW)
    assert len(many) == len(one)
