"""What a reflection can say passes Apego's own reader: it describes and asks, and does nothing to anybody."""

from __future__ import annotations

import re

import pytest

from apego.listening.reader import read
from apego.practice.content import LANGUAGES, Language
from apego.practice.sentences import sentences, slots_of

NEVER = {"judge", "advise", "interpret", "vague_praise"}
PEOPLE = {
    "parent": "Luz",
    "child": "Teo",
    "speaker": "Luz",
    "first": "Teo",
    "second": "Luz",
    "people": "Luz y Teo",
}
OTHER = {"start": "00:00", "end": "52:00", "minutes": "4"}


def said(language: Language) -> list[tuple[str, str]]:
    return [
        (key, text[language].format(**PEOPLE, **OTHER))
        for key, text in sentences("reflection").items()
        if not key.startswith(("column", "heading", "the-", "lasting", "you", "too-few"))
    ]


CASES = [
    pytest.param(language, text, id=f"{key} {language}")
    for language in LANGUAGES
    for key, text in said(language)
]


@pytest.mark.parametrize(("language", "text"), CASES)
def test_it_neither_judges_nor_advises_nor_interprets_nor_praises_emptily(
    language: Language, text: str
) -> None:
    assert not NEVER & set(read(text).labels)


@pytest.mark.parametrize(("language", "text"), [case for case in CASES if "?" in str(case.values[1])])
def test_its_questions_are_open(language: Language, text: str) -> None:
    for question in re.findall(r"[^.?!]+\?", text):
        chances = read(question.strip()).probabilities
        assert chances["open_question"] > chances["closed_question"], question


@pytest.mark.parametrize("key", sentences("reflection"))
def test_both_languages_have_the_same_slots_and_only_known_ones(key: str) -> None:
    text = sentences("reflection")[key]
    assert slots_of(text.en) == slots_of(text.es)
    assert slots_of(text.en) <= PEOPLE.keys() | OTHER.keys()
