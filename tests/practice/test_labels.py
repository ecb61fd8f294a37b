"""The labels are whole: each is told apart from what stands close to it, in both languages."""

from __future__ import annotations

import csv
from collections import Counter
from typing import Any

import pytest

from apego.practice import labels as labels_module
from apego.practice.content import LANGUAGES, ContentError, Language, load
from apego.practice.examples import Example, examples
from apego.practice.labels import annomi_labels, label, labels
from apego.practice.practices import practices
from tests.practice.wording import faults

PERMANENT = {
    "describe", "elicit", "reflect", "acknowledge", "open_question", "closed_question", "ask_view",
    "ask_parenting", "ask_meaning", "ask_tried", "use_input", "credit", "link_progress", "redirect",
    "inform", "advise", "interpret", "judge", "vague_praise",
}  # fmt: skip
EXAMPLES_AT_LEAST = 3
NEAR_MISSES_AT_LEAST = 2
ASKS = ("ask_view", "ask_parenting", "ask_meaning", "ask_tried")


def every_example() -> list[Example]:
    """Give the sentences of all labels and of all practices."""
    of_labels = [shown for one in labels().values() for shown in one.examples]
    near = [miss.example for one in labels().values() for miss in one.near_misses]
    return of_labels + near + [shown for practice_id in practices() for shown in examples(practice_id)]


@pytest.mark.parametrize("label_id", labels())
def test_a_label_is_whole(label_id: str) -> None:
    one = label(label_id)
    assert faults(one) == []
    assert len(one.examples) >= EXAMPLES_AT_LEAST
    assert len(one.near_misses) >= NEAR_MISSES_AT_LEAST


def test_the_ids_are_permanent() -> None:
    assert set(labels()) == PERMANENT


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice(language: Language) -> None:
    said = Counter((one.said[language], one.before) for one in every_example())
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_what_asks_openly_carries_both_labels() -> None:
    """An asking label says what is asked for, and open or closed says how: a question has one of each."""
    halves = [
        one.said.en
        for one in every_example()
        if set(one.labels) & set(ASKS) and not set(one.labels) & {"open_question", "closed_question"}
    ]
    assert halves == []


def test_every_label_to_notice_has_a_practice_that_it_crowds_out() -> None:
    noticed = {label_id: one.practices for label_id, one in labels().items() if one.to_notice}
    assert set(noticed) == {"interpret", "judge", "advise", "vague_praise"}
    assert noticed["advise"] == ("observe_describe",)


def test_only_these_labels_have_no_practice() -> None:
    assert {label_id for label_id, one in labels().items() if not one.practices} == {
        "closed_question",
        "inform",
    }


@pytest.mark.parametrize("missing", list(load("labels")["credit"]))
def test_a_label_that_lacks_a_part_is_refused_by_name(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken: dict[str, Any] = dict(load("labels"))
    broken["credit"] = {key: part for key, part in broken["credit"].items() if key != missing}
    monkeypatch.setattr(labels_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match=f"labels: credit has no {missing}"):
        labels.__wrapped__()


def test_a_label_that_only_a_practice_names_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    without = {label_id: entry for label_id, entry in load("labels").items() if label_id != "redirect"}
    monkeypatch.setattr(labels_module, "load", lambda name: without)
    with pytest.raises(ContentError, match="practices: redirect names redirect"):
        labels.__wrapped__()


def test_a_near_miss_that_carries_the_label_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: dict[str, Any] = dict(load("labels"))
    miss = {**broken["advise"]["near_misses"][0], "labels": ["advise"]}
    broken["advise"] = {**broken["advise"], "near_misses": [miss]}
    monkeypatch.setattr(labels_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match="labels: advise, near_misses 1 carries advise"):
        labels.__wrapped__()


@pytest.mark.parametrize(
    ("row", "carried"),
    [
        ("question_subtype=closed", {"closed_question"}),
        ("question_subtype=open,reflection_subtype=simple", {"open_question", "reflect"}),
        ("reflection_subtype=complex", {"reflect"}),
        ("therapist_input_subtype=negotiation", {"inform"}),
        ("therapist_input_subtype=advice,question_subtype=n/a", {"advise"}),
        ("question_subtype=n/a", set()),
    ],
)
def test_a_row_of_annomi_is_read_in_our_labels(row: str, carried: set[str]) -> None:
    cells = dict(cell.split("=") for cell in next(csv.reader([row])))
    said = annomi_labels(cells)
    assert {label_id for label_id, is_there in said.items() if is_there} == carried
    assert set(said) == {"open_question", "closed_question", "reflect", "inform", "advise"}
