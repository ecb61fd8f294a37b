"""Counts of the program's work: by the standards' rules, and of people only in groups of ten and more."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from apego.records.counts import Counts, counts, median, months_of, period_of, told_from_ten
from apego.records.models import Attendance, Child, Family, Person, Program, Role, Socialization, Visit
from apego.records.visiting import standings
from tests.people import NOW, TODAY, family_of, person


def told(who: Person, period: str = "") -> Counts:
    program = Program.objects.get()
    return counts(who, program, period_of(period, program, TODAY))


def visited(
    family: Family, by: Person, at: datetime, status: str = "done", minutes: int = 90, **facts: Any
) -> Visit:
    times = {"started_at": at, "ended_at": at + timedelta(minutes=minutes)} if status == "done" else {}
    made = Visit.objects.create(family=family, planned_at=at, status=status, **times, **facts)
    made.visitors.add(by)
    made.caregivers.set(family.caregivers.all())
    return made


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def test_a_years_work_is_counted_by_what_became_of_each_visit(
    coordinator: Person, visitor: Person, family: Family
) -> None:
    for days, minutes in ((3, 95), (10, 90), (17, 60)):
        visited(family, visitor, ago(days), minutes=minutes)
    for days, status in (
        (24, "cancelled_family"),
        (31, "cancelled_program"),
        (38, "attempted"),
        (45, "planned"),
    ):
        visited(family, visitor, ago(days), status)
    missed = visited(family, visitor, ago(52), "cancelled_program")
    visited(family, visitor, ago(51), minutes=100, makes_up=missed)
    work = told(coordinator).program
    assert (work.done, work.short, work.median, work.made_up) == (4, 1, 90, 1)
    assert (work.cancelled_by_family, work.cancelled_by_program, work.attempted) == (1, 2, 1)


def test_the_counts_are_those_of_the_families_own_standings(
    coordinator: Person, visitor: Person, stranger: Person, family: Family, other_family: Family
) -> None:
    Family.objects.filter(pk=other_family.pk).update(option="head_start", enrolled_on=date(2026, 10, 1))
    for days in (3, 10, 17, 24):
        visited(family, visitor, ago(days), minutes=60 + days)
        visited(other_family, stranger, ago(days))
    Visit.objects.last().caregivers.clear()  # type: ignore[union-attr]
    families = list(Family.objects.all())
    theirs = standings(families, Program.objects.get(), TODAY).values()
    found = told(coordinator)
    assert found.program.done == sum(one.done for one in theirs)
    assert found.program.short == sum(one.short for one in theirs)
    assert found.program.expected == sum(one.expected for one in theirs)
    assert found.a_year == sum(one.from_enrolment for one in theirs)
    assert [(option, work.families) for option, work in found.options] == [
        ("early_head_start", 1),
        ("head_start", 1),
    ]


@pytest.mark.parametrize(
    ("lasted", "minutes"),
    [
        (timedelta(minutes=90), 90),
        (timedelta(minutes=89, seconds=59, milliseconds=990), 89),
        (timedelta(minutes=90, seconds=59), 90),
        (timedelta(hours=2, seconds=1), 120),
        (timedelta(0), 0),
    ],
)
@pytest.mark.parametrize("microseconds", [0, 1, 333_333, 999_999])
def test_minutes_are_whole_wherever_in_a_second_a_visit_began(
    coordinator: Person, visitor: Person, family: Family, microseconds: int, lasted: timedelta, minutes: int
) -> None:
    visit = visited(family, visitor, ago(3))
    began = ago(3).replace(microsecond=microseconds)
    Visit.objects.filter(pk=visit.pk).update(started_at=began, ended_at=began + lasted)
    assert told(coordinator).program.median == minutes


def test_the_months_of_a_year_add_up_to_it(coordinator: Person, visitor: Person, family: Family) -> None:
    for days in range(2, 70, 5):
        visited(family, visitor, ago(days))
    program = Program.objects.get()
    year = period_of("", program, TODAY)
    months = [counts(coordinator, program, month).program for month in months_of(year, TODAY)]
    whole = counts(coordinator, program, year).program
    assert len(months) == 3
    assert sum(month.done for month in months) == whole.done
    assert sum(month.expected for month in months) == whole.expected


def test_a_visit_late_on_the_last_evening_is_still_of_that_month(
    coordinator: Person, visitor: Person, family: Family
) -> None:
    visited(family, visitor, datetime(2026, 9, 30, 23, 0, tzinfo=ZoneInfo("America/Chicago")))
    assert told(coordinator, "2026-09").program.done == 1
    assert told(coordinator, "2026-10").program.done == 0


def test_a_visit_of_two_visitors_is_both_theirs_and_once_the_programs(
    coordinator: Person, visitor: Person, second_visitor: Person, family: Family
) -> None:
    visited(family, visitor, ago(3)).visitors.add(second_visitor)
    found = told(coordinator)
    assert found.program.done == 1
    assert [(who.name, work.done, work.families) for who, work in found.visitors] == [
        ("Ana", 1, 1),
        ("Marisol", 1, 1),
    ]


def test_what_is_expected_of_a_visitor_goes_over_with_the_family(
    coordinator: Person, visitor: Person, second_visitor: Person
) -> None:
    handed = family_of(visitor, "Lima")
    handed.assignments.update(until=date(2026, 10, 11))
    handed.assignments.create(visitor=second_visitor, since=date(2026, 10, 12), family=handed)
    found = told(coordinator)
    by_name = {who.name: work for who, work in found.visitors}
    assert by_name["Ana"].expected == 5
    assert by_name["Ana"].expected + by_name["Marisol"].expected == found.program.expected
    assert (by_name["Ana"].families, by_name["Marisol"].families) == (0, 1)


def test_groups_are_counted_by_the_families_that_came(
    coordinator: Person, visitor: Person, family: Family
) -> None:
    for status in ("done", "planned", "cancelled_program"):
        group = Socialization.objects.create(at=ago(4), status=status)
        if status != "cancelled_program":
            Attendance.objects.create(socialization=group, family=family)
    found = told(coordinator)
    assert (found.groups_held, found.groups_cancelled, found.program.groups) == (1, 1, 1)
    assert found.visitors[0][1].groups == 1


def test_a_caseload_is_averaged_over_those_who_have_families(
    coordinator: Person, visitor: Person, stranger: Person
) -> None:
    assert told(coordinator).caseload is None
    for number in range(3):
        family_of(visitor, f"Family {number}")
    family_of(stranger, "Another")
    assert told(coordinator).caseload == 2.0


def test_no_name_of_a_family_is_in_the_counts(coordinator: Person, visitor: Person, family: Family) -> None:
    visited(family, visitor, ago(3))
    assert "Ortega" not in repr(told(coordinator))


def test_few_people_are_not_told_as_a_number(coordinator: Person, visitor: Person) -> None:
    for number in range(12):
        family_of(visitor, f"Family {number}")
    some = Family.objects.order_by("made_at")[:2]
    Family.objects.filter(pk__in=[one.pk for one in some]).update(home_languages=["mam", "spa"])
    Child.objects.filter(family=some[0]).update(born_on=date(2023, 1, 1))
    found = told(coordinator)
    assert dict(found.languages) == {"spa": None, "mam": None}
    assert dict(found.ages) == {0: 0, 1: None, 2: 0, 3: None, 4: 0}


def test_who_left_and_who_is_not_enrolled_is_not_counted(coordinator: Person, visitor: Person) -> None:
    for number in range(11):
        family_of(visitor, f"Family {number}")
    gone, *_ = Family.objects.all()
    Family.objects.filter(pk=gone.pk).update(left_on=TODAY - timedelta(days=5))
    assert dict(told(coordinator).languages) == {"spa": 10}
    assert dict(told(coordinator).ages)[1] == 10


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=7))
def test_no_small_number_is_told_and_none_can_be_reckoned_from_the_sum(numbers: dict[str, int]) -> None:
    shown = told_from_ten(numbers)
    hidden = [numbers[name] for name, number in shown.items() if number is None]
    assert all(number == 0 or number >= 10 for number in shown.values() if number is not None)
    if hidden and any(number for number in shown.values()):
        assert len(hidden) > 1
        assert sum(hidden) >= 10


@given(st.dictionaries(st.integers(0, 200), st.integers(1, 5), min_size=1))
def test_the_median_has_half_of_all_on_either_side(numbers: dict[int, int]) -> None:
    every = sorted(number for number, times in numbers.items() for _ in range(times))
    assert median(numbers) == every[(len(every) - 1) // 2]


@pytest.mark.parametrize(
    ("words", "id", "start", "end"),
    [
        ("", "2026", date(2026, 9, 1), TODAY),
        ("2026", "2026", date(2026, 9, 1), TODAY),
        ("2025", "2025", date(2025, 9, 1), date(2026, 8, 31)),
        ("2026-10", "2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-02", "2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2099", "2026", date(2026, 9, 1), TODAY),
        ("2026-13", "2026", date(2026, 9, 1), TODAY),
        ("' OR 1", "2026", date(2026, 9, 1), TODAY),
    ],
)
def test_a_period_is_what_the_address_names_or_this_year(
    program: Program, words: str, id: str, start: date, end: date
) -> None:
    period = period_of(words, program, TODAY)
    assert (period.id, period.start, period.end) == (id, start, end)


def test_counts_take_as_many_queries_for_many_families_as_for_one(
    coordinator: Person, supervisor: Person, visitor: Person, family: Family
) -> None:
    visited(family, visitor, ago(3))
    with CaptureQueriesContext(connection) as one:
        told(coordinator)
    for number in range(4):
        more = person(f"v{number}", Role.VISITOR, supervisor)
        for again in range(3):
            visited(family_of(more, f"Family {number} {again}"), more, ago(3))
    with CaptureQueriesContext(connection) as many:
        told(coordinator)
    assert len(many) == len(one)
