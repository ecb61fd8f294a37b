"""The words ready for a visit are whole: enough of them for every purpose, both languages, every age."""

from __future__ import annotations

import copy
from collections import Counter

import pytest

from apego.practice import questions as questions_module
from apego.practice.content import LANGUAGES, ContentError, Language, load
from apego.practice.practices import practice
from apego.practice.questions import purpose, purposes
from tests.practice.wording import faults

SENTENCES_AT_LEAST = 8
AT_EVERY_AGE = 3


@pytest.mark.parametrize("purpose_id", purposes())
def test_a_purpose_is_whole(purpose_id: str) -> None:
    one = purpose(purpose_id)
    assert faults(one) == []
    assert len(one.sentences) >= SENTENCES_AT_LEAST
    assert practice(one.practice)


@pytest.mark.parametrize("purpose_id", purposes())
def test_a_purpose_has_sentences_for_every_age(purpose_id: str) -> None:
    one = purpose(purpose_id)
    assert [months for months in range(73) if len(one.for_age(months)) < AT_EVERY_AGE] == []


def test_the_ids_are_permanent() -> None:
    assert tuple(purposes()) == (
        "likes", "hard", "view", "telling", "tried", "being_parent", "planning", "after_story",
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_serves_two_purposes(language: Language) -> None:
    said = Counter(sentence.text[language] for one in purposes().values() for sentence in one.sentences)
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_what_fits_the_age_stands_before_what_fits_every_age() -> None:
    for months in (2, 14, 50):
        texts = purpose("hard").for_age(months)
        every_age = {sentence.text for sentence in purpose("hard").sentences if sentence.months == (0, 60)}
        assert set(texts[-len(every_age) :]) == every_age


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"practice": "lecture"}, "questions: hard, practice: there is no lecture"),
        ({"labels": ["reflekt"]}, "questions: hard, labels: there is no reflekt"),
        ({"sentences": []}, "questions: hard has no sentences"),
        ({"sentences": [{"en": "How?"}]}, "questions: hard, sentences 1 has no es"),
    ],
)
def test_a_broken_purpose_is_refused_by_name(
    change: dict[str, object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = copy.deepcopy(load("questions"))
    broken["purposes"]["hard"] |= change
    monkeypatch.setattr(questions_module, "load", lambda name: broken if name == "questions" else load(name))
    with pytest.raises(ContentError, match=said):
        purposes.__wrapped__()


def test_a_purpose_that_is_not_there_is_refused() -> None:
    with pytest.raises(ContentError, match="there is no quiz"):
        purpose("quiz")
