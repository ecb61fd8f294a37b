"""Every sentence that Apego can say: whole in both languages, and its slots the same."""

from __future__ import annotations

import pytest

from apego.practice.content import LANGUAGES, ContentError
from apego.practice.sentences import SUBJECTS, say, sentences, slots_of

EVERY = [(subject, key) for subject in SUBJECTS for key in sentences(subject)]


@pytest.mark.parametrize(("subject", "key"), EVERY, ids=[f"{subject}.{key}" for subject, key in EVERY])
def test_it_has_the_same_slots_in_both_languages_and_can_be_said(subject: str, key: str) -> None:
    text = sentences(subject)[key]
    assert slots_of(text.en) == slots_of(text.es)
    for language in LANGUAGES:
        said = say(f"{subject}.{key}", language, **dict.fromkeys(slots_of(text.en), "Luz"))
        assert said.strip() == said
        assert "  " not in said.replace("\n  ", "\n")


def test_no_two_keys_of_a_subject_say_the_same_thing_in_one_language_only() -> None:
    for subject in SUBJECTS:
        by_english: dict[str, set[str]] = {}
        for text in sentences(subject).values():
            by_english.setdefault(text.en, set()).add(text.es)
        assert all(len(spanish) == 1 for spanish in by_english.values())


def test_a_sentence_that_is_not_there_is_named() -> None:
    with pytest.raises(ContentError, match=r"reflection\.nothing"):
        say("reflection.nothing", "en")


def test_a_slot_that_is_left_empty_is_named() -> None:
    with pytest.raises(ContentError, match="path"):
        say("transcripts.missing", "es")
