"""Lessons as one person takes them: where she left each, what she answered and marked, what is finished.

The lessons themselves are content (`apego.practice.lessons`); a program's own stand in the folder that the
setting APEGO_LESSONS names. Nothing here is scored, and answers are nobody's but hers until she shares one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from django.db.models import Q, QuerySet

from apego.environment import value
from apego.listening.scenes import own_lessons
from apego.practice import lessons as shipped
from apego.practice.gaps import Gap
from apego.practice.lesson import Lesson, Part, Question
from apego.records import access
from apego.records.models import LessonAnswer, Mark, Person, Progress


def lessons() -> dict[str, Lesson]:
    """Give every lesson by its id: those that come with Apego, and then the program's own."""
    return {**shipped.lessons(), **_own()[0]}


def lacking() -> dict[str, list[Gap]]:
    """Give the program's own lessons that learners do not see yet: by folder, what each lacks."""
    return _own()[1]


def _own() -> tuple[dict[str, Lesson], dict[str, list[Gap]]]:
    folder = value("APEGO_LESSONS")
    return own_lessons(Path(folder).expanduser()) if folder else ({}, {})


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is in a lesson: her progress by part, for the parts that she opened."""

    id: str
    lesson: Lesson | None  # None where the program has taken the lesson away since
    progress: Mapping[str, Progress]

    @property
    def is_begun(self) -> bool:
        return bool(self.progress)

    @property
    def finished_at(self) -> datetime | None:
        """When the last part was done; None while a part is not."""
        parts = self.lesson.parts_there if self.lesson else tuple(self.progress)
        done = [self.progress[part].done_at for part in parts if part in self.progress]
        ends = [at for at in done if at]
        return max(ends) if ends and len(ends) == len(parts) else None

    @property
    def begun_at(self) -> datetime | None:
        return min((one.begun_at for one in self.progress.values()), default=None)

    @property
    def opened_at(self) -> datetime | None:
        return max((one.opened_at for one in self.progress.values()), default=None)

    @property
    def seconds(self) -> int:
        return sum(one.seconds for one in self.progress.values())

    @property
    def minutes(self) -> int:
        """The whole minutes in which its pages were in sight; a begun minute counts."""
        return -(-self.seconds // 60)

    @property
    def left_at(self) -> Part | None:
        """The part to go on with: the one opened last, or the one after it where that one is done."""
        if self.lesson is None or not self.progress:
            return None
        last = max(self.progress.values(), key=lambda one: one.opened_at)
        if last.done_at is None:
            return next((part for part in self.lesson.parts_there if part == last.part), None)
        return next((part for part in self.lesson.parts_there if not self.is_done(part)), None)

    def is_done(self, part: Part) -> bool:
        return part in self.progress and self.progress[part].done_at is not None


def standings(person: Person) -> list[Standing]:
    """Give every lesson in its order with how far this person is in it."""
    hers = _by_lesson(Progress.objects.filter(person=person))
    return [Standing(id, lesson, hers.get(id, {})) for id, lesson in lessons().items()]


def standing(person: Person, lesson: Lesson) -> Standing:
    """Give how far somebody is in one lesson."""
    kept = Progress.objects.filter(person=person, lesson=lesson.id)
    return Standing(lesson.id, lesson, {one.part: one for one in kept})


def training(person: Person) -> list[Standing]:
    """Give the lessons that somebody began, in the order in which she did: the lines of her training record."""
    return _taken(Progress.objects.filter(person=person))


def team(supervisor: Person) -> list[tuple[Person, list[Standing]]]:
    """Give the people whose training a supervisor answers for, each with the lessons that they began."""
    people = Person.objects.filter(supervisor=supervisor, is_active=True)
    kept: dict[Person, list[Progress]] = {person: [] for person in people}
    for one in access.visible(supervisor, Progress).filter(person__in=people).select_related("person"):
        kept[one.person].append(one)
    return [
        (person, _taken(kept[person])) for person in sorted(kept, key=lambda person: person.name.casefold())
    ]


def _taken(kept: Iterable[Progress]) -> list[Standing]:
    known = lessons()
    taken = [Standing(id, known.get(id), parts) for id, parts in _by_lesson(kept).items()]
    return sorted(taken, key=lambda one: min(part.begun_at for part in one.progress.values()))


def _by_lesson(kept: Iterable[Progress]) -> dict[str, dict[str, Progress]]:
    ordered = sorted(kept, key=lambda one: one.lesson)
    return {id: {one.part: one for one in some} for id, some in groupby(ordered, key=lambda one: one.lesson)}


def answers(person: Person, lesson: Lesson) -> dict[str, list[LessonAnswer]]:
    """Give what she answered in a lesson, by question or small practice, the newest first."""
    found: dict[str, list[LessonAnswer]] = {}
    for one in LessonAnswer.objects.filter(person=person, lesson=lesson.id).order_by("-at", "-made_at"):
        found.setdefault(one.exercise, []).append(one)
    return found


def unanswered(person: Person, lesson: Lesson) -> list[Question]:
    """Give the questions of a lesson that she has not answered yet."""
    kept = LessonAnswer.objects.filter(person=person, lesson=lesson.id)
    answered = set(kept.values_list("exercise", flat=True))
    return [question for question in lesson.questions if question.id not in answered]


def marks(person: Person, lesson: Lesson) -> QuerySet[Mark]:
    """Give the moments that she marked in a lesson's scene, as they come in it."""
    kept = Mark.objects.filter(person=person, lesson=lesson.id)
    return kept.order_by("at_seconds", "made_at")


def shared_with(supervisor: Person) -> QuerySet[LessonAnswer]:
    """Give the answers that visitors shared with her, the newest first."""
    shared = access.visible(supervisor, LessonAnswer).filter(~Q(person=supervisor))
    return shared.select_related("person").order_by("-shared_at")


def teaching(practice: str) -> list[Lesson]:
    """Give the lessons that teach a practice, the one that is most about it first."""
    found = [lesson for lesson in lessons().values() if practice in lesson.practices]
    return sorted(found, key=lambda lesson: len(lesson.practices))
