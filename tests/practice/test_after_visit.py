"""The six questions after a visit are whole, and each of them asks."""

from __future__ import annotations

import copy

import pytest

from apego.practice import after_visit as after_visit_module
from apego.practice.after_visit import after_visit
from apego.practice.content import LANGUAGES, ContentError, load
from tests.practice.wording import faults

NAME_AT_MOST = 24  # letters: the six names stand in one row


@pytest.mark.parametrize("question_id", after_visit())
def test_a_question_is_whole(question_id: str) -> None:
    one = after_visit()[question_id]
    assert faults(one) == []
    for language in LANGUAGES:
        assert one.question[language].endswith("?")
        assert len(one.name[language]) <= NAME_AT_MOST


def test_the_ids_are_permanent() -> None:
    assert tuple(after_visit()) == ("stayed", "parent", "child", "visitor", "together", "next")


def test_a_question_without_its_aside_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = copy.deepcopy(load("after_visit"))
    del broken["child"]["aside"]
    monkeypatch.setattr(after_visit_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match="after_visit: child has no aside"):
        after_visit.__wrapped__()
