"""Between parent and child: what is told as a scene, and what is left alone."""

from __future__ import annotations

from apego.listening.exchanges import exchanges, meeting, repairs, scenes
from tests.conversations import conversation

POT = (
    ("Teo", "[bangs the pot]", 0, 1),
    ("Luz", "¿Otra vez?", 1.5, 2),
    ("Teo", "¡Ba! [laughs]", 3, 4),
    ("Luz", "¡Ba! [laughs]", 4.2, 5),
    ("Teo", "¡Ba!", 5.5, 6),
)
QUARREL = (
    ("Luz", "Déjame te enseño.", 0, 2),
    ("Teo", "[cries]", 2.5, 6),
    ("Luz", "Perdón, mi rey. Aquí estoy.", 7, 9),
    ("Teo", "[leans on Luz's arm]", 12, 13),
    ("Luz", "¿Vamos otra vez?", 13.5, 15),
)


def test_turns_back_and_forth_are_one_exchange() -> None:
    (found,) = exchanges(conversation(*POT))
    assert (found.first, found.last, found.laughter, found.child_began) == (0, 4, True, True)


def test_a_visitor_s_word_ends_an_exchange() -> None:
    parted = (*POT[:2], ("Ana", "Le contestó.", 2.2, 2.8), *POT[2:4])
    assert exchanges(conversation(*parted)) == ()


def test_five_seconds_of_quiet_end_an_exchange() -> None:
    slow = [(who, said, at * 6, at * 6 + 1) for at, (who, said, *_) in enumerate(POT)]
    assert exchanges(conversation(*slow)) == ()


def test_without_times_turns_in_a_row_are_an_exchange() -> None:
    assert len(exchanges(conversation(*((who, said) for who, said, *_ in POT)))) == 1


def test_the_moment_to_return_to_quotes_the_child_and_the_answer() -> None:
    finding = meeting(conversation(*POT))
    assert finding is not None
    assert finding.kind == "met-laughter"
    assert [quote.text for quote in finding.quotes] == ["¡Ba! [laughs]", "¡Ba! [laughs]"]


def test_where_a_child_protests_is_no_moment_to_return_to_but_a_repair() -> None:
    talk = conversation(*QUARREL)
    assert meeting(talk) is None
    (repair,) = repairs(talk)
    assert repair.kind == "repair"
    assert [quote.first for quote in repair.quotes] == [1, 2, 3, 4]


def test_comfort_without_a_meeting_after_it_is_told_as_comfort() -> None:
    (comforted,) = repairs(conversation(*QUARREL[:3]))
    assert comforted.kind == "comforted"


def test_a_cry_that_nobody_answers_is_not_told() -> None:
    assert repairs(conversation(("Teo", "[cries]", 0, 3), ("Ana", "¿Qué le pasó?", 4, 5))) == ()


def test_a_child_s_no_to_a_question_is_no_protest() -> None:
    assert (
        repairs(
            conversation(("Luz", "¿Tienes hambre?", 0, 1), ("Teo", "No.", 2, 3), ("Luz", "Ven acá.", 4, 5))
        )
        == ()
    )


def test_a_reaching_out_that_was_answered_is_told() -> None:
    (answered,) = scenes(conversation(("Teo", "Aba. [points at his cup]", 0, 2), ("Luz", "¿Agua?", 3, 4)))
    assert answered.kind == "answered"


def test_a_protest_ends_an_exchange() -> None:
    ended = (*POT[:3], ("Teo", "[cries]", 4.1, 5), ("Luz", "Ay.", 5.5, 6), ("Teo", "Ba.", 6.5, 7))
    assert exchanges(conversation(*ended)) == ()


def test_a_no_is_not_told_as_finding_each_other() -> None:
    again = (*QUARREL[:4], ("Luz", "No, no, no lo avientes.", 13.5, 15))
    assert [finding.kind for finding in repairs(conversation(*again))] == ["comforted"]


def test_sounds_alone_are_no_scene() -> None:
    assert exchanges(conversation(*[("Teo", "[babbles]", 0, 1), ("Luz", "[hums]", 2, 3)] * 3)) == ()


def test_what_opened_the_reflection_is_not_told_twice() -> None:
    talk = conversation(*POT)
    assert scenes(talk, besides=meeting(talk)) == ()
