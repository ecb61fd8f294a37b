"""The corpus can be read, and no split parts a family."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from training.material import LABELS, CorpusUnreadable, annomi, corpus, folds, part_of

EXAMPLES = corpus()


def test_every_label_has_thirty_sentences_in_each_language() -> None:
    for language in ("en", "es"):
        count = Counter(
            label for each in EXAMPLES if each.language == language for label in LABELS if each.labels[label]
        )
        assert min(count[label] for label in LABELS) >= 30, count


def test_about_a_fifth_is_kept_for_testing() -> None:
    share = sum(part_of(each.group) == "test" for each in EXAMPLES) / len(EXAMPLES)
    assert 0.15 < share < 0.25


def test_no_sentence_stands_in_both_parts() -> None:
    parts: dict[str, set[str]] = {}
    for each in EXAMPLES:
        parts.setdefault(each.text.lower(), set()).add(part_of(each.group))
    assert not [text for text, among in parts.items() if len(among) > 1]


def test_a_fold_never_parts_a_group() -> None:
    groups = [each.group for each in EXAMPLES]
    placed: dict[str, set[int]] = {}
    for group, fold in zip(groups, folds(groups), strict=True):
        placed.setdefault(group, set()).add(fold)
    assert all(len(among) == 1 for among in placed.values())
    assert len({fold for among in placed.values() for fold in among}) == 5


@pytest.mark.parametrize(
    "line",
    ["not json", '{"text": "Hi"}', '{"text": "Hi", "labels": ["praise"], "family": "f", "lang": "en"}'],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "some.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(CorpusUnreadable, match=r"some\.jsonl, line 1"):
        corpus(tmp_path)


HEADER = (
    "transcript_id,video_title,video_url,utterance_id,interlocutor,utterance_text,"
    "therapist_input_subtype,reflection_subtype,question_subtype,main_therapist_behaviour"
)
ROWS = (
    "1,A,u1,0,client,I tried it twice.,n/a,n/a,n/a,n/a",
    "1,A,u1,1,therapist,What happened?,n/a,n/a,open,question",
    "1,A,u1,1,therapist,What happened?,n/a,n/a,closed,question",
    "1,A,u1,1,therapist,What happened?,n/a,n/a,open,question",
    "2,B,u1,0,therapist,Twice.,n/a,simple,n/a,reflection",
    "3,C,u3,0,therapist,Stop it.,advice,n/a,n/a,therapist_input",
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
