"""The ideas of the field: enough of them, in both languages, whole and without a slip."""

from __future__ import annotations

import pytest

from apego.practice import content
from apego.practice.content import LANGUAGES, ContentError
from apego.practice.ideas import ideas, least_stem, listed, weight


def test_there_are_at_least_250_ideas_with_a_dozen_words_in_each_language_on_average() -> None:
    found = ideas().values()
    assert len(found) >= 250
    for language in LANGUAGES:
        assert sum(len(idea.words[language]) for idea in found) >= 11 * len(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_idea_has_at_least_six_words_and_none_twice(language: content.Language) -> None:
    for idea in ideas().values():
        words = idea.words[language]
        assert len(words) >= 6, idea.id
        assert len(set(words)) == len(words), idea.id


def test_words_are_written_in_small_letters_without_stray_blanks() -> None:
    for idea in ideas().values():
        for language in LANGUAGES:
            for word in idea.words[language]:
                assert word == " ".join(word.lower().split()), (idea.id, word)


def test_being_near_is_mutual_and_never_to_itself() -> None:
    for idea in ideas().values():
        assert idea.id not in idea.near
        for other in idea.near:
            assert idea.id in ideas()[other].near


def test_who_acts_weighs_less_than_what_is_done() -> None:
    assert weight("people") < weight("acts")


@pytest.mark.parametrize("word", ["chamarra", "mamila", "tetero", "pacha", "chinear", "apapachar", "arrullo"])
def test_regional_words_stand_in_an_idea(word: str) -> None:
    assert any(word in idea.words["es"] for idea in ideas().values())


@pytest.mark.parametrize("name", ["light", "denial", "toward", "unnamed", "endings", "standing_in"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_list_that_serves_the_comparing_is_there(name: str, language: content.Language) -> None:
    assert listed(name, language)


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(ContentError, match="sounds has no es"):
        listed("sounds", "es")


def test_a_kind_without_a_weight_is_named() -> None:
    with pytest.raises(ContentError, match="kind weather"):
        weight("weather")


def test_a_stem_keeps_enough_of_the_word_to_tell_it() -> None:
    assert least_stem() >= 3


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"kind": "acts", "en": ["hop"]}, "hop has no es"),
        ({"kind": "weather", "en": ["hop"], "es": ["brincar"]}, "kind weather"),
        ({"kind": "acts", "near": ["skip"], "en": ["hop"], "es": ["brincar"]}, "hop is near skip"),
    ],
)
def test_a_gap_in_the_file_is_named(
    entry: dict[str, object], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {"weights": {"acts": 1.0}, "idea": {"hop": entry}}
    monkeypatch.setattr("apego.practice.ideas.load", lambda name: broken)
    with pytest.raises(ContentError, match=told):
        ideas.__wrapped__()
