"""What came next: a visitor's words beside the parent's, and what is left unsaid about both."""

from __future__ import annotations

import pytest

from apego.listening.replies import (
    after_open_questions,
    after_reflections,
    questions_in_a_row,
    unfinished_stories,
)
from tests.conversations import Line, conversation

ANSWER = "Sí, y es que nadie me dijo que iba a ser así, y anoche le canté."


def test_a_reflection_is_told_with_what_the_parent_said_then() -> None:
    talk = conversation(("Ana", "Las noches pesan más.", 0, 2, "reflect"), ("Luz", ANSWER, 3, 8))
    (finding,) = after_reflections(talk)
    assert [quote.text for quote in finding.quotes] == ["Las noches pesan más.", ANSWER]


def test_a_reply_of_one_word_is_not_held_against_anybody() -> None:
    assert after_reflections(conversation(("Ana", "Pesan.", 0, 1, "reflect"), ("Luz", "Ajá.", 2, 3))) == ()


def test_an_open_question_at_the_end_of_her_turn_counts_and_one_that_nobody_answers_does_not() -> None:
    talk = conversation(
        ("Ana", "¿Cómo les fue?", 0, 1, "open_question"), ("Luz", ANSWER, 2, 6),
        ("Ana", "¿Y qué más?", 7, 8, "open_question"), ("Teo", "¡Ba!", 9, 10),
    )  # fmt: skip
    assert [quote.first for finding in after_open_questions(talk) for quote in finding.quotes] == [0, 1]


ROW: tuple[Line, ...] = (
    ("Ana", "¿Ya fue a su cita?", 0, 1, "closed_question"), ("Luz", "Sí.", 2, 3),
    ("Ana", "¿Y el dentista?", 4, 5, "closed_question"), ("Luz", "Todavía no.", 6, 7),
    ("Ana", "¿Siguen con el WIC?", 8, 9, "closed_question"), ("Luz", "Ajá.", 10, 11),
)  # fmt: skip


def test_three_questions_with_short_answers_are_told_by_the_answers() -> None:
    (finding,) = questions_in_a_row(conversation(*ROW))
    assert [quote.text for quote in finding.quotes] == ["¿Ya fue a su cita?", "Sí.", "Todavía no.", "Ajá."]


@pytest.mark.parametrize(
    "instead",
    [
        (
            "Luz",
            "No, fíjese que llamé tres veces y me dijeron que hasta enero, y ya no supe qué hacer.",
            6,
            9,
        ),
        ("Ana", "¿Y el dentista? Han sido muchas vueltas.", 4, 5, "closed_question reflect"),
    ],
    ids=["a long answer", "a reflection"],
)
def test_a_row_ends_where_there_was_room(instead: Line) -> None:
    parted = [instead if line[2:3] == instead[2:3] else line for line in ROW]
    assert questions_in_a_row(conversation(*parted)) == ()


SHOP: Line = (
    "Luz",
    "El sábado en la tienda una señora me dijo algo, y Nico me vio la cara, y yo como que...",
    0,
    8,
)
FORM: Line = ("Ana", "Antes de que se me vaya, la hoja de salud.", 7.5, 10)


def test_a_story_that_broke_off_is_offered_again() -> None:
    (finding,) = unfinished_stories(conversation(SHOP, FORM, ("Luz", "Ajá, sí.", 11, 12)))
    assert finding.quotes[0].text.endswith("y yo como que...")


@pytest.mark.parametrize(
    "after",
    [
        (("Ana", "¿Y luego qué pasó?", 9, 10, "open_question"), ("Luz", "Pues nada.", 11, 12)),
        (("Ana", "Eso dolió.", 9, 10, "reflect"), ("Luz", "Sí.", 11, 12)),
        (
            FORM,
            (
                "Luz",
                "Sí, pero le decía, la señora esa me dijo que le hablara yo en inglés a mi hijo.",
                11,
                16,
            ),
        ),
    ],
    ids=["asked on", "said back", "taken up by the parent"],
)
def test_a_story_that_was_heard_is_not_called_unfinished(after: tuple[Line, ...]) -> None:
    assert unfinished_stories(conversation(SHOP, *after)) == ()


def test_a_story_that_came_to_its_end_is_not_called_unfinished() -> None:
    ended: Line = (
        "Luz",
        "El sábado en la tienda una señora me dijo algo, y yo le contesté que así hablamos.",
        0,
        7,
    )
    assert (
        unfinished_stories(conversation(ended, ("Ana", "La hoja de salud.", 8, 9), ("Luz", "Sí.", 10, 11)))
        == ()
    )
