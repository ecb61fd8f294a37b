"""Laughter, song, crying, acts: how transcripts write them, and what they become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.formats.marks import bracketed, marks_of
from apego.listening.transcript import Mark, outside_brackets

CASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "cases" / "marks.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["marked"], ids=lambda case: case["text"])
def test_a_text_is_marked_as_its_case_says(case: dict[str, Any]) -> None:
    assert marks_of(bracketed(case["text"])) == {Mark(mark) for mark in case["marks"]}


@pytest.mark.parametrize("case", CASES["bracketed"], ids=lambda case: case["text"])
def test_a_sound_moves_into_square_brackets(case: dict[str, Any]) -> None:
    assert bracketed(case["text"]) == case["becomes"]


@pytest.mark.parametrize("text", CASES["negative"])
def test_what_somebody_says_is_no_mark_and_stays_where_it_is(text: str) -> None:
    assert marks_of(text) == frozenset()
    assert bracketed(text) == text


@given(st.text())
def test_any_text_keeps_every_letter_that_stands_in_no_bracket(text: str) -> None:
    moved = bracketed(text)
    marks_of(moved)
    assert len(moved) == len(text)
    assert bracketed(moved) == moved


@given(st.text(alphabet="ab [](){}♪*", max_size=30))
def test_only_what_stands_in_brackets_or_sings_is_marked(text: str) -> None:
    if not marks_of(outside_brackets(text)) and "[" not in text:
        assert marks_of(text) == frozenset()
