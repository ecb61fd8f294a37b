"""The frames of a letter are whole, hold no fact of their own, and take any sentence of the record."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.practice import letters as letters_module
from apego.practice.content import LANGUAGES, ContentError, Language, Text, load
from apego.practice.letters import SLOTS, Frame, frame, frames
from apego.practice.quoting import within
from apego.practice.sentences import slots_of
from tests.practice.wording import faults

FILLED = {
    "adult": "Luz",
    "child": "Teo",
    "day": "3/3",
    "moment": "He put the lid on.",
    "credit": "You waited.",
    "next": "The lids.",
    "visitor": "Ana",
}
VARIANTS_AT_LEAST = 3
VARIANTS = [
    pytest.param(one, number, id=f"{one.id} {number}")
    for one in frames().values()
    for number in range(len(one.variants))
]


@pytest.mark.parametrize(("one", "number"), VARIANTS)
def test_a_variant_is_whole(one: Frame, number: int) -> None:
    variant = one.variants[number]
    said = Text(variant.en.format(**FILLED), variant.es.format(**FILLED))
    no_sentence = {"no stop at the end"} if one.id in ("opening", "signature") else set()
    assert {fault.removeprefix(": ") for fault in faults(said)} <= no_sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("one", "number"), VARIANTS)
def test_a_variant_takes_no_other_slot_than_its_frame(one: Frame, number: int, language: Language) -> None:
    assert slots_of(one.variants[number][language]) <= set(one.slots)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("frame_id", ["moment", "credit", "next"])
def test_words_of_the_record_stand_quoted_after_a_colon_and_end_the_line(
    frame_id: str, language: Language
) -> None:
    for variant in frame(frame_id).variants:
        assert variant[language].endswith(f": “{{{frame_id}}}”")


@pytest.mark.parametrize("frame_id", frames())
def test_a_frame_is_said_in_several_ways(frame_id: str) -> None:
    one = frame(frame_id)
    assert faults(one.what) == []
    assert len(one.variants) >= VARIANTS_AT_LEAST
    assert len({variant.en for variant in one.variants}) == len(one.variants)
    assert {one.variant(str(visit)) for visit in range(100)} == set(one.variants)


def test_the_ids_and_slots_are_permanent() -> None:
    assert tuple(frames()) == ("opening", "moment", "credit", "next", "closing", "signature")
    assert SLOTS == ("adult", "child", "day", "moment", "credit", "next", "visitor")


def test_the_same_visit_is_told_the_same_way_on_every_machine() -> None:
    assert [frame(one).variants.index(frame(one).variant("visit 7")) for one in frames()] == [
        1,
        3,
        1,
        0,
        0,
        1,
    ]


@given(st.text(min_size=1).filter(lambda words: words.strip()), st.sampled_from(LANGUAGES))
def test_any_sentence_of_the_record_can_be_quoted(words: str, language: Language) -> None:
    said = frame("moment").said(language, "k", child="Teo", day="3/3", moment=words)
    quoted = said[said.index("“") + 1 : -1]
    assert quoted == within(" ".join(words.split()))


def test_a_letter_has_no_gaps() -> None:
    with pytest.raises(ContentError, match="letters: moment is not filled in: day, moment"):
        frame("moment").said("en", "k", child="Teo", moment=" ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"slots": ["weather"]}, "letters: next, slots: there is no weather"),
        ({"variants": []}, "letters: next has no variants"),
        ({"what": {"en": "Next."}}, "letters: next, what has no es"),
    ],
)
def test_a_broken_frame_is_refused_by_name(
    change: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = copy.deepcopy(load("letters"))
    broken["next"] |= change
    monkeypatch.setattr(letters_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match=said):
        frames.__wrapped__()


def test_a_frame_that_is_not_there_is_refused() -> None:
    with pytest.raises(ContentError, match="letters: there is no advice"):
        frame("advice")
