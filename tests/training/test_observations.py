"""The observations that domains are learned from: every goal is told, and nothing is tested that was learned."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from apego.practice.domains import domains, goals
from benchmark.data import ROOT

CORPUS = ROOT / "corpus" / "domains"


def rows(pattern: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted(CORPUS.glob(pattern))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


LEARNED, TESTED = rows("train/*.jsonl"), rows("*.jsonl")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_goal_is_told_in_each_language(language: str) -> None:
    told = Counter(code for row in LEARNED if row["lang"] == language for code in row["goals"])
    assert {code for code in goals() if told[code] < 12} == set()


def test_domains_and_goals_are_ours() -> None:
    for row in [*LEARNED, *TESTED]:
        assert set(row["domains"]) <= set(domains())
        assert {goals()[code].domain for code in row["goals"]} <= set(row["domains"])


def test_nothing_is_tested_that_was_learned_and_nothing_stands_twice() -> None:
    words = [" ".join(re.findall(r"\w+", row["text"].lower())) for row in [*LEARNED, *TESTED]]
    assert [text for text, count in Counter(words).items() if count > 1] == []
    assert not {row["family"] for row in LEARNED} & {row["family"] for row in TESTED}
