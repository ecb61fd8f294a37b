"""The sentence reader on made talk: what is said, what is left unsaid, and the words that carry it."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apego.listening import model as trained
from apego.listening.reader import Reading, Said, read, read_all
from apego.practice.labels import labels

CASES = Path(__file__).parent.parent / "cases" / "reader"
NAMES = ("Teo", "Marisol", "Nevaeh", "Ixchel", "DeShawn", "Bo")


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))["cases"]
    return found


def holds(case: dict[str, Any]) -> bool:
    said = set(read(case["text"], before=case.get("before", "")).labels)
    return set(case["has"]) <= said and not said & set(case["never"])


@pytest.mark.parametrize("case", cases("made"), ids=lambda case: case["text"])
def test_a_visitors_words_are_read_for_what_they_do(case: dict[str, Any]) -> None:
    said = read(case["text"], before=case.get("before", "")).labels
    assert set(case["has"]) <= set(said)
    assert not set(said) & set(case["never"])


@pytest.mark.parametrize("case", cases("published"), ids=lambda case: case["from"])
def test_nothing_of_weight_is_read_into_what_no_visitor_says(case: dict[str, Any]) -> None:
    assert not set(read(case["text"]).sure) & set(case["never"])


@pytest.mark.xfail(strict=True, reason="known failures of the reader, to be mended by a better one")
@pytest.mark.parametrize("case", cases("known_failures"), ids=lambda case: case["text"])
def test_what_it_does_not_read_rightly_yet(case: dict[str, Any]) -> None:
    assert holds(case)


@pytest.mark.parametrize(
    "text",
    [
        "Many babies this age put everything in their mouths.",
        "Muchos bebés de esta edad se llevan todo a la boca.",
        "A esta edad casi todos lloran cuando uno se va.",
    ],
)
def test_what_many_children_of_an_age_do_is_never_shown_as_a_judgement(text: str) -> None:
    assert "judge" not in read(text).sure


@pytest.mark.parametrize("role", ["parent", "child", "interpreter", "other"])
def test_the_words_of_anybody_else_have_no_labels(role: str) -> None:
    assert read("You should put her down earlier.", role=role) == Reading((), {}, ())


@pytest.mark.parametrize("text", ["", "   ", "…", "[laughs]", "😀👶", "?!", "\x00"])
def test_a_turn_without_a_word_has_no_labels(text: str) -> None:
    assert read(text).labels == ()


@pytest.mark.parametrize(
    "text",
    [
        "Wie geht es Ihnen heute mit dem Kind, schläft es gut?",
        "Bonjour madame, comment allez-vous ce matin avec la petite?",
        "Ne bileyim, çocuk çok ağlıyor bu gece",
        "宝宝今天怎么样 睡得好吗",
    ],
)
def test_a_turn_in_another_language_is_left_unread(text: str) -> None:
    assert read(text).labels == ()


def test_every_label_of_the_practice_has_a_probability() -> None:
    assert list(read("Look at her!").probabilities) == list(labels())


def test_what_is_sure_is_among_the_labels() -> None:
    for case in cases("made"):
        reading = read(case["text"])
        assert set(reading.sure) <= set(reading.labels)


def test_a_parents_judgement_said_back_is_not_the_visitors() -> None:
    before = "Everyone says I spoil him, and maybe I do."
    assert "judge" not in read("You worry that you're spoiling him.", before=before).labels


def test_the_turn_before_makes_a_reflection_likelier() -> None:
    said = "Nights are long and you walk the hallway with her."
    told = "The nights are so long, I just walk the hallway with her."
    assert read(said, before=told).probabilities["reflect"] > read(said).probabilities["reflect"]


def test_the_last_of_several_turns_before_is_the_one_that_counts() -> None:
    turns = ["Mm-hmm.", "I need the money but I hate leaving him."]
    said = "It sounds like you're torn."
    assert read(said, before=turns) == read(said, before=turns[-1])
    assert read(said, before=[]) == read(said)


def test_many_turns_are_read_as_one_by_one_and_in_order() -> None:
    said = [Said(case["text"], before=case.get("before", "")) for case in cases("made")]
    assert read_all(said) == [read(turn.text, before=turn.before) for turn in said]


def test_each_label_has_its_reason_in_a_sentence_of_the_turn() -> None:
    turn = "Mm-hmm. You waited until she turned around, and she came right to you. Did she eat lunch?"
    reasons = {reason.label: turn[reason.start : reason.end] for reason in read(turn).reasons}
    assert reasons["closed_question"] == "Did she eat lunch?"
    assert reasons["credit"].startswith("You waited") and reasons["credit"].endswith("to you")


def test_a_reason_counts_in_code_points() -> None:
    turn = "👶🏽 «Ay, mija.» ¿Ya desayunó?"
    (reason,) = (each for each in read(turn).reasons if each.label == "closed_question")
    assert turn[reason.start : reason.end] == "¿Ya desayunó?"


def test_the_words_of_a_reason_stand_in_its_sentence() -> None:
    for case in cases("made"):
        for reason in read(case["text"]).reasons:
            sentence = case["text"][reason.start : reason.end].lower()
            assert reason.words
            assert all(word in sentence for word in reason.words)


def test_a_label_falls_when_the_words_that_carried_it_are_taken_out() -> None:
    fell = []
    for case in cases("made"):
        reading = read(case["text"])
        for reason in reading.reasons:
            without = " ".join(word for word in case["text"].split() if plain(word) not in reason.words)
            rest = read(without).probabilities.get(reason.label, 0.0)
            fell.append(rest < reading.probabilities[reason.label])
    assert len(fell) > 60
    assert np.mean(fell) > 0.95


def plain(word: str) -> str:
    return word.strip(".,?¿!¡:;").lower().replace("’", "'")


@pytest.mark.parametrize(
    "said",
    [
        "What do you think NAME is telling you when he turns away?",
        "You waited for NAME to turn around, and she came right to you.",
        "¿Qué es lo que más le gusta de NAME?",
        "NAME is patting the lid with both hands and looking over at you.",
        "Usted debería quitarle el chupón ya a NAME.",
    ],
)
def test_another_childs_name_changes_no_label(said: str) -> None:
    readings = [read(said.replace("NAME", name)) for name in NAMES]
    assert readings[0].labels
    assert len({reading.labels for reading in readings}) == 1


@pytest.mark.parametrize(
    "text",
    ["What have you tried so far, and what helped?", "¿Qué ha probado hasta ahorita y qué le ha servido?"],
)
def test_small_letters_without_punctuation_are_read_alike(text: str) -> None:
    bare = "".join(sign for sign in text.lower() if sign.isalnum() or sign == " ")
    assert "ask_tried" in read(text).labels
    assert "ask_tried" in read(bare).labels


def test_an_accent_may_be_left_out() -> None:
    assert read("Cuenteme, como fue la semana con los dos?").labels[0] == "open_question"


@given(st.text(max_size=300), st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_is_read_without_harm(text: str, before: str) -> None:
    reading = read(text, before=before)
    assert all(0 <= chance <= 1 for chance in reading.probabilities.values())
    assert all(0 <= reason.start < reason.end <= len(text) for reason in reading.reasons)
    assert [reason.label for reason in reading.reasons] == list(reading.labels)


@pytest.mark.parametrize("text", ["you waited " * 10_000, "ja" * 50_000, "¿" * 100_000, "a. " * 33_000])
def test_a_hundred_thousand_signs_are_read_in_a_few_seconds(text: str) -> None:
    began = time.perf_counter()
    read(text)
    assert time.perf_counter() - began < 20


def test_the_same_words_are_read_the_same_each_time() -> None:
    turn = "Usted esperó a que volteara, y ella solita vino con usted. ¿Cómo supo?"
    first = read(turn)
    read_all([Said(case["text"]) for case in cases("made")])
    assert read(turn) == first


def test_the_artefact_holds_no_pickle() -> None:
    with np.load(Path(trained.__file__).parent / "reader.npz", allow_pickle=False) as stored:
        assert tuple(stored["labels"]) == tuple(labels())
        assert not [name for name in stored if stored[name].dtype.hasobject]


def test_the_card_names_the_artefact_and_what_it_was_trained_on() -> None:
    folder = Path(trained.__file__).parent
    card = (folder / "card.md").read_text(encoding="utf-8")
    for name in trained.FILES:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() in card
    assert "AnnoMI" in card and "corpus/speech/" in card
    assert all(f"`{label}`" in card for label in labels())
