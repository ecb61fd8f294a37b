"""Who visits a family: one or two, somebody who covers, somebody new."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from apego.records import access
from apego.records.actions import assignments
from apego.records.actions.acting import NotPossible
from apego.records.models import Assignment, Family, Person, Role, SafetyNote, Series, Visit
from tests.people import NOW, TODAY, person

TOMORROW = TODAY + timedelta(days=1)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def third(supervisor: Person) -> Person:
    return person("denise", Role.VISITOR, supervisor)


def planned(family: Family, visitor: Person, on: date) -> Visit:
    visit = Visit.objects.create(family=family, planned_at=datetime.combine(on, time(16), tzinfo=UTC))
    visit.visitors.add(visitor)
    return visit


def cover(family: Family, of: Person, by_whom: Person, supervisor: Person, **more: object) -> Assignment:
    asked = {"since": TODAY, "until": FRIDAY, "reason": "away", **more}
    return assignments.cover(
        id=uuid4(),
        family=family,
        visitor=by_whom,
        covers=of,
        by=supervisor,
        at=NOW,
        **asked,  # type: ignore[arg-type]
    )


def test_a_third_steady_visitor_is_refused(family: Family, third: Person, supervisor: Person) -> None:
    with pytest.raises(NotPossible, match="two-visit-this-family"):
        assignments.assign(id=uuid4(), family=family, visitor=third, since=TODAY, by=supervisor, at=NOW)


def test_who_visits_already_is_not_assigned_again(
    family: Family, visitor: Person, supervisor: Person
) -> None:
    with pytest.raises(NotPossible, match="visits-this-family-already"):
        assignments.assign(id=uuid4(), family=family, visitor=visitor, since=TODAY, by=supervisor, at=NOW)


def test_only_a_visitor_who_works_here_visits(
    other_family: Family, supervisor: Person, third: Person
) -> None:
    third.is_active = False
    for nobody in (supervisor, third):
        with pytest.raises(NotPossible, match="not-a-visitor"):
            assignments.assign(
                id=uuid4(), family=other_family, visitor=nobody, since=TODAY, by=supervisor, at=NOW
            )


def test_a_form_that_arrives_twice_assigns_once(
    other_family: Family, third: Person, supervisor: Person
) -> None:
    id = uuid4()
    for _ in range(2):
        assignments.assign(id=id, family=other_family, visitor=third, since=TODAY, by=supervisor, at=NOW)
    assert other_family.assignments.filter(visitor=third).count() == 1


@pytest.mark.usefixtures("on_that_day")
def test_sick_cover_sees_the_family_with_its_safety_notes_until_the_last_day(
    family: Family, visitor: Person, third: Person, supervisor: Person
) -> None:
    SafetyNote.objects.create(family=family, at=NOW, words="…", by=visitor)
    cover(family, visitor, third, supervisor)
    assert access.families_of(third, on=FRIDAY).get() == family
    assert not access.families_of(third, on=FRIDAY + timedelta(days=1)).exists()
    assert access.visible(third, SafetyNote).count() == 1


def test_the_visits_of_those_days_go_to_who_covers_and_later_ones_stay(
    family: Family, visitor: Person, second_visitor: Person, third: Person, supervisor: Person
) -> None:
    before, during, after = (
        planned(family, visitor, day) for day in (date(2026, 11, 20), FRIDAY, date(2026, 12, 4))
    )
    during.visitors.add(second_visitor)
    cover(family, visitor, third, supervisor)
    assert set(during.visitors.all()) == {third, second_visitor}
    assert set(before.visitors.all()) == set(after.visitors.all()) == {visitor}
    during.refresh_from_db()
    assert during.version == 2


def test_a_visit_that_was_held_stays_whose_it_was(
    family: Family, visitor: Person, third: Person, supervisor: Person
) -> None:
    held = planned(family, visitor, TODAY)
    Visit.objects.update(status=Visit.Status.DONE)
    cover(family, visitor, third, supervisor)
    assert set(held.visitors.all()) == {visitor}


def test_a_cover_cannot_end_before_it_begins(
    family: Family, visitor: Person, third: Person, supervisor: Person
) -> None:
    with pytest.raises(NotPossible, match="ends-before-it-began"):
        cover(family, visitor, third, supervisor, until=date(2026, 11, 20))


def test_a_steady_visitor_does_not_cover_for_the_other(
    family: Family, visitor: Person, second_visitor: Person, supervisor: Person
) -> None:
    with pytest.raises(NotPossible, match="visits-this-family-already"):
        cover(family, visitor, second_visitor, supervisor)


def test_a_hand_over_takes_the_weekly_day_and_the_plans_along(
    family: Family, visitor: Person, second_visitor: Person, third: Person, supervisor: Person
) -> None:
    series = Series.objects.create(family=family, visitor=visitor, weekday=0, time=time(10), since=TODAY)
    visit = planned(family, visitor, FRIDAY)
    id = uuid4()
    for _ in range(2):
        assignments.hand_over(
            id=id, family=family, of=visitor, to=third, since=TOMORROW, by=supervisor, at=NOW
        )
    series.refresh_from_db()
    assert series.visitor == third
    assert set(visit.visitors.all()) == {third}
    assert access.families_of(visitor, on=TODAY).exists()
    assert not access.families_of(visitor, on=TOMORROW).exists()
    assert access.families_of(third, on=TOMORROW).get() == family
    assert family.assignments.filter(visitor=second_visitor, until=None).exists()


def test_a_family_is_not_handed_to_who_visits_it_already(
    family: Family, visitor: Person, second_visitor: Person, supervisor: Person
) -> None:
    with pytest.raises(NotPossible, match="visits-this-family-already"):
        assignments.hand_over(
            id=uuid4(), family=family, of=visitor, to=second_visitor, since=TODAY, by=supervisor, at=NOW
        )
    assert family.assignments.filter(until=None).count() == 2  # nothing of it was done


def test_an_assignment_ends_on_its_last_day(family: Family, visitor: Person, supervisor: Person) -> None:
    assignment = family.assignments.get(visitor=visitor)
    assignments.end(assignment=assignment, on=TODAY, by=supervisor, at=NOW)
    assert not access.families_of(visitor, on=TOMORROW).exists()
    with pytest.raises(NotPossible, match="ends-before-it-began"):
        assignments.end(assignment=assignment, on=date(2026, 9, 1), by=supervisor, at=NOW)
