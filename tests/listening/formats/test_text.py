"""Plain text: what the made files do not show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.formats import text
from apego.listening.formats.source import Source
from apego.listening.transcript import Transcript


def read(words: str) -> Transcript:
    return text.read(Source("visit.txt", words.encode()))


TIMED = """
[0:01:02] Ana: Hola
(1:02) Ana: Hola
01:02 Ana: Hola
1:02 - Ana: Hola
[1:02.000 - 1:03.000] Ana: Hola
Ana (1:02): Hola
Ana [00:01:02]: Hola
Ana 1:02: Hola
Ana (00:01:02) / Hola
Ana | 1:02 / Hola
[Ana] 1:02 / Hola
1:02 Ana / Hola
[1:02] / Ana: Hola
1:02 / Ana / Hola
"""


@pytest.mark.parametrize("written", [line.replace(" / ", "\n") for line in TIMED.strip().split("\n")])
def test_a_time_is_found_wherever_it_stands(written: str) -> None:
    turn = read(f"{written}\nLuz: Pase.\nAna: Gracias.").turns[0]
    assert (turn.speaker, turn.text, turn.start_ms) == ("Ana", "Hola", 62_000)


def test_a_paragraph_without_a_name_goes_on_with_the_speaker() -> None:
    found = read("Ana: Hola.\n\n¿Cómo les fue?\nLuz: Bien.")
    assert [(turn.speaker, turn.text) for turn in found.turns] == [
        ("Ana", "Hola. ¿Cómo les fue?"),
        ("Luz", "Bien."),
    ]


def test_a_time_without_a_name_begins_a_turn_of_the_same_speaker() -> None:
    found = read("[0:01] Ana: Hola.\n[0:05] ¿Cómo les fue?\n[0:09] Luz: Bien.")
    assert [(turn.speaker, turn.start_ms) for turn in found.turns] == [
        ("Ana", 1_000),
        ("Ana", 5_000),
        ("Luz", 9_000),
    ]


def test_a_name_without_words_is_listed() -> None:
    found = read("Ana: Hola.\nLuz:\nAna: ¿Luz?")
    assert len(found.turns) == 2
    assert [(repair.line, repair.code) for repair in found.repairs] == [(2, "transcripts.repair-no-words")]


def test_long_talk_before_the_first_name_is_kept_without_a_name() -> None:
    found = read("\n".join(f"Línea {number}." for number in range(20)) + "\nAna: Hola.\nLuz: Sí.\nAna: Ya.")
    assert found.turns[0].speaker == ""
    assert found.turns[0].text.startswith("Línea 0.")


def test_a_hundred_thousand_signs_in_one_line_are_read_at_once() -> None:
    found = read("Ana: " + "mire ya se paró " * 30_000)
    assert found.turns[0].words == 120_000


@given(
    st.lists(
        st.tuples(st.sampled_from(["Ana", "Luz", "Mamá"]), st.sampled_from(["hola", "ya viene", "¿sí?"]))
    )
)
def test_lines_with_names_come_back_as_they_were_written(said: list[tuple[str, str]]) -> None:
    found = read("\n".join(f"{name}: {words}" for name, words in said))
    assert [(turn.speaker, turn.text) for turn in found.turns] == said


@given(st.text())
def test_no_letter_of_an_unnamed_text_is_lost(words: str) -> None:
    found = read(words.replace(":", " ").replace("：", " ").replace("\t", " "))
    kept = "".join(turn.text for turn in found.turns)
    if not found.repairs or found.repairs[0].code == "transcripts.repair-no-speakers":
        letters = [sign for sign in words if sign.isalpha()]
        assert [sign for sign in kept if sign.isalpha()] == letters


def test_a_broken_time_in_brackets_costs_only_itself() -> None:
    found = read("[00:09:01] Ana: Hola\n[00:09:025] Luz: Pase\n[00:09:30] Ana: Gracias")
    assert [(turn.speaker, turn.start_ms) for turn in found.turns][1] == ("Luz", None)
    assert [(repair.line, repair.code) for repair in found.repairs] == [(2, "transcripts.repair-time")]


def test_lines_without_names_and_without_full_stops_stay_apart() -> None:
    found = read("Llegué a las nueve\nLa niña dormía\nen el sillón\nLa mamá cantaba")
    assert [turn.text for turn in found.turns] == [
        "Llegué a las nueve",
        "La niña dormía en el sillón",
        "La mamá cantaba",
    ]
