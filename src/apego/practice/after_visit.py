"""Five minutes after a visit: six open questions to the visitor about what just happened.

They need no recording and no notes. What a visitor answers is hers, and is kept by
no module of this room; reflecting on a conversation is the subject of `apego.listening`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import Text, load
from apego.practice.content.entries import text_under


@dataclass(frozen=True, slots=True)
class AfterVisitQuestion:
    """One question, and an `aside`: a second, quieter line for whoever would like one."""

    id: str
    name: Text
    question: Text
    aside: Text


@cache
def after_visit() -> dict[str, AfterVisitQuestion]:
    """Give the six questions by their permanent id, in the order in which they are asked.

    They are asked one at a time, and any of them may be left.

        >>> list(after_visit())
        ['stayed', 'parent', 'child', 'visitor', 'together', 'next']
        >>> after_visit()["child"].question.en
        'What was it like to be the child in that room?'
    """
    return {key: _question(key, entry) for key, entry in load("after_visit").items()}


def _question(question_id: str, entry: Mapping[str, Any]) -> AfterVisitQuestion:
    where = f"after_visit: {question_id}"
    return AfterVisitQuestion(
        id=question_id,
        name=text_under(entry, "name", where),
        question=text_under(entry, "question", where),
        aside=text_under(entry, "aside", where),
    )
