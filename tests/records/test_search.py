"""Search by name: in what one may see, without accents, from the beginning of a word."""

from __future__ import annotations

import pytest

from apego.records.models import Family, Person
from apego.records.search import search


@pytest.mark.parametrize("words", ["ines", "Inés", "INES", "ortega", "ru", "ruiz ort", "rosa", "ro"])
def test_a_family_is_found_by_any_name_in_it(visitor: Person, family: Family, words: str) -> None:
    assert {one.family for one in search(visitor, words)} == {family.id}


@pytest.mark.parametrize("words", ["", "  ", "uiz", "daniels", "ines ruiz", "x"])
def test_nothing_is_found_by_the_middle_of_a_name_or_by_two_peoples_names(
    visitor: Person, family: Family, words: str
) -> None:
    assert search(visitor, words) == []


def test_another_familys_names_are_not_found(visitor: Person, family: Family, other_family: Family) -> None:
    assert search(visitor, "daniels") == []
    assert {one.family for one in search(visitor, "ines")} == {family.id}


def test_a_coordinator_finds_every_family(
    coordinator: Person, visitor: Person, family: Family, other_family: Family
) -> None:
    assert {one.family for one in search(coordinator, "ines")} == {family.id, other_family.id}
