"""The cues: both languages, plain phrases, no phrase twice in a list."""

from __future__ import annotations

import pytest

from apego.practice.content import LANGUAGES
from apego.practice.cues import LONGEST_PHRASE, Cue, cues

ONE_LANGUAGE_ONLY = {
    "past_act_en",
    "going_on",
    "past_act_es",
    "was_es",
    "command_form",
    "parent_named_behind",
}


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: cue.id)
def test_a_cue_has_words_in_both_languages_unless_its_form_is_of_one(cue: Cue) -> None:
    if cue.id not in ONE_LANGUAGE_ONLY:
        assert all(cue.phrases[language] for language in LANGUAGES)


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: cue.id)
def test_its_phrases_are_small_letters_without_punctuation(cue: Cue) -> None:
    for language in LANGUAGES:
        for phrase in cue.phrases[language]:
            assert phrase == phrase.lower().strip()
            assert 0 < len(phrase.split()) <= LONGEST_PHRASE
            assert not set(phrase) & set(".,;:?!¿¡|()")


def test_ids_are_unique_and_say_what_they_are() -> None:
    found = cues()
    assert len({cue.id for cue in found}) == len(found) > 50
    assert all(cue.about for cue in found)
