"""What somebody does with a lesson: answers in her own words, marks moments, finishes a part, shares an answer.

That a page was opened and how long it was in sight is kept too, apart from the log: it would fill it
with lines that tell nobody anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from apego.practice.content import Language
from apego.practice.lesson import Lesson, Part
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.learning import unanswered
from apego.records.models import LessonAnswer, Mark, Person, Progress

LATE = timedelta(minutes=1)  # a page tells its time twice a minute
FURTHEST = 24 * 3600  # seconds into a scene; what is further is a slip of the finger


def open_part(*, person: Person, lesson: Lesson, part: Part, at: datetime) -> Progress:
    """Keep that she has this part before her, so that she comes back to it on any device."""
    progress, _ = Progress.objects.update_or_create(
        person=person,
        lesson=lesson.id,
        part=part,
        defaults={"opened_at": at},
        create_defaults={"opened_at": at, "begun_at": at, "made_at": at},
    )
    return progress


@transaction.atomic
def stay(
    *, person: Person, lesson: Lesson, part: Part, seconds: int, place: int | None, at: datetime
) -> Progress | None:
    """Count the seconds in which a part was in sight, and keep where its scene stands.

    A device tells its seconds late when it had no connection, and two devices tell the same ones: no more is
    counted than has gone by since the part was opened and since the time that is counted already. What the page
    before it tells as it is left may come after the next one was opened (`LATE`). A part that was never opened
    counts nothing.
    """
    list(Person.objects.select_for_update().filter(pk=person.pk))  # two devices of hers wait for each other
    progress = Progress.objects.filter(person=person, lesson=lesson.id, part=part).first()
    if progress is None:
        return None
    counted = Progress.objects.filter(person=person).aggregate(until=Max("counted_at"))["until"]
    since = max(counted or progress.begun_at, progress.begun_at, progress.opened_at - LATE)
    gone_by = max(0, int((at - since).total_seconds()))
    more = min(max(0, seconds), gone_by)
    progress.seconds += more
    if more:
        progress.counted_at = since + timedelta(seconds=more)
    if place is not None:
        progress.place = min(max(0, place), FURTHEST)
    progress.save(update_fields=["seconds", "counted_at", "place"])
    return progress


@action
def finish_part(*, lesson: Lesson, part: Part, by: Person, at: datetime) -> Progress:
    """Keep that a part is done. Experience it is done when every question has an answer of hers."""
    if part not in lesson.parts_there:
        raise NotPossible("no-such-part-of-a-lesson")
    if part == "experience" and unanswered(by, lesson):
        raise NotPossible("questions-open")
    progress = locked(open_part(person=by, lesson=lesson, part=part, at=at))
    if progress.done_at is None:
        progress.done_at = at
        progress.save(update_fields=["done_at"])
    return progress


@action
def answer(
    *,
    id: UUID,
    lesson: Lesson,
    exercise: str,
    words: str,
    parts: Mapping[str, str],
    language: Language,
    by: Person,
    at: datetime,
) -> LessonAnswer:
    """Keep an answer beside those before it. Nothing is scored, and no answer replaces another."""
    if kept := LessonAnswer.objects.filter(id=id, person=by).first():
        return kept
    if not (lesson.question(exercise) or lesson.small_practice(exercise)):
        raise NotPossible("no-such-exercise")
    if not words.strip() and not any(part.strip() for part in parts.values()):
        raise NotPossible("no-answer")
    return LessonAnswer.objects.create(
        id=id,
        person=by,
        lesson=lesson.id,
        exercise=exercise,
        words=words.strip(),
        parts=dict(parts),
        language=language,
        at=at,
        made_at=at,
    )


@action
def share(*, answer: LessonAnswer, by: Person, at: datetime) -> LessonAnswer:
    """Let her supervisor read this one answer, until she takes it back."""
    if by.supervisor_id is None:
        raise NotPossible("no-supervisor")
    answer = locked(answer)
    if answer.shared_at is None:
        answer.shared_at = at
        answer.save(update_fields=["shared_at"])
    return answer


@action
def take_back(*, answer: LessonAnswer, by: Person, at: datetime) -> LessonAnswer:
    answer = locked(answer)
    answer.shared_at = None
    answer.save(update_fields=["shared_at"])
    return answer


@action
def mark(
    *, id: UUID, lesson: Lesson, at_seconds: int, kind: str, words: str, by: Person, at: datetime
) -> Mark:
    """Keep a moment of the scene. It may be without words: to have seen it is enough."""
    if kept := Mark.objects.filter(id=id, person=by).first():
        return kept
    if lesson.scene is None or (kind and kind not in {one.id for one in lesson.marks}):
        raise NotPossible("no-such-exercise")
    return Mark.objects.create(
        id=id,
        person=by,
        lesson=lesson.id,
        at_seconds=min(max(0, at_seconds), FURTHEST),
        kind=kind,
        words=words.strip(),
        made_at=at,
    )


@action
def take_out(*, mark: Mark, by: Person, at: datetime) -> Mark:
    mark = locked(mark)
    mark.removed_at = mark.removed_at or at
    mark.save(update_fields=["removed_at"])
    return mark


@action
def put_back(*, mark: Mark, by: Person, at: datetime) -> Mark:
    mark = locked(mark)
    mark.removed_at = None
    mark.save(update_fields=["removed_at"])
    return mark
