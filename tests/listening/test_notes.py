"""The note check on made notes: what is asked about, what is left alone, and the same in JavaScript."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.folded import STRAIGHT, fold, plain
from apego.listening.notes import check, weightiest
from apego.practice.notes import as_json, note_classes

CASES = Path(__file__).parent.parent / "cases" / "notes"
NOTES = ("en", "es", "clean_en", "clean_es", "names")
TRAP_NAMES = ("Joy", "Grace", "Will", "Linda", "Dulce", "Felicidad", "Socorro", "Ángel", "Happy", "Bueno")


def cases(name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return read


def spans_of(case: dict[str, Any]) -> list[list[str]]:
    return [[span.text, span.note_class] for span in check(case["text"], names=case.get("names", ())).spans]


@pytest.mark.parametrize(
    "case", [case for name in NOTES for case in cases(name)], ids=lambda case: case["text"]
)
def test_a_note_is_asked_about_where_more_is_told_than_was_seen(case: dict[str, Any]) -> None:
    assert spans_of(case) == case["spans"]


@pytest.mark.parametrize("case", cases("known_failures"), ids=lambda case: case["text"])
@pytest.mark.xfail(strict=True, reason="a known limit")
def test_known_limits(case: dict[str, Any]) -> None:
    assert spans_of(case) == case["spans"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_are_cases_enough_in_each_language(language: str) -> None:
    flagged, clean = cases(language), cases(f"clean_{language}")
    assert len(flagged) + len(clean) >= 250
    assert len(clean) >= 100
    told = [note_class for case in flagged for _, note_class in case["spans"]]
    assert {note_class: told.count(note_class) >= 12 for note_class in note_classes()} == dict.fromkeys(
        note_classes(), True
    )


@pytest.mark.parametrize("measured", ["held_out", "blind"])
def test_no_case_is_among_the_notes_that_measure(measured: str) -> None:
    held_out = {case["text"] for case in cases(measured)}
    assert held_out.isdisjoint(case["text"] for name in (*NOTES, "known_failures") for case in cases(name))


def test_the_same_notes_give_the_same_spans_in_javascript() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not on this machine: the lists are tried in Python only")
    texts = [case for name in (*NOTES, "known_failures", "held_out", "blind") for case in cases(name)]
    texts += [
        {"text": "👶🏽 İzmir: “Él” está feliz — she’s SAD\xa0and shy 👋"},
        {"text": "so\xa0\nthat ﬁne ß ǅ"},
    ]
    given_to_node = {"lists": as_json(), "straight": STRAIGHT, "texts": texts}
    port = Path(__file__).with_name("notes_port.mjs")
    answer = subprocess.run(
        [node, str(port)], input=json.dumps(given_to_node), capture_output=True, text=True, check=True
    )
    here = [
        [
            [span.start, span.end, span.note_class]
            for span in check(case["text"], names=case.get("names", ())).spans
        ]
        for case in texts
    ]
    assert json.loads(answer.stdout) == here


PIECES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["He is shy", "está TRISTE", "b/c", '"', "“", "’", "👶", "É", "always", ", ", ". ", "\n", "she’s "]
    ),
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_span_quotes_the_note_and_none_meets_another(text: str) -> None:
    spans = check(text).spans
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(plain(text)) == len(text)


@given(
    st.sampled_from(TRAP_NAMES),
    st.sampled_from(["{} laughed.", "Le dio el vaso a {}", "{}", "mom and {} sang", "{}!"]),
)
def test_a_name_that_was_given_is_never_asked_about(name: str, note: str) -> None:
    for written in (name, name.lower(), name.upper()):
        assert check(note.format(written), names=[name]).spans == ()


@pytest.mark.parametrize(
    "written", ["él estaba triste", "el estaba triste", "EL ESTABA TRISTE", "El  estaba\ntriste"]
)
def test_accents_capitals_and_line_ends_change_nothing(written: str) -> None:
    assert [span.note_class for span in check(written).spans] == ["feeling"]


def test_the_question_is_in_the_language_of_the_note_or_the_one_asked_for() -> None:
    asked = note_classes()["feeling"].questions["any"]
    assert check("He was sad.").spans[0].question == asked["en"]
    assert check("Estaba triste.").spans[0].question == asked["es"]
    assert check("He was sad.", language="es").spans[0].question == asked["es"]


def test_the_product_shows_the_two_weightiest_in_the_order_of_the_note() -> None:
    spans = check("Maybe he cried a lot because Mom is neglectful and he is shy.").spans
    assert [span.note_class for span in spans] == ["hedge", "vague", "cause", "judging_parent", "trait"]
    assert [span.note_class for span in weightiest(spans)] == ["judging_parent", "trait"]
    assert weightiest(()) == ()


def test_smiling_laughing_crying_and_frowning_are_acts() -> None:
    for note in ("She smiled, laughed, cried and frowned.", "Sonrió, se rió, lloró y frunció la frente."):
        assert check(note).spans == ()


def test_what_is_specific_is_told_in_the_words_of_the_note() -> None:
    specific = check(
        'At 10:15 on the kitchen floor Leo rolled the ball 3 times; Mom said "otra vez" and clapped.'
    ).specific
    assert specific.who == ("Leo", "Mom")
    assert specific.when == ("At 10:15",)
    assert specific.where == ("on the kitchen floor",)
    assert specific.actions == ("rolled", "said", "clapped")
    assert specific.counts == ("3 times",)
    assert specific.quoted == ('"otra vez"',)
    assert specific.parent == ("Mom said",)


def test_what_is_specific_is_told_in_spanish_too() -> None:
    specific = check("Hoy en la cocina la mamá le cantó dos veces y Nía aplaudió.").specific
    assert specific.who == ("mamá", "Nía")
    assert specific.when == ("Hoy",)
    assert specific.where == ("en la cocina",)
    assert specific.actions == ("cantó", "aplaudió")
    assert specific.counts == ("dos veces",)
    assert specific.parent == ("mamá le cantó",)


def test_an_empty_note_asks_nothing() -> None:
    found = check("")
    assert found.spans == () and found.specific.who == ()
