"""What the note check asks of a moment, and what it leaves alone."""

from __future__ import annotations

from datetime import date
from time import perf_counter
from uuid import uuid4

import pytest

from apego.records.actions import moments
from apego.records.actions.acting import NotPossible
from apego.records.models import Child, Family, Moment, Person, Visit
from apego.records.noting import language_of_note, months_of, names_in, pieces, shown_at
from tests.people import NOW, TODAY

LONG = "Inés took the spoon and looked at Rosa, who was always so patient, and did it on purpose again. " * 20


def moment(visit: Visit, by: Person, words: str) -> Moment:
    return moments.keep(id=uuid4(), visit=visit, words=words, by=by, at=NOW)


def asked(one: Moment) -> list[str]:
    return [piece.text for piece in pieces(one, names_in(one.family), "en") if piece.question]


def test_every_word_comes_back_in_its_place(visit: Visit, visitor: Person) -> None:
    one = moment(visit, visitor, LONG)
    assert "".join(piece.text for piece in pieces(one, (), "en")) == LONG


def test_two_words_at_most_are_asked_about(visit: Visit, visitor: Person) -> None:
    assert len(asked(moment(visit, visitor, LONG))) == 2


def test_a_clean_note_is_not_asked_about(visit: Visit, visitor: Person) -> None:
    assert asked(moment(visit, visitor, "Inés took the spoon. Rosa held out her hand.")) == []


def test_a_name_is_never_asked_about(visit: Visit, visitor: Person, family: Family) -> None:
    Child.objects.create(family=family, name="Dulce Joy", born_on=date(2024, 1, 1))
    assert asked(moment(visit, visitor, "Dulce Joy took the spoon.")) == []


def test_what_was_left_is_not_asked_again_and_the_next_word_is(visit: Visit, visitor: Person) -> None:
    one = moment(visit, visitor, "She is lazy, on purpose, always.")
    first = [piece for piece in pieces(one, (), "en") if piece.question]
    moments.leave(moment=one, mark=first[0].mark, by=visitor, at=NOW)
    one.refresh_from_db()
    assert first[0].text not in asked(one)
    assert len(asked(one)) == 2


def test_what_is_left_tells_no_word_in_the_database(visit: Visit, visitor: Person) -> None:
    one = moment(visit, visitor, "She is lazy.")
    mark = next(piece.mark for piece in pieces(one, (), "en") if piece.question)
    assert "lazy" not in mark
    other = moment(visit, visitor, "She is lazy.")
    assert mark != next(piece.mark for piece in pieces(other, (), "en") if piece.question)


def test_words_are_never_left_where_nothing_is_sealed(visit: Visit, visitor: Person) -> None:
    with pytest.raises(NotPossible, match="no-such-entry"):
        moments.leave(moment=moment(visit, visitor, "She is lazy."), mark="lazy", by=visitor, at=NOW)


def test_leaving_a_word_is_no_edit(visit: Visit, visitor: Person) -> None:
    one = moment(visit, visitor, "She is lazy.")
    assert moments.leave(moment=one, mark="0" * 20, by=visitor, at=NOW).version == 1


def test_the_question_stands_in_the_language_of_the_page(visit: Visit, visitor: Person) -> None:
    one = moment(visit, visitor, "She is lazy.")
    english, spanish = (
        next(piece.question for piece in pieces(one, (), told) if piece.question) for told in ("en", "es")
    )
    assert english != spanish
    assert spanish.startswith("¿")


@pytest.mark.parametrize(
    ("words", "otherwise", "language"),
    [
        ("Inés took the spoon.", "es", "en"),
        ("Inés agarró la cuchara y miró.", "en", "es"),
        ("Mmm.", "es", "es"),
    ],
)
def test_a_note_is_kept_in_the_language_it_is_written_in(words: str, otherwise: str, language: str) -> None:
    assert language_of_note(words, otherwise) == language


def test_goals_are_offered_for_the_corrected_age(family: Family) -> None:
    shown = shown_at(family.children.all(), TODAY)
    assert [one.domain.id for one in shown] == [
        "physical",
        "social_emotional",
        "cognition",
        "approaches",
        "language",
    ]
    assert {goal.stage for one in shown for goal in one.goals} == {"infant_toddler"}


def test_two_children_of_two_ages_are_offered_the_goals_of_both(family: Family) -> None:
    Child.objects.create(family=family, name="Mateo", born_on=date(2022, 5, 1))
    shown = shown_at(family.children.all(), TODAY)
    assert {goal.stage for one in shown for goal in one.goals} == {"infant_toddler", "preschool"}


def test_months_are_corrected_and_an_unborn_child_is_newborn(family: Family) -> None:
    Child.objects.create(family=family, name="…", born_on=date(2027, 1, 1))
    assert months_of(family.children.all(), TODAY) == (0, 11)


def test_the_note_check_takes_less_than_twenty_milliseconds(visit: Visit, visitor: Person) -> None:
    one = moment(visit, visitor, LONG)
    pieces(one, (), "en")  # the lists are read once
    times = []
    for _ in range(20):
        begun = perf_counter()
        pieces(one, (), "en")
        times.append(perf_counter() - begun)
    assert sorted(times)[18] < 0.020
