"""Which language a turn is spoken in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What did she do when you left the room?", "en"),
        ("what did she do", "en"),
        ("¿Qué hizo cuando usted salió?", "es"),
        ("que hizo cuando usted salio", "es"),
        ("Pues sí, ya se durmió.", "es"),
        ("Cuénteme de la cita, how did it go?", "mixed"),
        ("She wants her abuela, por eso está llorando.", "mixed"),
        ("Okay.", "en"),
        ("Mm-hmm.", None),
        ("3, 4, 5", None),
        ("", None),
        ("👶", None),
        ("No.", None),
    ],
)
def test_a_turn_has_the_language_of_its_words(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_one_borrowed_word_does_not_make_a_long_turn_mixed() -> None:
    turn = "La llevamos al doctor y luego al playground con los otros niños porque quería jugar, okay."
    assert language_of(turn) == "es"


@given(st.text(max_size=120))
def test_any_text_gets_an_answer(text: str) -> None:
    assert language_of(text) in ("en", "es", "mixed", None)
