"""Quotation marks within quotation marks, as people write, say and type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.practice.quoting import quoted, within

MARKS = str.maketrans("", "", '“”‘’«»"')


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("She waited.", "“She waited.”"),
        ("You said “the best part.”", "“You said ‘the best part.’”"),
        ("Usted dijo «lo mejor», y se rió.", "“Usted dijo ‘lo mejor’, y se rió.”"),
        ('Dad said "you did it."', "“Dad said ‘you did it.’”"),
        ('Dice "¿dónde está?" y "¡aquí!".', "“Dice ‘¿dónde está?’ y ‘¡aquí!’.”"),
        ("“Look,” I said, “there.”", "“‘Look,’ I said, ‘there.’”"),
        ("He told me: “She says ‘mine’ now.”", "“He told me: ‘She says “mine” now.’”"),
        ("‘Mine’ is her word.", "“‘Mine’ is her word.”"),
        ("I don’t, the babies’ bottles, ’cause she’s out.", "“I don’t, the babies’ bottles, ’cause she’s out.”"),
        ("“I didn’t,” he said.", "“‘I didn’t,’ he said.”"),
        ("the best part.”", "“the best part.’”"),
        ("and then “he", "“and then ‘he”"),
        ("“Casi se la doy.”", "“Casi se la doy.”"),
        ("«Casi se la doy.»", "“Casi se la doy.”"),
        ("", "“”"),
        ("“", "“‘”"),
    ],
)  # fmt: skip
def test_what_is_quoted_within_stands_in_single_marks(words: str, expected: str) -> None:
    assert quoted(words) == expected


@given(st.text(alphabet="ab .“”‘’«»\"'", max_size=40))
def test_nothing_but_marks_is_changed(words: str) -> None:
    assert within(words).translate(MARKS) == words.translate(MARKS)
    assert len(within(words)) == len(words)


@given(st.text(alphabet="ab .“”", max_size=40))
def test_no_double_mark_stands_directly_in_a_double_mark(words: str) -> None:
    open_marks = 0
    for sign in quoted(words)[1:-1]:
        open_marks = max(0, open_marks + {"‘": 1, "’": -1}.get(sign, 0))
        assert sign not in "“”" or open_marks > 0
