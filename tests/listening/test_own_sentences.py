"""What Apego can say to a person passes its own reader: it describes and asks, and does nothing to anybody."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from apego.listening.reader import read
from apego.practice.after_visit import after_visit
from apego.practice.consents import (
    annual_notice,
    before_signing,
    consent_purposes,
    promises,
    rights,
)
from apego.practice.content import LANGUAGES, Language
from apego.practice.first_visit import topics
from apego.practice.gatherings import gathering_parts, starters
from apego.practice.lesson import Sort
from apego.practice.lessons import lessons
from apego.practice.letters import frames
from apego.practice.planning import plan_parts, visit_parts
from apego.practice.sentences import sentences, slots_of
from apego.practice.supports import areas
from apego.practice.visiting import contact_prompts
from tests.practice.wording import texts_in

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
FILLED = {
    "adult": "Luz",
    "adults": "Luz, Teo",
    "child": "Teo",
    "contact": "Ana",
    "credit": "Luz esperó a que él volteara.",
    "day": "3/3",
    "days": "45",
    "moment": "Teo puso la tapa y miró a Luz.",
    "next": "Las tapas a la hora del baño.",
    "party": "Luz",
    "program": "Semillas",
    "reason": "la escuela de Teo",
    "records": "las visitas de marzo",
    "until": "30/6",
    "visitor": "Ana",
}
CONTENT: dict[str, Mapping[str, object]] = {
    "first_visit": topics(),
    "after_visit": after_visit(),
    "planning.plan": plan_parts(),
    "planning.visit": visit_parts(),
    "visit.prompts": contact_prompts(),
    "supports": areas(),
    "consents": consent_purposes(),
    "consents.rights": rights(),
    "consents.notice": {"notice": annual_notice()},
    "consents.lines": {"promises": promises(), "before": before_signing()},
    "letters": frames(),
    "gatherings.parts": gathering_parts(),
    "gatherings": starters(),
}
# What a lesson asks, and says of a sentence that was sorted; its parts teach, and quote what it teaches to leave.
LESSONS = {
    lesson.id: (
        lesson.about,
        *(question.ask for question in lesson.questions),
        *(text for small in lesson.small_practices for text in (small.ask, small.after)),
        *(item.why for small in lesson.small_practices if isinstance(small, Sort) for item in small.items),
    )
    for lesson in lessons().values()
}
# Tags and lists, said to nobody; what may be seen, and safety, are held to their own tests (tests/practice).
WRITTEN = ("name", "things", "see", "safety")


def said(language: Language) -> list[tuple[str, str]]:
    return [
        (key, text[language].format(**PEOPLE, **OTHER))
        for key, text in sentences("reflection").items()
        if not key.startswith(("column", "heading", "the-", "lasting", "you", "too-few"))
    ]


def content(language: Language) -> list[tuple[str, str]]:
    return [
        (f"{file}: {key} {where}", text[language].format(**FILLED))
        for file, things in {**CONTENT, "lessons": LESSONS}.items()
        for key, thing in things.items()
        for where, text in texts_in(thing)
        if not where.endswith(WRITTEN)
    ]


MISREAD = json.loads((Path(__file__).parent.parent / "cases/reader/misread.json").read_text(encoding="utf-8"))
CASES = [
    (language, text, f"{key} {language}")
    for language in LANGUAGES
    for key, text in (*said(language), *content(language))
]


def cases(misread: str, having: str = "") -> list[ParameterSet]:
    """Give the sentences that hold a sign, those that are misread marked to fail."""
    fails = pytest.mark.xfail(strict=True, reason="misread by the reader of today")
    return [
        pytest.param(language, text, id=name, marks=fails if name in MISREAD[misread] else ())
        for language, text, name in CASES
        if having in text
    ]


@pytest.mark.parametrize(("language", "text"), cases("given labels"))
def test_it_neither_judges_nor_advises_nor_interprets_nor_praises_emptily(
    language: Language, text: str
) -> None:
    assert not NEVER & set(read(text).sure)


@pytest.mark.parametrize(("language", "text"), cases("taken for closed", "?"))
def test_its_questions_are_open(language: Language, text: str) -> None:
    for question in re.findall(r"[^.?!]+\?", text):
        chances = read(question.strip()).probabilities
        assert chances["open_question"] > chances["closed_question"], question


@pytest.mark.parametrize("key", sentences("reflection"))
def test_both_languages_have_the_same_slots_and_only_known_ones(key: str) -> None:
    text = sentences("reflection")[key]
    assert slots_of(text.en) == slots_of(text.es)
    assert slots_of(text.en) <= PEOPLE.keys() | OTHER.keys()
