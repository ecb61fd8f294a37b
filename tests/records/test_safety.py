"""Safety notes, supports, contacts, and what was said at a first visit."""

from __future__ import annotations

from uuid import uuid4

import pytest

from apego.records import access
from apego.records.actions import contacts, first_visit, safety, supports
from apego.records.actions.acting import NotPossible
from apego.records.models import Contact, Family, Line, Person, SafetyNote, Said, Support
from tests.people import NOW, TODAY

EXACT = "Rosa dijo: “Anoche me empujó contra la puerta.”"


@pytest.fixture
def note(family: Family, visitor: Person) -> SafetyNote:
    return safety.note(id=uuid4(), family=family, when=NOW, words=EXACT, by=visitor, at=NOW)


def test_a_safety_note_stays_in_its_exact_words(note: SafetyNote) -> None:
    assert SafetyNote.objects.get(pk=note.pk).words == EXACT


def test_until_it_is_reviewed_a_note_stands_in_nobodys_copy(note: SafetyNote) -> None:
    assert (note.reviewed_at, note.in_bundle_for.count()) == (None, 0)


def test_the_supervisor_says_in_whose_copy_it_may_stand(
    note: SafetyNote, family: Family, supervisor: Person
) -> None:
    rosa = family.caregivers.get()
    reviewed = safety.review(note=note, in_bundle_for=[rosa], by=supervisor, at=NOW)
    assert (reviewed.reviewed_by, set(reviewed.in_bundle_for.all())) == (supervisor, {rosa})
    again = safety.review(note=note, in_bundle_for=[], by=supervisor, at=NOW)
    assert again.in_bundle_for.count() == 0


def test_an_adult_of_another_family_gets_no_copy(
    note: SafetyNote, other_family: Family, supervisor: Person
) -> None:
    with pytest.raises(NotPossible, match="not-of-this-family"):
        safety.review(note=note, in_bundle_for=other_family.caregivers.all(), by=supervisor, at=NOW)


def test_who_works_with_the_family_sees_a_note_and_nobody_else(
    note: SafetyNote,
    visitor: Person,
    second_visitor: Person,
    supervisor: Person,
    stranger: Person,
    other_supervisor: Person,
    coordinator: Person,
) -> None:
    for person in (visitor, second_visitor, supervisor):
        assert access.visible(person, SafetyNote).get() == note
    for person in (stranger, other_supervisor, coordinator):
        assert not access.visible(person, SafetyNote).exists()


def test_the_log_tells_of_a_note_without_its_words(note: SafetyNote, family: Family) -> None:
    line = Line.objects.get(verb="safety.note")
    assert (line.family, line.thing) == (family.id, note.id)


def test_a_contact_and_a_support_are_kept_once(family: Family, visitor: Person) -> None:
    id = uuid4()
    for _ in range(2):
        contacts.record(id=id, family=family, when=NOW, how="call", words="…", by=visitor, at=NOW)
        supports.note(id=id, family=family, on=TODAY, area="sleep", words="…", by=visitor, at=NOW)
    assert (Contact.objects.count(), Support.objects.count()) == (1, 1)


def test_a_topic_is_said_once_and_can_be_taken_back(
    family: Family, visitor: Person, second_visitor: Person
) -> None:
    for by in (visitor, second_visitor):
        said = first_visit.say(
            id=uuid4(),
            family=family,
            topic="who_i_am",
            language="mam",
            interpreted=True,
            on=TODAY,
            by=by,
            at=NOW,
        )
    assert (Said.objects.count(), said.by) == (1, visitor)
    first_visit.take_back(said=said, by=visitor, at=NOW)
    assert not Said.objects.exists()
    assert Line.objects.filter(verb="first_visit.take_back", family=family.id).exists()
