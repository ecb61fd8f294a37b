"""The letter after a visit: nothing in it that is not in the record."""

from __future__ import annotations

from uuid import uuid4

import pytest

from apego.records.actions import letters
from apego.records.actions.acting import NotPossible
from apego.records.letters import draft, home_language
from apego.records.models import (
    Caregiver,
    Credit,
    Letter,
    Moment,
    Person,
    SafetyNote,
    Variant,
    Visit,
    VisitPart,
)
from tests.people import NOW


@pytest.fixture
def rosa(visit: Visit) -> Caregiver:
    return visit.family.caregivers.get()


@pytest.fixture
def told(visit: Visit, visitor: Person, rosa: Caregiver) -> Visit:
    """A visit with two moments, a credit to Rosa, and what she wants to try."""
    child = visit.family.children.get()
    for words, kinds in (
        ("Inés golpeó la olla.", ["notice"]),
        ("Rosa golpeó la olla también y Inés se rio.", ["enjoy"]),
    ):
        moment = Moment.objects.create(
            family=visit.family, visit=visit, at=NOW, words=words, language="es", kinds=kinds, by=visitor
        )
        moment.children.add(child)
    Credit.objects.create(
        visit=visit, caregiver=rosa, words="Usted esperó a que volteara.", language="es", by=visitor
    )
    VisitPart.objects.create(visit=visit, part="next", words="Cantar antes de la siesta.", by=visitor)
    return visit


def test_a_letter_says_what_child_and_parent_did_and_what_comes_next(
    told: Visit, rosa: Caregiver, visitor: Person
) -> None:
    words = draft(told, rosa, home_language(rosa), visitor)
    assert "Rosa golpeó la olla también y Inés se rio." in words  # the moment in which the two met
    assert "Usted esperó a que volteara." in words
    assert "Cantar antes de la siesta." in words
    assert "Rosa" in words.splitlines()[0]


def test_a_visit_without_a_word_gives_a_greeting_and_a_name(
    visit: Visit, rosa: Caregiver, visitor: Person
) -> None:
    words = draft(visit, rosa, "es", visitor)
    assert "“" not in words
    assert visitor.name in words


def test_a_credit_to_somebody_else_is_not_in_the_letter(told: Visit, visitor: Person) -> None:
    luis = Caregiver.objects.create(family=told.family, name="Luis", relation="father")
    assert "Usted esperó" not in draft(told, luis, "es", visitor)


def test_a_safety_note_is_in_no_letter(told: Visit, rosa: Caregiver, visitor: Person) -> None:
    SafetyNote.objects.create(
        family=told.family, at=NOW, words="He took her phone.", by=visitor, caregiver=rosa
    )
    assert "phone" not in draft(told, rosa, "es", visitor)


def test_who_wants_no_letters_gets_none(told: Visit, rosa: Caregiver, visitor: Person) -> None:
    rosa.wants_letters = False
    with pytest.raises(NotPossible):
        letters.keep(id=uuid4(), visit=told, caregiver=rosa, language="es", words="Hola", by=visitor, at=NOW)
    assert not Letter.objects.exists()


def test_a_given_letter_stays_as_it_was(told: Visit, rosa: Caregiver, visitor: Person) -> None:
    kept = letters.keep(
        id=uuid4(), visit=told, caregiver=rosa, language="es", words="Hola", by=visitor, at=NOW
    )
    changed = letters.change(letter=kept, base_version=1, words="Hola, Rosa", by=visitor, at=NOW)
    assert not isinstance(changed, Variant)
    given = letters.give(letter=changed, read_aloud=True, by=visitor, at=NOW)
    with pytest.raises(NotPossible):
        letters.change(letter=given, base_version=2, words="Adiós", by=visitor, at=NOW)
    assert Letter.objects.get().words == "Hola, Rosa"
