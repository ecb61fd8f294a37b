"""The guide of a first visit is whole, in its order, in both languages."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from apego.practice import first_visit as first_visit_module
from apego.practice.content import LANGUAGES, ContentError, Language, load
from apego.practice.first_visit import topic, topics
from tests.practice.wording import faults


@pytest.mark.parametrize("topic_id", topics())
def test_a_topic_is_whole(topic_id: str) -> None:
    one = topic(topic_id)
    assert faults(one) == []
    assert one.ask
    assert one.ask.en.endswith("?")


def test_the_ids_are_permanent() -> None:
    assert tuple(topics()) == (
        "who_i_am", "what_we_do", "confidential", "duty_to_report", "your_hopes", "rights",
    )  # fmt: skip


def test_the_duty_to_report_is_said_before_the_hopes() -> None:
    order = list(topics())
    assert order.index("duty_to_report") < order.index("your_hopes")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_visits_says_her_own_name_and_no_gap_is_left(language: Language) -> None:
    examples = [one.said_by("Ana", language) for one in topics().values()]
    assert "Ana" in examples[0]
    assert not any(sign in example for example in examples for sign in "{}…")


def test_a_topic_may_do_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = copy.deepcopy(load("first_visit"))
    del entries["rights"]["ask"]
    monkeypatch.setattr(first_visit_module, "load", lambda name: entries)
    assert topics.__wrapped__()["rights"].ask is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"say": {"en": "Read it."}}, "first_visit: rights, say has no es"),
        ({"why": {}}, "first_visit: rights has no why"),
        ({"sources": []}, "first_visit: rights has no sources"),
    ],
)
def test_a_broken_topic_is_refused_by_name(
    change: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = copy.deepcopy(load("first_visit"))
    broken["rights"] |= change
    monkeypatch.setattr(first_visit_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match=said):
        topics.__wrapped__()


def test_a_topic_that_is_not_there_is_refused() -> None:
    with pytest.raises(ContentError, match="first_visit: there is no inspection"):
        topic("inspection")
