"""What stands before a colon: a name, or the beginning of what somebody says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.formats.named import accepted, candidate, stated_in, tidy_name
from apego.listening.transcript import Role


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ana: Hola", "Ana"),
        ("mamá: Hola", "mamá"),
        ("SPEAKER_01: Hola", "SPEAKER_01"),
        ("Mother / Mamá: Hola", "Mother / Mamá"),
        ("María José O'Brien: Hola", "María José O'Brien"),
        ("Luz (abuela): Hola", "Luz (abuela)"),
        ("Dra. Ruiz: Hola", "Dra. Ruiz"),
        ("👵: Hola", "👵"),
        ("[Ana]: Hola", "Ana"),
        ("**Ana**: Hola", "Ana"),
        ("12. Ana: Hola", "Ana"),
        ("Ana：Hola", "Ana"),
    ],
)
def test_a_name_before_a_colon_is_found(line: str, name: str) -> None:
    found = candidate(line)
    assert found is not None
    assert (found.name, found.words) == (name, "Hola")


@pytest.mark.parametrize(
    "line",
    [
        "https://example.org",
        "a las 12:30",
        "10:30 es la cita",
        "Fecha: 3 de mayo",
        "Entonces me dijo: ya",
        "Sí, mire: ahí está",
        "And she goes: mama!",
        "¿Sabe qué?: nada",
        "Ana",
        ": Hola",
        "",
        "x" * 70 + ": Hola",
    ],
)
def test_speech_and_headings_are_no_names(line: str) -> None:
    assert candidate(line) is None


def test_a_file_with_few_colons_has_no_names_but_those_that_come_back_or_tell_a_role() -> None:
    assert accepted(["Ojo", "Mamá", "Luz", "Luz", "Un detalle"], lines=100) == {"Mamá", "Luz"}


def test_small_letters_are_a_name_when_they_come_back_often() -> None:
    assert accepted(["rosa", "rosa", "rosa", "digamos que"], lines=4) == {"rosa"}


def test_a_note_states_roles_and_months_in_either_language() -> None:
    stated = stated_in("visitadora: Ana, mamá: Luz, papá: Óscar, niña: Mía, edad: 9 meses")
    assert stated.roles == {"Ana": Role.VISITOR, "Luz": Role.PARENT, "Óscar": Role.PARENT, "Mía": Role.CHILD}
    assert stated.child_months == 9


def test_a_comment_in_plain_words_states_nothing() -> None:
    stated = stated_in(
        "Recorded at home, and everyone in it is invented: the last part of a visit. Mother: kitchen"
    )
    assert stated.roles == {}


@given(st.text(max_size=80))
def test_any_line_has_a_tidy_candidate_or_none(line: str) -> None:
    found = candidate(line)
    assert found is None or tidy_name(found.name) == found.name
