"""Words are cut into the pieces that the reader was trained on, and no others."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening import model
from apego.listening.pieces import Pieces

FILE = Path(__file__).parents[1] / "cases" / "pieces.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
SMALL = [
    ("<unk>", 0.0),
    ("▁", -2.0),
    ("a", -3.0),
    ("b", -3.5),
    ("ab", -4.0),
    ("▁a", -4.5),
    ("ba", -5.0),
    ("bab", -8.0),
]


def test_every_text_is_cut_as_the_library_cuts_it() -> None:
    pieces = model.load().encoder.pieces
    cut = [[number for word in pieces.of_text(case["text"]) for number in word] for case in CASES]
    assert cut == [case["pieces"] for case in CASES]
    assert len(CASES) >= 150


@given(st.text("ab", min_size=1, max_size=7))
def test_no_other_way_to_cut_a_word_is_likelier(word: str) -> None:
    pieces = Pieces(SMALL)
    best = max(score for score, _ in ways("▁" + word))
    assert sum(SMALL[number][1] for number in pieces.of_word(word)) == pytest.approx(best)


def ways(rest: str) -> list[tuple[float, tuple[str, ...]]]:
    """Give every way to cut what is left, with its score, by trying them all."""
    if not rest:
        return [(0.0, ())]
    known = {piece: score for piece, score in SMALL if rest.startswith(piece)}
    return [
        (score + after, (piece, *others))
        for piece, score in known.items()
        for after, others in ways(rest[len(piece) :])
    ]


@given(st.text(max_size=80))
def test_any_text_has_a_number_for_each_piece(text: str) -> None:
    pieces = model.load().encoder.pieces
    words = pieces.of_text(text)
    assert all(words)
    assert all(0 <= number < len(pieces) for word in words for number in word)


@pytest.mark.parametrize(("one", "other"), [("nin\u0303a", "niña"), ("ﬁn", "fin"), ("Ｑué", "Qué")])
def test_what_unicode_holds_equal_is_cut_alike(one: str, other: str) -> None:
    assert model.load().encoder.pieces.of_text(one) == model.load().encoder.pieces.of_text(other)


def test_a_word_asked_again_is_answered_alike() -> None:
    pieces = Pieces(SMALL)
    words = ["".join(letters) for letters in product("ab", repeat=4)]
    assert [pieces.of_word(word) for word in words] == [pieces.of_word(word) for word in words]


def test_what_no_piece_covers_is_unknown_once() -> None:
    assert Pieces(SMALL).of_word("axxxb") == (5, 0, 3)
