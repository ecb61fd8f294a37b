"""Efforts that a parent told, and the words that met them."""

from __future__ import annotations

import pytest

from apego.listening.efforts import efforts
from tests.conversations import conversation


@pytest.mark.parametrize(
    "told",
    [
        "Anoche le canté la que me cantaba mi abuelita y se durmió.",
        "Le hice los frijolitos aplastados, y los escupió.",
        "I tried putting her down earlier, and it went better.",
        "So I sat on the floor with him until he was done.",
        "We've been reading to her every night since you came.",
        "Empecé a dejarlo agarrar la cuchara él solo.",
    ],
)
def test_an_effort_is_heard(told: str) -> None:
    (finding,) = efforts(conversation(("Luz", told, 0, 4), ("Ana", "Mhm.", 5, 6)))
    assert finding.kind == "effort"
    assert finding.quotes[0].text == told


@pytest.mark.parametrize(
    "told",
    [
        "Tiene once meses y ya le salieron dos dientes.",
        "She is eleven months and she has two teeth now.",
        "El martes nos toca la cita con el doctor, a las tres.",
        "My mom says that he is going to walk any day.",
    ],
)
def test_a_fact_is_no_effort(told: str) -> None:
    assert efforts(conversation(("Luz", told, 0, 4), ("Ana", "Mhm.", 5, 6))) == ()


def test_what_a_parent_says_to_the_child_is_no_telling_of_effort() -> None:
    assert (
        efforts(conversation(("Luz", "Le hice los frijolitos como te gustan.", 0, 4), ("Teo", "¡Ba!", 5, 6)))
        == ()
    )


def test_an_effort_is_told_with_the_words_that_credit_it_rather_than_with_others() -> None:
    (finding,) = efforts(
        conversation(
            ("Luz", "Anoche le canté la de mi abuelita y se durmió.", 0, 4),
            ("Ana", "Se la cantó.", 5, 6, "reflect"),
            ("Luz", "Y hoy le canté otra vez, en el carro.", 7, 9),
            ("Ana", "Usted le dio lo que su abuelita le dio a usted.", 10, 13, "credit"),
        )
    )
    assert finding.kind == "effort-met"
    assert [quote.first for quote in finding.quotes] == [0, 3]


def test_advice_does_not_meet_an_effort() -> None:
    (finding,) = efforts(
        conversation(
            ("Luz", "Probé con quesadilla en pedacitos, y la fue tirando.", 0, 4),
            ("Ana", "Debería darle primero la comida.", 5, 7, "advise"),
        )
    )
    assert finding.kind == "effort"
