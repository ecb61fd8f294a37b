"""Domains and goals are whole: every code of the framework, both languages, enough signs to find it by."""

from __future__ import annotations

import copy
import re
from collections import Counter
from typing import Any

import pytest

from apego.practice import domains as domains_module
from apego.practice.content import LANGUAGES, ContentError, load
from apego.practice.domains import Goal, domains, elsewhere, goals

# How many goals the framework has under each code (ELOF 2015).
COUNTS = {
    "IT-ATL": 9, "IT-SE": 13, "IT-LC": 13, "IT-C": 13, "IT-PMP": 11,
    "P-ATL": 13, "P-SE": 11, "P-LC": 7, "P-LIT": 6, "P-MATH": 10, "P-SCI": 6, "P-PMP": 6,
}  # fmt: skip
SIGNS_AT_LEAST = 10
SIGN_WORDS_AT_MOST = 14
PATTERN = re.compile(r"[|*\\{}\[\]+^$]|\.\.")
EVERY = pytest.mark.parametrize("goal", goals().values(), ids=lambda goal: goal.code)


def test_every_goal_of_the_framework_is_there_and_no_other() -> None:
    expected = {f"{prefix} {number}" for prefix, count in COUNTS.items() for number in range(1, count + 1)}
    assert set(goals()) == expected


@EVERY
def test_a_goal_has_signs_enough_in_both_languages(goal: Goal) -> None:
    for language in LANGUAGES:
        signs = goal.signs[language]
        assert len(set(signs)) == len(signs) >= SIGNS_AT_LEAST


@EVERY
def test_a_sign_is_a_short_plain_phrase(goal: Goal) -> None:
    for language in LANGUAGES:
        for sign in goal.signs[language]:
            assert not PATTERN.search(sign), sign
            assert len(sign.split()) <= SIGN_WORDS_AT_MOST, sign


@EVERY
def test_a_goal_is_labelled_differently_in_each_language(goal: Goal) -> None:
    assert goal.label.en != goal.label.es
    assert goal.subdomain.en != goal.subdomain.es


def test_no_two_goals_have_one_label() -> None:
    for language in LANGUAGES:
        labels = Counter(goal.label[language] for goal in goals().values())
        assert [label for label, times in labels.items() if times > 1] == []


@EVERY
def test_like_goals_are_of_the_other_stage(goal: Goal) -> None:
    assert all(goals()[code].stage != goal.stage for code in goal.alike)


@pytest.mark.parametrize("code", ["IT-PMP 1", "IT-PMP 2", "IT-PMP 6", "P-PMP 2"])
def test_perception_and_eye_hand_have_a_second_home_in_cognition(code: str) -> None:
    assert goals()[code].domains == ("physical", "cognition")


@pytest.mark.parametrize("code", ["IT-ATL 1", "IT-ATL 2", "P-ATL 1", "P-ATL 4", "IT-SE 9", "P-SE 8"])
def test_steadying_oneself_belongs_to_approaches_and_to_social_emotional(code: str) -> None:
    assert set(goals()[code].domains) == {"approaches", "social_emotional"}


def test_every_sub_domain_has_a_goal() -> None:
    listed = {entry["en"] for entry in load("domains")["subdomains"].values()}
    assert {goal.subdomain.en for goal in goals().values()} == listed


def test_there_are_phrases_of_other_talk_in_both_languages() -> None:
    assert all(len(elsewhere()[language]) >= 60 for language in LANGUAGES)


@pytest.mark.parametrize(
    ("key", "value", "gap"),
    [
        ("es", "", "IT-PMP 3 has no es"),
        ("subdomain", "counting", "counting is no sub-domain of physical"),
        ("signs", {"en": "crawls"}, "IT-PMP 3, signs has no es"),
        ("signs", {}, "IT-PMP 3 has no signs"),
        ("alike", ["P-PMP 99"], "IT-PMP 3, alike: there is no P-PMP 99"),
        ("also", ["music"], "IT-PMP 3, also: there is no music"),
    ],
)
def test_a_gap_is_named_with_the_goal(
    monkeypatch: pytest.MonkeyPatch, key: str, value: object, gap: str
) -> None:
    changed: dict[str, Any] = copy.deepcopy(load("goals/physical"))
    changed["IT-PMP 3"][key] = value
    monkeypatch.setattr(
        domains_module, "load", lambda name: changed if name == "goals/physical" else load(name)
    )
    with pytest.raises(ContentError, match=re.escape(gap)):
        goals.__wrapped__()


def test_a_goal_under_the_wrong_domain_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        domains_module, "load", lambda name: load("goals/language" if name == "goals/physical" else name)
    )
    with pytest.raises(ContentError, match="not its domain"):
        goals.__wrapped__()


def test_the_domains_stand_in_the_handbooks_order() -> None:
    assert list(domains()) == ["physical", "social_emotional", "cognition", "approaches", "language"]
