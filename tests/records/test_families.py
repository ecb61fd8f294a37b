"""A family is enrolled, kept right, and leaves; and the questions that its pages ask."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from apego.records import access, names
from apego.records import families as questions
from apego.records.actions import families
from apego.records.actions.acting import NotPossible
from apego.records.models import (
    Assignment,
    Child,
    Family,
    Line,
    Opening,
    Person,
    SafetyNote,
    Variant,
    Visit,
    VisitPart,
)
from tests.people import NOW, TODAY, family_of


def test_a_family_is_enrolled_once_however_often_the_form_arrives(
    supervisor: Person, visitor: Person
) -> None:
    id, facts = uuid4(), {"name": "Lê", "enrolled_on": TODAY, "home_languages": ["vie"]}
    for _ in range(2):
        made = families.enrol(id=id, facts=facts, visitor=visitor, by=supervisor, at=NOW)
    assert (made.id, made.name) == (id, "Lê")
    assert [one.visitor for one in made.assignments.all()] == [visitor]
    assert access.visible(visitor, Family).get() == made


def test_an_enrolment_stands_in_the_log_without_words(supervisor: Person) -> None:
    made = families.enrol(id=uuid4(), facts={"name": "Lê", "enrolled_on": TODAY}, by=supervisor, at=NOW)
    line = Line.objects.get()
    assert (line.verb, line.family, line.by) == ("families.enrol", made.id, supervisor.id)


def test_what_matters_is_changed_and_counts_a_version(family: Family, visitor: Person) -> None:
    changes = {"matters": "Primero se saluda.", "words_language": "es"}
    changed = families.change(family=family, base_version=1, changes=changes, by=visitor, at=NOW)
    assert isinstance(changed, Family)
    assert (changed.matters, changed.version) == ("Primero se saluda.", 2)


def test_a_second_edit_of_the_same_version_is_kept_beside_the_first(
    family: Family, visitor: Person, second_visitor: Person
) -> None:
    families.change(family=family, base_version=1, changes={"hopes": "Cantar."}, by=visitor, at=NOW)
    kept = families.change(
        family=family, base_version=1, changes={"hopes": "Reír."}, by=second_visitor, at=NOW
    )
    assert isinstance(kept, Variant)
    family.refresh_from_db()
    assert (family.hopes, kept.content) == ("Cantar.", {"hopes": "Reír."})


def test_a_child_and_an_adult_are_added_once_and_changed(family: Family, visitor: Person) -> None:
    id = uuid4()
    for _ in range(2):
        child = families.add_child(
            id=id, family=family, facts={"name": "Mateo", "born_on": date(2022, 8, 3)}, by=visitor, at=NOW
        )
    assert family.children.count() == 2
    changed = families.change_child(
        child=child, base_version=1, changes={"weeks_early": 2}, by=visitor, at=NOW
    )
    assert isinstance(changed, Child)
    assert changed.weeks_early == 2
    facts = {"name": "Eulalia", "relation": "grandmother"}
    adult = families.add_caregiver(id=uuid4(), family=family, facts=facts, by=visitor, at=NOW)
    families.change_caregiver(
        caregiver=adult, base_version=1, changes={"phone": "555-0199"}, by=visitor, at=NOW
    )
    adult.refresh_from_db()
    assert (adult.phone, adult.version) == ("555-0199", 2)


def test_who_visits_a_family_does_so_until_its_last_day(
    family: Family, supervisor: Person, visitor: Person
) -> None:
    families.end(family=family, on=TODAY, by=supervisor, at=NOW)
    assert {one.until for one in family.assignments.all()} == {TODAY}
    assert access.families_of(visitor, on=TODAY).exists()
    assert not access.families_of(visitor, on=date(2026, 11, 24)).exists()


def test_a_visitor_who_was_to_begin_later_never_begins(
    family: Family, supervisor: Person, stranger: Person
) -> None:
    Assignment.objects.create(family=family, visitor=stranger, since=date(2026, 12, 7))
    families.end(family=family, on=TODAY, by=supervisor, at=NOW)
    assert not family.assignments.filter(visitor=stranger).exists()


def test_a_family_cannot_leave_before_it_came(family: Family, supervisor: Person) -> None:
    with pytest.raises(NotPossible, match="ends-before-it-began"):
        families.end(family=family, on=date(2026, 9, 1), by=supervisor, at=NOW)


def test_families_stand_in_the_order_of_their_names_without_accents(visitor: Person) -> None:
    for name in ("Zelaya", "Ávila", "Ortega", "Núñez"):
        family_of(visitor, name)
    in_order = questions.listed(visitor, questions.by_name(visitor, TODAY), TODAY)
    assert [family.name for family in in_order] == ["Ávila", "Núñez", "Ortega", "Zelaya"]


def test_the_offices_order_follows_a_new_name_and_forgets_who_is_gone(
    family: Family, other_family: Family, coordinator: Person, visitor: Person
) -> None:
    assert questions.by_name(coordinator, TODAY) == [other_family.id, family.id]
    families.change(family=family, base_version=1, changes={"name": "Ábrego"}, by=visitor, at=NOW)
    assert questions.by_name(coordinator, TODAY) == [family.id, other_family.id]
    other_family.delete()
    assert questions.by_name(coordinator, TODAY) == [family.id]
    assert list(names._shelf[Family].values()) == ["abrego"]


def test_a_family_that_left_is_no_longer_listed(family: Family, visitor: Person, supervisor: Person) -> None:
    families.end(family=family, on=date(2026, 11, 22), by=supervisor, at=NOW)
    assert questions.by_name(supervisor, TODAY) == []


def test_the_coordinator_sees_that_a_family_is_there_and_not_when_it_was_seen(
    family: Family, visitor: Person, coordinator: Person
) -> None:
    Visit.objects.create(family=family, planned_at=NOW, status=Visit.Status.DONE, started_at=NOW)
    for person, seen in ((visitor, NOW), (coordinator, None)):
        (listed,) = questions.listed(person, [family.id], TODAY)
        assert listed.seen_at == seen  # type: ignore[attr-defined]


def test_a_supervisor_finds_shared_families_under_each_of_her_own_visitors(
    family: Family, supervisor: Person, visitor: Person, second_visitor: Person, stranger: Person
) -> None:
    Assignment.objects.create(family=family, visitor=stranger, since=TODAY)
    groups = questions.by_visitor(supervisor, questions.listed(supervisor, [family.id], TODAY))
    assert groups == [(visitor, [family]), (second_visitor, [family])]


def test_at_the_door_notes_are_counted_and_the_last_promise_is_told(
    family: Family, visit: Visit, visitor: Person
) -> None:
    SafetyNote.objects.create(family=family, at=NOW, words="…", by=visitor)
    VisitPart.objects.create(visit=visit, part="promises_visitor", words="Llevo la canción.", by=visitor)
    door = questions.at_the_door(visitor, family)
    assert (door.safety_notes, door.promise, door.promised) == (1, "Llevo la canción.", visit)


def test_what_was_written_opens_for_the_coordinator_by_a_reason_alone(
    family: Family, coordinator: Person
) -> None:
    assert not questions.written_is_open(coordinator, family)
    Opening.objects.create(
        family=family, person=coordinator, reason="a parent asks", at=NOW, until=NOW.replace(year=2126)
    )
    assert questions.written_is_open(coordinator, family)
