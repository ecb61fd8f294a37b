"""What a secure relationship is made of is whole: moments, capacities over the ages, the family's rules."""

from __future__ import annotations

import copy

import pytest

from apego.practice import relationship as relationship_module
from apego.practice.content import ContentError, load
from apego.practice.relationship import (
    capacities,
    capacity,
    culture,
    moment_kind,
    moment_kinds,
)
from tests.practice.wording import faults

SIGNS_AT_LEAST = 4
EXAMPLES_AT_LEAST = 4
ASKED_AT_LEAST = 6
YOUNG, OLD = 6, 36  # months: a kind of moment is shown with a baby and with a child past three


@pytest.mark.parametrize("kind_id", moment_kinds())
def test_a_kind_of_moment_is_whole(kind_id: str) -> None:
    kind = moment_kind(kind_id)
    assert faults(kind) == []
    assert len(kind.signs) >= SIGNS_AT_LEAST
    assert len(kind.examples) >= EXAMPLES_AT_LEAST
    ages = [example.months[0] for example in kind.examples]
    assert min(ages) <= YOUNG
    assert max(ages) >= OLD


@pytest.mark.parametrize("capacity_id", capacities())
def test_a_capacity_is_whole(capacity_id: str) -> None:
    one = capacity(capacity_id)
    assert faults(one) == []


@pytest.mark.parametrize("capacity_id", capacities())
def test_a_capacity_has_signs_at_every_age(capacity_id: str) -> None:
    assert [months for months in range(73) if not capacity(capacity_id).signs_at(months)] == []


def test_the_ids_are_permanent() -> None:
    assert tuple(moment_kinds()) == ("notice", "read", "respond", "enjoy", "repair")
    assert tuple(capacities()) == ("attention", "people", "exploring", "language", "moving", "belonging")


def test_the_page_on_the_family_s_own_rules_is_whole() -> None:
    page = culture()
    assert faults(page) == []
    assert len(page.ask) >= ASKED_AT_LEAST
    assert [ask.en for ask in page.ask if not ask.en.endswith("?")] == []


def test_a_kind_of_moment_without_its_signs_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = copy.deepcopy(load("relationship"))
    del broken["kinds"]["repair"]["signs"]
    monkeypatch.setattr(relationship_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match="relationship: repair has no signs"):
        moment_kinds.__wrapped__()


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(ContentError, match="there is no obey"):
        moment_kind("obey")
    with pytest.raises(ContentError, match="there is no obedience"):
        capacity("obedience")
