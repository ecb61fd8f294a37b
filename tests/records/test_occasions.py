"""Days ahead and what was done last time."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from pytest_django import DjangoAssertNumQueries

from apego.records import occasions
from apego.records.actions import occasions as actions
from apego.records.models import Caregiver, Family, Memento, Occasion, Person
from tests.people import NOW, TODAY, family_of


def give_rosa_a_birthday(family: Family, day: str = "11-26") -> Caregiver:
    rosa = family.caregivers.get()
    rosa.birthday = day
    rosa.save()
    return rosa


def test_a_caregivers_birthday_is_told_without_an_age(family: Family, visitor: Person) -> None:
    rosa = give_rosa_a_birthday(family)
    (day,) = occasions.ahead(visitor, [family], on=TODAY)
    assert (day.on, day.caregiver, day.turns, day.last_time) == (date(2026, 11, 26), rosa, None, None)


def test_a_child_turns_a_year_older(family: Family, visitor: Person) -> None:
    (day,) = occasions.ahead(visitor, [family], on=date(2027, 10, 1))
    assert (day.on, day.turns) == (date(2027, 10, 20), 2)


def test_days_of_the_family_come_every_year_nearest_first(family: Family, visitor: Person) -> None:
    give_rosa_a_birthday(family, "12-05")
    actions.add(id=uuid4(), family=family, day="12-01", what="Un año en su casa", by=visitor, at=NOW)
    told = occasions.ahead(visitor, [family], on=TODAY)
    assert [day.on for day in told] == [date(2026, 12, 1), date(2026, 12, 5)]


def test_a_family_that_does_not_celebrate_has_no_days(family: Family, visitor: Person) -> None:
    give_rosa_a_birthday(family)
    actions.add(id=uuid4(), family=family, day="12-01", what="…", by=visitor, at=NOW)
    family.celebrates = False
    family.save()
    assert occasions.ahead(visitor, [family], on=TODAY, within=366) == []


def test_who_is_no_longer_at_home_is_not_reminded_of(family: Family, visitor: Person) -> None:
    rosa = give_rosa_a_birthday(family)
    rosa.left_on = TODAY
    rosa.save()
    assert occasions.ahead(visitor, [family], on=TODAY) == []


def test_what_was_done_last_year_is_told_on_the_day_itself_alone(family: Family, visitor: Person) -> None:
    rosa = give_rosa_a_birthday(family)
    for on, words in ((date(2025, 11, 28), "una corona de papel"), (date(2025, 6, 1), "un libro")):
        actions.keep_memento(
            id=uuid4(), family=family, on=on, words=words, caregiver=rosa, by=visitor, at=NOW
        )
    (day,) = occasions.ahead(visitor, [family], on=TODAY)
    assert day.last_time is not None
    assert day.last_time.words == "una corona de papel"


def test_what_was_done_on_one_day_is_not_told_of_another(family: Family, visitor: Person) -> None:
    rosa = give_rosa_a_birthday(family)
    moved = actions.add(id=uuid4(), family=family, day="11-28", what="…", caregiver=rosa, by=visitor, at=NOW)
    memento = actions.keep_memento(
        id=uuid4(), family=family, on=date(2025, 11, 27), words="albahaca", occasion=moved, by=visitor, at=NOW
    )
    birthday, day = occasions.ahead(visitor, [family], on=TODAY)
    assert (birthday.last_time, day.last_time) == (None, memento)


def test_a_day_that_was_removed_can_be_brought_back(family: Family, visitor: Person) -> None:
    day = actions.add(id=uuid4(), family=family, day="12-01", what="…", by=visitor, at=NOW)
    actions.remove(occasion=day, by=visitor, at=NOW)
    assert occasions.ahead(visitor, [family], on=TODAY) == []
    actions.bring_back(occasion=day, by=visitor, at=NOW)
    assert len(occasions.ahead(visitor, [family], on=TODAY)) == 1


def test_a_day_and_an_attention_are_kept_once(family: Family, visitor: Person) -> None:
    id = uuid4()
    for _ in range(2):
        actions.add(id=id, family=family, day="12-01", what="…", by=visitor, at=NOW)
        actions.keep_memento(id=id, family=family, on=TODAY, words="…", by=visitor, at=NOW)
    assert (Occasion.objects.count(), Memento.objects.count()) == (1, 1)


def test_the_coordinator_is_told_of_no_written_day(
    family: Family, visitor: Person, coordinator: Person
) -> None:
    give_rosa_a_birthday(family)
    actions.add(id=uuid4(), family=family, day="12-01", what="…", by=visitor, at=NOW)
    assert [day.occasion for day in occasions.ahead(coordinator, [family], on=TODAY)] == [None]


def test_many_families_ask_the_database_no_more_often(
    visitor: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    families = [family_of(visitor, f"Family {number}") for number in range(12)]
    for family in families:
        give_rosa_a_birthday(family)
    with django_assert_max_num_queries(4):
        assert len(occasions.ahead(visitor, families, on=TODAY)) == 12
