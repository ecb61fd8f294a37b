"""A family's visits as 45 CFR 1302.22 counts them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from apego.records import counts
from apego.records.actions import visits
from apego.records.models import Family, Option, Person, Program, Role, Visit
from apego.records.visiting import Standing, standing, standings, weeks
from tests.people import NOW, TODAY, person

DONE = Visit.Status.DONE


def made(
    family: Family, status: str, weeks_ago: int = 1, minutes: int = 90, with_caregiver: bool = True
) -> Visit:
    at = NOW - timedelta(weeks=weeks_ago)
    visit = Visit.objects.create(
        family=family, planned_at=at, status=status, started_at=at, ended_at=at + timedelta(minutes=minutes)
    )
    if with_caregiver:
        visit.caregivers.set(family.caregivers.all())
    return visit


@pytest.fixture
def stands(family: Family, program: Program) -> object:
    return lambda on=TODAY: standing(family, program, on)


def test_a_family_enrolled_since_september_is_expected_to_have_had_eleven_weeks(stands: object) -> None:
    now: Standing = stands()  # type: ignore[operator]
    assert (now.a_year, now.expected, now.done) == (46, 10, 0)  # 46 x 11 / 52, rounded up


def test_the_years_number_of_a_family_that_came_later_is_prorated(family: Family, program: Program) -> None:
    family.enrolled_on = date(2027, 3, 1)
    now = standing(family, program, date(2027, 3, 1))
    assert now.from_enrolment == 23  # 26 of 52 weeks
    assert now.expected == 0


def test_a_family_that_left_is_expected_no_further(family: Family, program: Program) -> None:
    family.left_on = date(2026, 9, 20)
    now = standing(family, program, date(2027, 6, 1))
    assert (now.expected, now.from_enrolment) == (2, 2)


def test_head_start_has_its_own_number(family: Family, program: Program) -> None:
    family.option = Option.HEAD_START
    assert standing(family, program, TODAY).a_year == 32


def test_only_a_finished_visit_with_a_parent_or_caregiver_counts(family: Family, stands: object) -> None:
    made(family, DONE)
    made(family, DONE, with_caregiver=False)
    made(family, Visit.Status.UNDER_WAY)
    made(family, Visit.Status.PLANNED)
    now: Standing = stands()  # type: ignore[operator]
    assert (now.done, now.without_parent) == (1, 1)


def test_a_medical_appointment_is_kept_and_does_not_count(
    family: Family, program: Program, stands: object
) -> None:
    made(family, DONE)
    Visit.objects.filter(pk=made(family, DONE, weeks_ago=2).pk).update(is_appointment=True)
    now: Standing = stands()  # type: ignore[operator]
    assert (now.done, now.without_parent) == (1, 0)
    year, _ = program.year_of(TODAY)
    told = counts.counts(person("helen", Role.COORDINATOR), program, counts.Period(year, TODAY, year, False))
    assert told.program.done == 1


def test_a_shorter_visit_counts_and_is_told(family: Family, stands: object) -> None:
    made(family, DONE, minutes=89)
    made(family, DONE, minutes=90)
    now: Standing = stands()  # type: ignore[operator]
    assert (now.done, now.short) == (2, 1)


def test_a_visit_of_the_year_before_is_not_of_this_one(family: Family, stands: object) -> None:
    made(family, DONE, weeks_ago=13)
    now: Standing = stands()  # type: ignore[operator]
    assert now.done == 0


def test_a_visit_ahead_is_not_counted_yet(family: Family, stands: object) -> None:
    made(family, Visit.Status.CANCELLED_BY_PROGRAM, weeks_ago=-1)
    now: Standing = stands()  # type: ignore[operator]
    assert now.owed == ()


def test_what_the_program_cancelled_is_owed_until_it_is_made_up(
    family: Family, visitor: Person, stands: object
) -> None:
    missed = made(family, Visit.Status.CANCELLED_BY_PROGRAM)
    now: Standing = stands()  # type: ignore[operator]
    assert now.owed == (missed.id,)
    visits.make_up(id=uuid4(), visit=missed, planned_at=NOW + timedelta(days=2), by=visitor, at=NOW)
    now = stands()  # type: ignore[operator]
    assert now.owed == ()


def test_a_make_up_that_fell_through_leaves_one_visit_owed_and_not_two(
    family: Family, visitor: Person, stands: object
) -> None:
    missed = made(family, Visit.Status.CANCELLED_BY_PROGRAM)
    again = visits.make_up(id=uuid4(), visit=missed, planned_at=NOW - timedelta(days=1), by=visitor, at=NOW)
    visits.not_held(visit=again, outcome="cancelled_program", reason="", by=visitor, at=NOW)
    now: Standing = stands()  # type: ignore[operator]
    assert now.owed == (missed.id,)
    third = visits.make_up(id=uuid4(), visit=again, planned_at=NOW + timedelta(days=2), by=visitor, at=NOW)
    assert third.makes_up == missed
    now = stands()  # type: ignore[operator]
    assert now.owed == ()


def test_what_the_family_cancelled_is_tried_only_as_far_as_the_number_needs_it(
    family: Family, stands: object
) -> None:
    for _ in range(9):
        made(family, DONE)
    for status in (Visit.Status.CANCELLED_BY_FAMILY, Visit.Status.ATTEMPTED):
        made(family, status)
    now: Standing = stands()  # type: ignore[operator]
    assert (now.cancelled_by_family, now.attempted, now.to_try) == (1, 1, 1)


def test_many_families_are_counted_in_one_query(
    family: Family, other_family: Family, program: Program
) -> None:
    made(family, DONE)
    with CaptureQueriesContext(connection) as asked:
        both = standings([family, other_family], program, TODAY)
    assert len(asked) == 1
    assert (both[family.id].done, both[other_family.id].done) == (1, 0)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_weeks_are_never_below_none_nor_more_than_a_year(enrolled: date, last: date) -> None:
    assert 0 <= weeks(enrolled, last, date(2026, 9, 1)) <= 52
