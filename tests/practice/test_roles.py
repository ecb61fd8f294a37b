"""The words and codes by which people are known."""

from __future__ import annotations

import re

import pytest

from apego.practice.content import LANGUAGES, ContentError, load
from apego.practice.roles import (
    ADULT,
    ROLES,
    TALKERS,
    assent,
    is_no_talk,
    question,
    role_of_code,
    role_of_name,
    roles_of_chat,
    talk,
)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Mom", "parent"),
        ("MAMÁ", "parent"),
        ("mama de Teo", "parent"),
        ("Baby's mother", "parent"),
        ("Abuelita", "parent"),
        ("Client", "parent"),
        ("Home Visitor", "visitor"),
        ("Visitadora (Ana)", "visitor"),
        ("Trabajadora social", "visitor"),
        ("therapist", "visitor"),
        ("Intérprete de mamá", "interpreter"),
        ("Niña", "child"),
        ("bebé", "child"),
        ("Hermanito del bebé", "other"),
        ("Tía Lupe", "other"),
    ],
)
def test_a_name_tells_the_role(name: str, role: str) -> None:
    assert role_of_name(name) == role


@pytest.mark.parametrize(
    "name", ["Rosa", "SPEAKER_00", "Speaker 1", "", "Momoko", "Ángel", "Visitación", "S26"]
)
def test_a_name_that_tells_nothing_has_no_role(name: str) -> None:
    assert role_of_name(name) is None
    assert role_of_code(name) is None


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("MOT", "parent"),
        (" CHI* ", "child"),
        ("INV2", "visitor"),
        ("FA1", ADULT),
        ("MAN", ADULT),
        ("FC1", "other"),
        ("C1", "other"),
        ("CXN", "other"),
        ("HV", "visitor"),
        ("V", "visitor"),
    ],
)
def test_a_code_tells_the_role(code: str, role: str) -> None:
    assert role_of_code(code) == role


@pytest.mark.parametrize("code", ["mot", "Chi", "Mo", "A", "C", "P1", "SP2", "12"])
def test_small_letters_and_numbered_voices_are_no_code(code: str) -> None:
    assert role_of_code(code) is None


def test_boy_and_girl_are_the_child_where_no_one_else_is() -> None:
    assert roles_of_chat({"BOY": "Boy", "MOT": "Mother"}) == {"MOT": "parent", "BOY": "child"}
    assert roles_of_chat({"BOY": "Boy", "CHI": "Target_Child"}) == {"CHI": "child", "BOY": "other"}


def test_each_role_has_its_codes_and_words_in_both_languages() -> None:
    for role in ROLES:
        for key in ("codes", "chat", *LANGUAGES):
            assert load("roles")[role][key], (role, key)


def test_no_code_stands_for_two_roles() -> None:
    codes = [code for role in (*ROLES, ADULT) for code in load("roles")[role]["codes"]]
    assert len(codes) == len(set(codes))


def test_a_list_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from apego.practice import roles

    without = {name: table for name, table in load("roles").items() if name != "talk"}
    roles._talk.cache_clear()
    monkeypatch.setattr(roles, "load", lambda name: without)
    with pytest.raises(ContentError, match="talk of visitor has no en"):
        roles._talk()
    roles._talk.cache_clear()


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("visitor", "cuenteme como le ha ido con su bebe"),
        ("visitor", "how has your little one been sleeping"),
        ("parent", "mi hija ya camina"),
        ("parent", "i tried what you said, my mom laughed"),
    ],
)
def test_talk_tells_visitor_and_parent_apart(role: str, said: str) -> None:
    (other,) = set(TALKERS) - {role}
    assert len(re.findall(talk(role), said)) > len(re.findall(talk(other), said))


@pytest.mark.parametrize("said", ["what did she do", "y como le fue", "so do you sing", "pues ya durmio"])
def test_a_question_without_its_mark_is_known_by_its_beginning(said: str) -> None:
    assert question().match(said)


@pytest.mark.parametrize("said", ["she sang", "mire como camina", "the what", "howdy neighbor"])
def test_a_statement_is_no_question(said: str) -> None:
    assert not question().match(said)


@pytest.mark.parametrize(
    ("said", "listens"), [("yeah, okay.", True), ("si, claro", True), ("agua", False), ("no mas", False)]
)
def test_listening_words_are_known(said: str, listens: bool) -> None:
    assert bool(assent().fullmatch(said)) == listens


@pytest.mark.parametrize(
    ("tier", "empty"), [("notas", True), ("code_num", True), ("Ana", False), ("Nota", False)]
)
def test_tiers_without_talk_are_known(tier: str, empty: bool) -> None:
    assert is_no_talk(tier) == empty
