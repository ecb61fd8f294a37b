"""Stops are put in where speech recognition left them out, and every place still leads to what was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.reader import read
from apego.listening.stops import ENDINGS, stopped

BARE = st.lists(st.text("abcñé'0", min_size=1, max_size=6), min_size=1, max_size=12)


@given(BARE, st.data())
def test_only_stops_are_added_and_every_other_sign_is_found_again(
    words: list[str], data: st.DataObject
) -> None:
    text = "  ".join(words)
    signs = data.draw(st.lists(st.sampled_from(ENDINGS), min_size=len(words), max_size=len(words)))
    written = stopped(text, signs)
    kept = [place for place in range(len(written.text)) if place not in written.put]
    assert "".join(written.text[place] for place in kept) == text
    assert all(text[written.said(place)] == written.text[place] for place in kept)
    assert written.text.rstrip()[-1] in ".?"


@pytest.mark.parametrize("text", ["She naps. then what", "y luego…", "really?", "", "   "])
def test_who_sets_stops_is_left_alone(text: str) -> None:
    assert stopped(text, ["?"] * len(text.split())).text == text


TURN = "you kept singing the whole time and she quit crying what do you usually sing to her at night"


def test_a_turn_without_stops_is_read_sentence_by_sentence() -> None:
    reading = read(TURN)
    assert {"credit", "open_question"} <= set(reading.labels)
    carried = {reason.label: TURN[reason.start : reason.end] for reason in reading.reasons}
    assert carried["open_question"].startswith("what do you usually sing")
    assert carried["open_question"].endswith("at night")
