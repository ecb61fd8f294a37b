"""How a parent is doing can be noted in areas that are whole, and nothing in them diagnoses."""

from __future__ import annotations

import copy
import re

import pytest

from apego.practice import supports as supports_module
from apego.practice.content import LANGUAGES, ContentError, load
from apego.practice.supports import area, areas, referral_steps, support_kinds
from tests.practice.wording import faults

NAME_AT_MOST = 40  # letters
# Words of a diagnosis, a score or a legal status: none may stand in the name of an area or in its question.
NEVER = re.compile(
    r"depress|depres|anxi|ansie|disorder|trastorno|diagnos|screen|tamiz|abus|violen|addict|adict|immigra|inmigra"
    r"|migrator|visa|legal status|papeles",
    re.IGNORECASE,
)


@pytest.mark.parametrize("area_id", areas())
def test_an_area_is_whole_and_asks(area_id: str) -> None:
    one = area(area_id)
    assert faults(one) == []
    for language in LANGUAGES:
        assert one.ask[language].endswith("?")
        assert len(one.name[language]) <= NAME_AT_MOST


@pytest.mark.parametrize("area_id", areas())
def test_an_area_diagnoses_nobody_and_asks_for_no_papers(area_id: str) -> None:
    one = area(area_id)
    assert [
        text for text in (one.name, one.ask) for language in LANGUAGES if NEVER.search(text[language])
    ] == []


def test_kinds_and_steps_are_whole() -> None:
    assert faults((*support_kinds().values(), *referral_steps().values())) == []


def test_the_ids_are_permanent() -> None:
    assert tuple(areas()) == (
        "sleep", "mood", "closeness", "help", "company", "couple", "own_health", "expecting", "health",
        "food", "baby_things", "housing", "money", "work", "school", "english", "child_care", "transport",
        "safe_house", "safety", "loss", "substances", "law", "belonging", "other",
    )  # fmt: skip
    assert tuple(support_kinds()) == (
        "own", "listening", "information", "material", "company", "call", "referral", "program",
        "other_families", "emergency", "other",
    )  # fmt: skip
    assert tuple(referral_steps()) == (
        "talked_about", "offered", "asked_for", "declined", "later", "referred", "waiting", "connected",
        "followed_up", "not_available", "ended",
    )  # fmt: skip


def test_an_area_without_its_question_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = copy.deepcopy(load("supports"))
    del broken["areas"]["food"]["ask"]["es"]
    monkeypatch.setattr(supports_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match="supports: food, ask has no es"):
        areas.__wrapped__()


def test_an_area_that_is_not_there_is_refused() -> None:
    with pytest.raises(ContentError, match="supports, areas: there is no diagnosis"):
        area("diagnosis")
