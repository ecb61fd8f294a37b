"""Who is who: as given, as stated, as guessed with the reason, and nobody where nothing tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.formats.marks import marks_of
from apego.listening.people import Cast, Guessed, SpeakerUnknown, who_is_who
from apego.listening.transcript import Role, Transcript, Turn
from apego.practice.content import LANGUAGES
from apego.practice.sentences import say

CASES = json.loads((Path(__file__).parents[1] / "cases" / "people.json").read_text(encoding="utf-8"))
Case = dict[str, Any]


def talk(*said: tuple[str, str], stated: dict[str, Role] | None = None) -> Transcript:
    turns = tuple(Turn(speaker, text, marks=marks_of(text)) for speaker, text in said)
    return Transcript(turns, stated=stated or {})


def roles(cast: Cast) -> dict[str, Role]:
    return {turn.speaker: turn.role for turn in cast.transcript.turns}


def check(case: Case) -> None:
    cast = who_is_who(talk(*case["said"]))
    guessed = {
        each.speaker: [each.role.value, each.why.removeprefix("transcripts.guess-")] for each in cast.guessed
    }
    assert guessed == case["who"]
    assert roles(cast) == {speaker: role for speaker, (role, _) in case["who"].items()}


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_people_are_guessed_with_a_reason(case: Case) -> None:
    check(case)


@pytest.mark.xfail(reason="a known limit", raises=AssertionError)
@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda case: case["name"])
def test_people_not_yet_known(case: Case) -> None:
    check(case)


def test_what_the_file_states_is_no_guess() -> None:
    cast = who_is_who(
        talk(("Rosa", "Hola."), ("Beto", "Ba."), stated={"Rosa": Role.PARENT, "Beto": Role.CHILD})
    )
    assert cast.guessed == ()
    assert roles(cast) == {"Rosa": Role.PARENT, "Beto": Role.CHILD}


def test_a_name_that_is_given_stands_above_what_the_file_states() -> None:
    visit = talk(
        ("PAR", "What is that?"), ("INV", "A dog."), stated={"PAR": Role.VISITOR, "INV": Role.VISITOR}
    )
    assert roles(who_is_who(visit, visitor=["PAR"], parent=["INV"])) == {
        "PAR": Role.VISITOR,
        "INV": Role.PARENT,
    }


def test_a_name_that_is_given_overrules_a_guess() -> None:
    visit = talk(("Ana", "¿Cómo le ha ido?"), ("Luz", "Bien, mi hija ya camina."))
    cast = who_is_who(visit, visitor=["Luz"], parent=["Ana"])
    assert (roles(cast), cast.guessed) == ({"Ana": Role.PARENT, "Luz": Role.VISITOR}, ())


def test_two_visitors_and_two_parents_can_be_given() -> None:
    visit = talk(("Ana", "Hola."), ("Eva", "Hola."), ("Luz", "Pasen."), ("Rey", "Pasen."))
    cast = who_is_who(visit, visitor=["Ana", "Eva"], parent=["Luz", "Rey"])
    assert list(roles(cast).values()) == [Role.VISITOR, Role.VISITOR, Role.PARENT, Role.PARENT]


@pytest.mark.parametrize("name", ["Óscar Peña", "oscar pena", "OSCAR", "peña", " Óscar  Peña "])
def test_a_name_is_found_however_it_is_written(name: str) -> None:
    assert (
        roles(who_is_who(talk(("Óscar Peña", "Hola."), ("Ana", "Hola.")), parent=[name]))["Óscar Peña"]
        == Role.PARENT
    )


def test_a_whole_name_comes_before_a_part_of_one() -> None:
    visit = talk(("Ana", "Hola."), ("Ana María", "Hola."))
    assert roles(who_is_who(visit, visitor=["ana"]))["Ana"] == Role.VISITOR


@pytest.mark.parametrize(
    ("given_names", "code", "slots"),
    [
        ({"visitor": ["Lupe"]}, "speaker-unknown", {"given": "Lupe", "speakers": "Ana Ruiz, Ana Paz, Luz"}),
        ({"visitor": [""]}, "speaker-unknown", {"given": "", "speakers": "Ana Ruiz, Ana Paz, Luz"}),
        ({"visitor": ["Lu"]}, "speaker-unknown", {"given": "Lu", "speakers": "Ana Ruiz, Ana Paz, Luz"}),
        ({"visitor": ["Ana"]}, "speaker-ambiguous", {"given": "Ana", "speakers": "Ana Ruiz, Ana Paz"}),
        ({"visitor": ["Luz"], "parent": ["luz"]}, "speaker-twice", {"given": "luz"}),
    ],
    ids=["unknown", "empty", "a piece of a word", "two of them", "two roles"],
)
def test_a_name_that_fits_nobody_is_told_kindly(
    given_names: dict[str, list[str]], code: str, slots: dict[str, str]
) -> None:
    visit = talk(("Ana Ruiz", "Hola."), ("Ana Paz", "Hola."), ("Luz", "Hola."))
    with pytest.raises(SpeakerUnknown) as refused:
        who_is_who(visit, **given_names)
    assert (refused.value.code, refused.value.slots) == (f"transcripts.{code}", slots)
    for language in LANGUAGES:
        assert slots["given"] in say(refused.value.code, language, **refused.value.slots)


@pytest.mark.parametrize(
    "why", ["name", "code", "sounds", "questions", "facing", "left", "with-child", "adult", "alone", "open"]
)
def test_every_reason_can_be_told_in_both_languages(why: str) -> None:
    for language in LANGUAGES:
        told = Guessed("Luz", Role.PARENT, f"transcripts.guess-{why}").told(language)
        assert "Luz" in told
        assert "{" not in told


def test_somebody_without_a_name_is_called_so() -> None:
    assert Guessed("", Role.OTHER, "transcripts.guess-alone").told("en").startswith("Somebody without a name")


def test_an_empty_conversation_has_nobody() -> None:
    assert who_is_who(Transcript(())) == Cast(Transcript(()), ())


names = st.sampled_from(["Ana", "Mom", "CHI", "SPEAKER_00", "", "bebé", "X", "FA1", "👶"])
texts = st.sampled_from(
    ["¿Cómo le fue?", "Bien.", "[babbles]", "my son is two", "tell me about your baby", "", "yeah", "ba"]
)


@given(st.lists(st.tuples(names, texts), max_size=20))
def test_everybody_gets_a_role_and_not_a_word_changes(said: list[tuple[str, str]]) -> None:
    visit = talk(*said)
    cast = who_is_who(visit)
    assert [(turn.speaker, turn.text) for turn in cast.transcript.turns] == said
    assert {each.speaker for each in cast.guessed} == set(visit.speakers)
    assert all(roles(cast)[each.speaker] == each.role for each in cast.guessed)


@given(st.lists(st.tuples(names, texts), min_size=1, max_size=20), st.data())
def test_a_given_role_always_stands(said: list[tuple[str, str]], data: st.DataObject) -> None:
    visit = talk(*said)
    named = [speaker for speaker in visit.speakers if any(map(str.isalnum, speaker))]
    if named:
        chosen = data.draw(st.sampled_from(named))
        assert roles(who_is_who(visit, child=[chosen]))[chosen] == Role.CHILD
