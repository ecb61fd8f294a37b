"""Words and sentences of a text, and their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.words import LONGEST_WORD, sentences, words


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He smiled. You waited!", ["He smiled.", "You waited!"]),
        ("¿Ya comió? ¡Qué bueno!", ["¿Ya comió?", "¡Qué bueno!"]),
        ("Oiga, ¿ya comió?", ["Oiga, ¿ya comió?"]),
        ("Dr. Ruiz saw him at 9 a.m. today.", ["Dr. Ruiz saw him at 9 a.m. today."]),
        ("La Sra. Paz y Ud. hablaron.", ["La Sra. Paz y Ud. hablaron."]),
        ("He weighs 3.5 kilos. Good.", ["He weighs 3.5 kilos.", "Good."]),
        ("she... she looked", ["she... she looked"]),
        ("Well… You know.", ["Well…", "You know."]),
        ('She said "no." Then she ran.', ['She said "no."', "Then she ran."]),
        ("one line\nanother line", ["one line", "another line"]),
        ("so what did she do then", ["so what did she do then"]),
        ("[laughs] Sí. [points]", ["Sí."]),
        ("... ?! —", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_decomposed_accent_is_the_letter_itself() -> None:
    assert [word.text for word in words("que\u0301 nin\u0303a")] == ["qué", "niña"]


def test_a_word_without_end_is_cut() -> None:
    assert len(words("a" * 5000)[0].text) == LONGEST_WORD


@given(st.text(max_size=200))
def test_every_word_stands_in_the_text_and_in_order(text: str) -> None:
    found = words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)


@given(st.text(alphabet="ab. ?¿!\n…'[]", max_size=80))
def test_sentences_never_overlap(text: str) -> None:
    ends = [0]
    for span in sentences(text):
        assert ends[-1] <= span.start < span.end <= len(text)
        ends.append(span.end)
