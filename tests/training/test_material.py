"""The corpus can be read, and no split parts a family."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from training.copies import names
from training.material import (
    FOLD_APART,
    LABELS,
    CorpusUnreadable,
    Example,
    annomi,
    calibrates,
    corpus,
    folds,
    folds_of,
)

TRAINED, TESTED = corpus("train"), corpus("test")
EXAMPLES = [*TRAINED, *TESTED]


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_are_four_thousand_sentences_in_each_language(language: str) -> None:
    assert sum(each.language == language for each in EXAMPLES) >= 4000


@pytest.mark.parametrize(("part", "least"), [(TRAINED, 150), (TESTED, 40)])
def test_every_label_is_told_in_each_language(part: list[Example], least: int) -> None:
    for language in ("en", "es"):
        count = Counter(
            label for each in part if each.language == language for label in LABELS if each.labels[label]
        )
        assert min(count[label] for label in LABELS) >= least, count


@pytest.mark.parametrize("label", ["judge", "advise", "interpret", "credit", "link_progress"])
def test_what_could_wrong_somebody_is_tested_on_a_hundred_sentences_of_each_language(label: str) -> None:
    for language in ("en", "es"):
        assert sum(each.labels[label] for each in TESTED if each.language == language) >= 100


def test_about_half_is_hard() -> None:
    assert 0.4 < sum(each.is_hard for each in EXAMPLES) / len(EXAMPLES) < 0.6


def test_a_sixth_of_what_is_trained_on_is_for_calibration() -> None:
    assert 0.12 < sum(map(calibrates, TRAINED)) / len(TRAINED) < 0.21


def test_no_family_and_no_sentence_stands_in_both_parts() -> None:
    assert not {each.group for each in TRAINED} & {each.group for each in TESTED}
    words = [" ".join(re.findall(r"\w+", each.text.lower())) for each in EXAMPLES]
    assert [text for text, count in Counter(words).items() if count > 1] == []


def test_a_copy_has_the_labels_of_what_it_copies() -> None:
    known, chance = names(TRAINED), random.Random(1)
    for each in TRAINED[::40]:
        copy = known.copy(each, chance)
        assert (copy.labels, copy.group) == (each.labels, each.group)
        assert copy.text


def test_a_fold_never_parts_a_group() -> None:
    groups = [each.group for each in EXAMPLES]
    placed: dict[str, set[int]] = {}
    for group, fold in zip(groups, folds(groups), strict=True):
        placed.setdefault(group, set()).add(fold)
    assert all(len(among) == 1 for among in placed.values())
    assert len({fold for among in placed.values() for fold in among}) == 5


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"text": "Hi", "labels": [], "family": "f"}',
        '{"text": "Hi"}',
        '{"text": "Hi", "labels": ["praise"], "family": "f", "lang": "en"}',
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "some.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(CorpusUnreadable, match=r"some\.jsonl, line 1"):
        corpus("train", tmp_path)


HEADER = (
    "transcript_id,video_title,video_url,utterance_id,interlocutor,utterance_text,"
    "therapist_input_exists,therapist_input_subtype,reflection_exists,reflection_subtype,"
    "question_exists,question_subtype,main_therapist_behaviour"
)
ROWS = (
    "1,A,u1,0,client,I tried it twice.,n/a,n/a,n/a,n/a,n/a,n/a,n/a",
    "1,A,u1,1,therapist,What happened?,False,n/a,False,n/a,True,open,question",
    "1,A,u1,1,therapist,What happened?,False,n/a,False,n/a,True,closed,question",
    "1,A,u1,1,therapist,What happened?,True,options,False,n/a,True,open,question",
    "2,B,u1,0,therapist,Twice.,False,n/a,True,simple,False,n/a,reflection",
    "3,C,u3,0,therapist,Stop it.,True,advice,False,n/a,False,n/a,therapist_input",
)


def test_a_turn_that_many_labelled_is_one_example_with_what_most_of_them_said(tmp_path: Path) -> None:
    path = tmp_path / "annomi.csv"
    path.write_text("\n".join([HEADER, *ROWS]), encoding="utf-8")
    asked, reflected, advised = annomi(path)
    assert asked.labels["open_question"] and not asked.labels["closed_question"]
    assert asked.before == "I tried it twice." and reflected.before == ""
    assert advised.labels["advise"] and not advised.labels["inform"]
    assert "credit" not in asked.labels
    assert asked.group == reflected.group != advised.group
    assert [turn.experts for turn in (asked, reflected, advised)] == [3, 1, 1]
    assert [set(turn.present) for turn in (asked, reflected, advised)] == [
        {"question"},
        {"reflection"},
        {"therapist_input"},
    ]


def test_no_video_that_many_experts_labelled_is_trained_on() -> None:
    turns = [
        Example("Hi.", "", {}, "annomi", f"video {number}", "en", experts=10 if number % 7 == 0 else 1)
        for number in range(40)
    ]
    for turn, fold in zip(turns, folds_of(turns), strict=True):
        assert turn.experts == 1 or fold == FOLD_APART
