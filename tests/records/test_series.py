"""Weekly visits: laid out ahead, again without harm, ended without losing what was planned."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from apego.records.actions import drafts, plans, series, visits
from apego.records.actions.acting import NotPossible
from apego.records.models import Family, Person, Series, Visit
from tests.people import NOW

MONDAY = date(2026, 11, 23)


@pytest.fixture
def weekly(family: Family, visitor: Person) -> Series:
    return series.begin(
        id=uuid4(), family=family, visitor=visitor, weekday=0, time=time(10), since=MONDAY, by=visitor, at=NOW
    )


def planned(family: Family) -> list[Visit]:
    return list(family.visits.order_by("planned_at"))


def test_eight_weeks_are_laid_out_with_visitor_and_children(
    family: Family, weekly: Series, visitor: Person
) -> None:
    laid_out = planned(family)
    assert [visit.planned_at for visit in laid_out[:2]] == [NOW, NOW + timedelta(weeks=1)]
    assert len(laid_out) == 9  # the first day and eight weeks
    for visit in laid_out:
        assert list(visit.visitors.all()) == [visitor]
        assert [child.name for child in visit.children.all()] == ["Inés"]


def test_the_clock_of_the_program_holds_when_summer_time_begins(
    family: Family, weekly: Series, visitor: Person
) -> None:
    series.lay_out(series=weekly, upto=date(2027, 3, 22), by=visitor, at=NOW)
    hours = [visit.planned_at.hour for visit in planned(family)]
    assert hours[0] == 16  # ten in Chicago, in UTC
    assert hours[-1] == 15  # ten in Chicago, in summer


def test_laying_out_again_adds_nothing(family: Family, weekly: Series, visitor: Person) -> None:
    before = planned(family)
    series.lay_out(series=weekly, upto=date(2027, 1, 18), by=visitor, at=NOW)
    assert planned(family) == before


def test_a_visit_that_was_moved_is_not_laid_out_a_second_time(
    family: Family, weekly: Series, visitor: Person
) -> None:
    first = planned(family)[0]
    visits.reschedule(visit=first, planned_at=NOW + timedelta(days=2), base_version=1, by=visitor, at=NOW)
    series.lay_out(series=weekly, upto=date(2027, 1, 18), by=visitor, at=NOW)
    assert len(planned(family)) == 9


def test_a_visit_that_was_moved_onto_next_weeks_day_takes_its_place(
    family: Family, weekly: Series, visitor: Person
) -> None:
    last = planned(family)[-1]
    visits.reschedule(
        visit=last, planned_at=last.planned_at + timedelta(weeks=1), base_version=1, by=visitor, at=NOW
    )
    series.lay_out(series=weekly, upto=date(2027, 1, 25), by=visitor, at=NOW)
    assert len(planned(family)) == 9


def test_a_week_that_passes_adds_one_at_the_end(family: Family, weekly: Series, visitor: Person) -> None:
    first = planned(family)[0]
    at = NOW + timedelta(weeks=1)
    visits.not_held(visit=first, outcome="cancelled_family", reason="", by=visitor, at=at)
    assert len(planned(family)) == 10


def test_ending_takes_away_what_is_empty_and_leaves_what_was_planned(
    family: Family, weekly: Series, visitor: Person
) -> None:
    with_plan = planned(family)[3]
    plans.write(visit=with_plan, base_version=0, hope="To sing.", by=visitor, at=NOW)
    series.end(series=weekly, until=MONDAY, by=visitor, at=NOW)
    assert planned(family) == [planned(family)[0], with_plan]


def test_ending_leaves_a_visit_in_which_somebody_is_writing(
    family: Family, weekly: Series, visitor: Person
) -> None:
    writing = planned(family)[3]
    place = f"visit/{writing.id}/plan"
    drafts.save(person=visitor, place=place, family=family, content={"hope": ["Que"]}, at=NOW)
    series.end(series=weekly, until=MONDAY, by=visitor, at=NOW)
    assert planned(family)[1:] == [writing]


def test_nothing_is_laid_out_after_the_family_left(family: Family, weekly: Series, visitor: Person) -> None:
    Family.objects.filter(id=family.id).update(left_on=date(2027, 1, 20))
    weekly.refresh_from_db()
    series.lay_out(series=weekly, upto=date(2027, 3, 1), by=visitor, at=NOW)
    assert len(planned(family)) == 9


def test_a_series_that_ended_lays_out_nothing_more(family: Family, weekly: Series, visitor: Person) -> None:
    series.end(series=weekly, until=MONDAY, by=visitor, at=NOW)
    series.lay_out(series=weekly, upto=date(2027, 1, 18), by=visitor, at=NOW)
    assert len(planned(family)) == 1


def test_beginning_twice_under_one_id_is_one_series(family: Family, weekly: Series, visitor: Person) -> None:
    again = series.begin(
        id=weekly.id,
        family=family,
        visitor=visitor,
        weekday=3,
        time=time(9),
        since=MONDAY,
        by=visitor,
        at=NOW,
    )
    assert again.weekday == 0
    assert len(planned(family)) == 9


def test_an_end_before_the_beginning_is_refused(family: Family, visitor: Person) -> None:
    with pytest.raises(NotPossible, match="ends-before-it-begins"):
        series.begin(
            id=uuid4(), family=family, visitor=visitor, weekday=0, time=time(10), since=MONDAY,
            until=date(2026, 11, 22), by=visitor, at=NOW,
        )  # fmt: skip
