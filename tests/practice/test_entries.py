"""An entry of a content file is read, or refused with its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.practice.content import ContentError, Text
from apego.practice.content.entries import AgedText, ages, ids, rows, text_under

MONTHS = st.integers(0, 60)


@pytest.mark.parametrize(
    "months", ["six", 5.5, True, -1, 61, [], [6], [6, 12, 18], [12, 6], [0, 61], [0, "x"], None]
)
def test_an_age_that_is_none_is_refused_with_its_place(months: Any) -> None:
    with pytest.raises(ContentError, match="routines: bath: months is"):
        ages({"months": months}, "routines: bath")


@given(MONTHS, MONTHS, st.integers(0, 72))
def test_a_text_fits_from_its_first_month_to_its_last(one: int, other: int, child: int) -> None:
    first, last = sorted((one, other))
    fits = AgedText(Text("the lid", "la tapa"), ages({"months": [first, last]}, "lid")).fits(child)
    assert fits == (first <= min(child, 60) <= last)


@pytest.mark.parametrize("entry", [{}, {"name": {}}, {"name": "Bath"}, {"name": ["Bath"]}])
def test_a_name_that_is_no_table_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(ContentError, match="routines: bath has no name"):
        text_under(entry, "name", "routines: bath")


@pytest.mark.parametrize("entry", [{}, {"signs": []}, {"signs": {"en": "a look"}}])
def test_a_list_that_is_missing_or_empty_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(ContentError, match="relationship: notice has no signs"):
        rows(entry, "signs", "relationship: notice")


def test_an_empty_list_of_ids_is_a_decision_and_a_missing_one_is_not() -> None:
    assert ids({"labels": []}, "labels", "care", known=()) == ()
    with pytest.raises(ContentError, match="care has no labels"):
        ids({}, "labels", "care", known=())
