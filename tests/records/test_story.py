"""A family's story: days, what moments show, credits, repair."""

from __future__ import annotations

from datetime import date, timedelta

from pytest_django import DjangoAssertNumQueries

from apego.records import story
from apego.records.models import Attendance, Credit, Family, Moment, Person, Program, Socialization, Visit
from tests.people import NOW, TODAY


def held(family: Family, visitor: Person, weeks_ago: int) -> Visit:
    at = NOW - timedelta(weeks=weeks_ago)
    visit = Visit.objects.create(
        family=family, planned_at=at, status=Visit.Status.DONE, started_at=at, ended_at=at
    )
    visit.visitors.add(visitor)
    return visit


def moment(visit: Visit, by: Person, words: str, **shows: list[str]) -> Moment:
    return Moment.objects.create(
        family=visit.family, visit=visit, at=visit.planned_at, words=words, by=by, **shows
    )


def test_the_newest_days_come_first_and_older_ones_follow(family: Family, visitor: Person) -> None:
    for weeks_ago in range(5):
        moment(held(family, visitor, weeks_ago), visitor, f"{weeks_ago} weeks ago")
    told = story.told(visitor, family, days=2)
    assert [day.moments[0].words for day in told.days] == ["0 weeks ago", "1 weeks ago"]
    assert told.further
    rest = story.told(visitor, family, skip=2, days=3)
    assert [day.moments[0].words for day in rest.days] == ["2 weeks ago", "3 weeks ago", "4 weeks ago"]
    assert not rest.further


def test_a_day_is_a_day_of_the_programs_clock(family: Family, visitor: Person) -> None:
    visit = held(family, visitor, 1)
    moment(visit, visitor, "in the morning")
    (day,) = story.told(visitor, family).days
    assert (day.on, day.visit) == (date(2026, 11, 16), visit)


def test_a_moment_that_was_removed_is_told_no_more(family: Family, visitor: Person) -> None:
    removed = moment(held(family, visitor, 1), visitor, "…", kinds=["repair"])
    removed.removed_at = NOW
    removed.save()
    told = story.told(visitor, family)
    assert (told.days, told.repairs, told.shown) == ((), (), frozenset())


def test_a_small_step_without_a_moment_has_its_day_too(family: Family, visitor: Person) -> None:
    credit = Credit.objects.create(
        visit=held(family, visitor, 1),
        kind=Credit.Kind.WITH_VISITOR,
        words="Me abrió antes de tocar.",
        by=visitor,
    )
    told = story.told(visitor, family)
    assert told.days[0].credits == (credit,)
    assert told.credited["with_visitor"] == []  # it stands in its day


def test_what_stands_in_the_days_is_not_told_a_second_time(family: Family, visitor: Person) -> None:
    newest, earlier = held(family, visitor, 0), held(family, visitor, 3)
    for visit in (newest, earlier):
        moment(visit, visitor, "Se voltearon a ver.", kinds=["repair"])
        Credit.objects.create(visit=visit, words=f"{visit.id}", by=visitor)
    told = story.told(visitor, family, days=1)
    assert [one.visit for one in told.repairs] == [earlier]
    assert [one.visit for one in told.credited["strength"]] == [earlier]


def test_repair_is_found_however_long_ago(family: Family, visitor: Person) -> None:
    found = moment(held(family, visitor, 9), visitor, "Se voltearon a ver.", kinds=["repair"])
    for weeks_ago in range(5):
        moment(held(family, visitor, weeks_ago), visitor, "…", kinds=["enjoy"])
    told = story.told(visitor, family, days=1)
    assert told.repairs == (found,)
    assert told.shown == {"repair", "enjoy"}


def test_the_story_can_keep_to_one_capacity(family: Family, visitor: Person) -> None:
    moment(held(family, visitor, 0), visitor, "moving", capacities=["moving"])
    moment(held(family, visitor, 1), visitor, "people", capacities=["people"])
    told = story.told(visitor, family, shows="people")
    assert [one.words for day in told.days for one in day.moments] == ["people"]
    assert told.shown == {"moving", "people"}  # the other chips stay


def test_nothing_written_is_told_to_the_coordinator(
    family: Family, visitor: Person, coordinator: Person
) -> None:
    visit = held(family, visitor, 1)
    moment(visit, visitor, "…", kinds=["repair"])
    Credit.objects.create(visit=visit, words="…", by=visitor)
    told = story.told(coordinator, family)
    assert (told.days, told.repairs, told.shown) == ((), (), frozenset())
    assert not any(told.credited.values())


def test_a_long_story_asks_the_database_no_more_often(
    family: Family, visitor: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for weeks_ago in range(20):
        visit = held(family, visitor, weeks_ago)
        moment(visit, visitor, "…", kinds=["enjoy"])
        Credit.objects.create(visit=visit, words="…", by=visitor)
    with django_assert_num_queries(4):
        told = story.told(visitor, family, days=10)
        assert all(one.by.name and list(one.children.all()) == [] for day in told.days for one in day.moments)


def test_groups_count_where_the_family_came_and_they_were_held(family: Family, program: Program) -> None:
    for at, status in ((NOW, "done"), (NOW, "planned"), (NOW - timedelta(weeks=20), "done")):
        group = Socialization.objects.create(at=at, status=status)
        Attendance.objects.create(socialization=group, family=family)
    # Enrolled on September 7 in a year that begins on September 1: 51 of 52 weeks, and 22 of them a year.
    assert story.groups_of(family, program, TODAY) == story.Groups(attended=1, whole=22)
