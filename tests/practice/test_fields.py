"""The lists of field names are whole, plain, and do not quarrel."""

from __future__ import annotations

import pytest

from apego.practice import fields, marks
from apego.practice.content import LANGUAGES, load

LISTS = ("voices", "not_names", "telling", "added", "months")


@pytest.mark.parametrize("column", fields.COLUMNS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_words_in_both_languages(column: str, language: str) -> None:
    assert load("fields")["columns"][column][language]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_has_words_in_both_languages(name: str, language: str) -> None:
    assert load("fields")[name][language]


def test_no_heading_names_two_columns() -> None:
    seen: dict[str, str] = {}
    for column, languages in load("fields")["columns"].items():
        for heading in {heading for language in LANGUAGES for heading in languages[language]}:
            assert seen.setdefault(heading, column) == column, heading


def test_the_words_of_the_lists_are_written_as_they_are_searched() -> None:
    tables = load("fields")
    lists = [*tables["columns"].values(), *tables["units"].values(), *(tables[name] for name in LISTS)]
    for entry in lists:
        for word in (word for language in LANGUAGES for word in entry[language]):
            assert word == marks.plain(word)


@pytest.mark.parametrize("kind", [*marks.KINDS, marks.NOTHING])
def test_every_mark_has_words_in_both_languages(kind: str) -> None:
    assert marks.words_of(kind)


def test_no_word_is_a_sound_and_nothing_at_once() -> None:
    for kind in marks.KINDS:
        assert marks.words_of(kind).isdisjoint(marks.words_of(marks.NOTHING)), kind
