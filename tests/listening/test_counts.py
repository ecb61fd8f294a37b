"""The counts: as defined, silent below ten cases, and never in a sentence."""

from __future__ import annotations

import pytest

from apego.listening.counts import counts
from tests.conversations import Line, conversation


def value(measure: str, who: str, *lines: Line) -> float | None:
    (found,) = [
        count for count in counts(conversation(*lines)) if count.measure == measure and who in count.who
    ]
    return found.value


def test_words_are_those_spoken_and_not_the_acts() -> None:
    assert value("words", "Teo", ("Teo", "Ta. [holds the lid out]", 0, 1)) == 1


def test_the_parts_of_the_words_make_a_whole() -> None:
    found = counts(conversation(("Ana", "one two three four", 0, 1), ("Luz", "a b c d e f g h i j", 2, 3)))
    assert sum(count.value or 0 for count in found if count.measure == "talk_share") == pytest.approx(1)


def asking(reflections: int, questions: int) -> list[Line]:
    said: Line = ("Ana", "So that is hard.", 0, 1, "reflect")
    asked: Line = ("Ana", "And what then?", 0, 1, "open_question")
    return [said] * reflections + [asked] * questions


@pytest.mark.parametrize(
    ("reflections", "questions", "ratio"),
    [(6, 4, 1.5), (5, 4, None), (10, 0, None), (0, 10, 0.0)],
    ids=["ten", "nine", "no questions", "no reflections"],
)
def test_reflections_for_each_question(reflections: int, questions: int, ratio: float | None) -> None:
    assert value("reflections_for_each_question", "Ana", *asking(reflections, questions)) == ratio


@pytest.mark.parametrize(
    ("gap", "within_2", "within_5"),
    [(1, 10, 10), (2, 10, 10), (2.1, 0, 10), (5, 0, 10), (5.1, 0, 0), (-0.5, 10, 10)],
)
def test_an_answer_counts_within_its_window(gap: float, within_2: int, within_5: int) -> None:
    lines: list[Line] = []
    for at in range(0, 200, 20):
        lines += [("Teo", "¡Ba!", at, at + 1), ("Luz", "¿Sí?", at + 1 + gap, at + 2 + gap)]
    assert value("answered_within_2_s", "Luz", *lines) == within_2
    assert value("answered_within_5_s", "Luz", *lines) == within_5


def test_without_times_nothing_is_counted_that_needs_them() -> None:
    measures = {count.measure for count in counts(conversation(("Teo", "¡Ba!"), ("Luz", "¿Sí?")))}
    assert measures == {"words", "talk_share"}


def test_below_ten_cases_a_count_of_turns_is_silent_and_its_n_is_given() -> None:
    found = counts(conversation(("Teo", "¡Ba!", 0, 1), ("Luz", "¿Sí?", 2, 3)))
    (turns,) = [count for count in found if count.measure == "turns_of_conversation"]
    assert (turns.value, turns.n) == (None, 2)
