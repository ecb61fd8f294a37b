"""The parts of a plan and of a visit's record are whole, each with a question to borrow."""

from __future__ import annotations

import copy
from collections import Counter

import pytest

from apego.practice import planning as planning_module
from apego.practice.content import LANGUAGES, ContentError, Language, load
from apego.practice.forms import fields
from apego.practice.planning import Part, plan_parts, visit_parts
from tests.practice.wording import faults

PARTS = [*plan_parts().values(), *visit_parts().values()]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_a_part_is_whole(part: Part) -> None:
    assert faults(part) == []
    assert part.ask.en.endswith("?")
    assert part.ask.es.endswith("?")


def test_the_ids_are_permanent() -> None:
    assert tuple(plan_parts()) == ("stayed", "since", "hope", "activity", "questions")
    assert tuple(visit_parts()) == (
        "follow_up", "since", "moments", "credits", "tried", "next", "promises_visitor", "promises_parent",
        "referrals", "mementos",
    )  # fmt: skip


def test_a_plan_opens_on_the_last_visit_and_on_what_the_parent_has_noticed() -> None:
    assert list(plan_parts())[:2] == ["stayed", "since"]


def test_a_part_of_the_record_and_the_field_that_copies_it_go_by_one_name() -> None:
    told_in_pieces, kept_here = {"moments"}, {"mementos"}
    assert set(visit_parts()) - told_in_pieces - kept_here <= set(fields())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_is_asked_twice(language: Language) -> None:
    asked = Counter(part.ask[language] for part in PARTS)
    assert [question for question, times in asked.items() if times > 1] == []


def test_a_part_without_its_question_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = copy.deepcopy(load("planning"))
    del broken["plan"]["hope"]["ask"]
    monkeypatch.setattr(planning_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match="planning: plan, hope has no ask"):
        plan_parts.__wrapped__()
