"""The five minutes after a visit, and the focus that a visitor took from them. Both are hers alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from apego.demo.content import AfterVisitTold
from apego.demo.stage import Stage
from apego.records.actions import focus, reflections
from apego.records.models import Visit

# A question of practice.after_visit -> its name in the file.
ANSWERS = {
    "stayed": "stayed",
    "parent": "parent_felt",
    "child": "baby",
    "visitor": "you_felt",
    "together": "together",
    "next": "curious",
}


def look_back(stage: Stage) -> None:
    """Play all five minutes and all focuses in the order of time: of one visitor, the last focus stands."""
    kept = stage.content.after_visits
    for told in kept:
        if told.family in stage.homes:
            _look_back(stage, told, _when(stage, told.family, told.weeks_ago))
    for at, visitor, practice, words in sorted(_focuses(stage)):
        focus.choose(
            id=stage.id("focus", visitor, at), practice=practice, words=words, by=stage.people[visitor], at=at
        )


def _when(stage: Stage, family: str, weeks_ago: int) -> datetime:
    finished = _visit(stage, family, weeks_ago).finished_at
    assert finished is not None  # noqa: S101 - it was held
    return finished + timedelta(minutes=70)


def _visit(stage: Stage, family: str, weeks_ago: int) -> Visit:
    return Visit.objects.get(id=stage.homes[family].held[weeks_ago])


def _look_back(stage: Stage, told: AfterVisitTold, at: datetime) -> None:
    reflections.look_back(
        visit=_visit(stage, told.family, told.weeks_ago),
        answers={question: getattr(told, name) for question, name in ANSWERS.items()},
        base_version=0,
        by=stage.people[told.visitor],
        at=min(at, stage.now),
    )


def _focuses(stage: Stage) -> Iterator[tuple[datetime, str, str, str]]:
    for after in stage.content.after_visits:
        if after.family in stage.homes:
            at = _when(stage, after.family, after.weeks_ago)
            yield min(at, stage.now), after.visitor, after.focus, after.focus_words
    for read in stage.content.conversations:
        if read.family in stage.homes:
            at = _when(stage, read.family, read.weeks_ago) + timedelta(hours=4)
            yield at, read.visitor, read.focus, ""
