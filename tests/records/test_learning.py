"""What is kept of a lesson, and who may see it."""

# ruff: noqa: F811 - a fixture is imported by its name, and asked for by it
from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from apego.practice.lesson import PARTS, Lesson, Part
from apego.records import learning
from apego.records.access import visible
from apego.records.actions import learning as actions
from apego.records.actions.acting import NotPossible
from apego.records.models import LessonAnswer, Line, Mark, Person, Progress
from tests.people import NOW
from tests.program_lessons import at_the_window  # noqa: F401 - a fixture


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def answered(lesson: Lesson, by: Person, exercise: str = "seen", words: str = "She looks.") -> LessonAnswer:
    return actions.answer(
        id=uuid4(), lesson=lesson, exercise=exercise, words=words, parts={}, language="en", by=by, at=NOW
    )


def stayed(lesson: Lesson, who: Person, seconds: int, at: datetime, part: Part = "what") -> int:
    kept = actions.stay(person=who, lesson=lesson, part=part, seconds=seconds, place=None, at=at)
    return kept.seconds if kept else 0


def test_a_lesson_goes_on_at_the_part_that_was_opened_last(visitor: Person, at_the_window: Lesson) -> None:
    assert learning.standing(visitor, at_the_window).left_at is None
    actions.open_part(person=visitor, lesson=at_the_window, part="what", at=NOW)
    actions.open_part(person=visitor, lesson=at_the_window, part="how", at=minutes(5))
    assert learning.standing(visitor, at_the_window).left_at == "how"
    actions.finish_part(lesson=at_the_window, part="how", by=visitor, at=minutes(9))
    assert learning.standing(visitor, at_the_window).left_at == "what"  # the first that is not done
    actions.finish_part(lesson=at_the_window, part="what", by=visitor, at=minutes(10))
    assert learning.standing(visitor, at_the_window).left_at == "experience"


def test_the_exercise_is_done_when_every_question_has_an_answer(
    visitor: Person, at_the_window: Lesson
) -> None:
    answered(at_the_window, visitor)
    with pytest.raises(NotPossible, match="questions-open"):
        actions.finish_part(lesson=at_the_window, part="experience", by=visitor, at=NOW)
    answered(at_the_window, visitor, "areas")
    assert actions.finish_part(lesson=at_the_window, part="experience", by=visitor, at=NOW).done_at == NOW


def test_a_lesson_is_finished_when_its_last_part_is_done_and_stays_so(
    visitor: Person, at_the_window: Lesson
) -> None:
    for exercise in ("seen", "areas"):
        answered(at_the_window, visitor, exercise)
    for number, part in enumerate(at_the_window.parts_there):
        assert learning.standing(visitor, at_the_window).finished_at is None
        actions.finish_part(lesson=at_the_window, part=part, by=visitor, at=minutes(number))
    actions.finish_part(lesson=at_the_window, part="what", by=visitor, at=minutes(60))
    assert learning.standing(visitor, at_the_window).finished_at == minutes(3)
    assert learning.standing(visitor, at_the_window).left_at is None


def test_no_more_time_is_counted_than_has_gone_by(visitor: Person, at_the_window: Lesson) -> None:
    actions.open_part(person=visitor, lesson=at_the_window, part="what", at=NOW)
    assert stayed(at_the_window, visitor, 30, minutes(1)) == 30
    assert stayed(at_the_window, visitor, 3600, minutes(2)) == 120


def test_two_devices_at_once_count_once(visitor: Person, at_the_window: Lesson) -> None:
    for part in PARTS[:2]:
        actions.open_part(person=visitor, lesson=at_the_window, part=part, at=NOW)
    first = stayed(at_the_window, visitor, 300, minutes(5))
    second = stayed(at_the_window, visitor, 300, minutes(5), "how")
    assert (first, second) == (300, 0)


def test_time_without_a_connection_is_counted_when_it_is_told(visitor: Person, at_the_window: Lesson) -> None:
    actions.open_part(person=visitor, lesson=at_the_window, part="what", at=NOW)
    actions.open_part(person=visitor, lesson=at_the_window, part="how", at=minutes(10))
    assert stayed(at_the_window, visitor, 600, minutes(15)) == 600
    assert stayed(at_the_window, visitor, 300, minutes(15), "how") == 300


def test_what_a_page_tells_as_it_is_left_counts_though_the_next_was_opened_before(
    visitor: Person, at_the_window: Lesson
) -> None:
    actions.open_part(person=visitor, lesson=at_the_window, part="how", at=NOW)
    actions.open_part(person=visitor, lesson=at_the_window, part="how", at=minutes(0.5))
    assert stayed(at_the_window, visitor, 29, minutes(0.5), "how") == 29


def test_a_night_between_two_sittings_is_no_time_to_count(visitor: Person, at_the_window: Lesson) -> None:
    actions.open_part(person=visitor, lesson=at_the_window, part="what", at=NOW)
    stayed(at_the_window, visitor, 60, minutes(1))
    actions.open_part(person=visitor, lesson=at_the_window, part="what", at=minutes(600))
    assert stayed(at_the_window, visitor, 3600, minutes(605)) == 60 + 6 * 60


def test_a_part_that_was_never_opened_counts_no_time(visitor: Person, at_the_window: Lesson) -> None:
    assert stayed(at_the_window, visitor, 30, NOW) == 0
    assert not Progress.objects.exists()


def test_every_try_is_kept_and_the_same_one_sent_twice_once(visitor: Person, at_the_window: Lesson) -> None:
    id = uuid4()
    for words in ("First.", "Again, it comes."):
        actions.answer(
            id=id,
            lesson=at_the_window,
            exercise="seen",
            words=words,
            parts={},
            language="en",
            by=visitor,
            at=NOW,
        )
    answered(at_the_window, visitor, words="Second.")
    assert {one.words for one in LessonAnswer.objects.all()} == {"First.", "Second."}


@pytest.mark.parametrize(
    ("exercise", "words", "code"), [("nothing", "Words.", "no-such-exercise"), ("seen", " ", "no-answer")]
)
def test_what_is_no_answer_is_not_kept(
    visitor: Person, at_the_window: Lesson, exercise: str, words: str, code: str
) -> None:
    with pytest.raises(NotPossible, match=code):
        answered(at_the_window, visitor, exercise, words)
    assert not LessonAnswer.objects.exists()


def test_an_answer_is_hers_until_she_shares_it_and_again_when_she_takes_it_back(
    visitor: Person,
    supervisor: Person,
    other_supervisor: Person,
    coordinator: Person,
    second_visitor: Person,
    at_the_window: Lesson,
) -> None:
    kept = answered(at_the_window, visitor)
    others = (supervisor, other_supervisor, coordinator, second_visitor)
    assert [one for one in others if visible(one, LessonAnswer)] == []
    actions.share(answer=kept, by=visitor, at=NOW)
    assert [one for one in others if visible(one, LessonAnswer)] == [supervisor]
    actions.take_back(answer=kept, by=visitor, at=NOW)
    assert [one for one in others if visible(one, LessonAnswer)] == []
    assert visible(visitor, LessonAnswer).get() == kept


def test_who_has_no_supervisor_shares_with_nobody(supervisor: Person, at_the_window: Lesson) -> None:
    kept = answered(at_the_window, supervisor)
    with pytest.raises(NotPossible, match="no-supervisor"):
        actions.share(answer=kept, by=supervisor, at=NOW)


def test_marks_are_nobody_elses(visitor: Person, supervisor: Person, at_the_window: Lesson) -> None:
    kept = actions.mark(
        id=uuid4(), lesson=at_the_window, at_seconds=4, kind="child", words="", by=visitor, at=NOW
    )
    assert visible(visitor, Mark).get() == kept
    assert not visible(supervisor, Mark)
    actions.take_out(mark=kept, by=visitor, at=NOW)
    assert learning.marks(visitor, at_the_window).get().removed_at == NOW
    actions.put_back(mark=kept, by=visitor, at=NOW)
    assert learning.marks(visitor, at_the_window).get().removed_at is None


def test_a_mark_of_an_unknown_kind_is_not_kept(visitor: Person, at_the_window: Lesson) -> None:
    with pytest.raises(NotPossible, match="no-such-exercise"):
        actions.mark(
            id=uuid4(), lesson=at_the_window, at_seconds=4, kind="good", words="", by=visitor, at=NOW
        )


def test_a_supervisor_sees_how_far_her_visitors_are_and_no_others(
    visitor: Person, stranger: Person, supervisor: Person, coordinator: Person, at_the_window: Lesson
) -> None:
    for who in (visitor, stranger):
        actions.open_part(person=who, lesson=at_the_window, part="what", at=NOW)
    assert [(person, [one.id for one in taken]) for person, taken in learning.team(supervisor)] == [
        (visitor, ["at_the_window"])
    ]
    assert visible(supervisor, Progress).get().person == visitor
    assert not visible(coordinator, Progress)


def test_a_lesson_that_was_taken_away_stays_in_the_record(
    visitor: Person, at_the_window: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.open_part(person=visitor, lesson=at_the_window, part="what", at=NOW)
    monkeypatch.setenv("APEGO_LESSONS", "")
    [taken] = learning.training(visitor)
    assert (taken.id, taken.lesson) == ("at_the_window", None)


def test_minutes_are_told_up_to_the_begun_one(visitor: Person, at_the_window: Lesson) -> None:
    actions.open_part(person=visitor, lesson=at_the_window, part="what", at=NOW)
    stayed(at_the_window, visitor, 61, minutes(5))
    assert learning.standing(visitor, at_the_window).minutes == 2


def test_opening_a_page_and_staying_on_it_write_no_line_in_the_log(
    visitor: Person, at_the_window: Lesson
) -> None:
    actions.open_part(person=visitor, lesson=at_the_window, part="what", at=NOW)
    stayed(at_the_window, visitor, 30, minutes(5))
    assert not Line.objects.exists()
    answered(at_the_window, visitor)
    assert Line.objects.get().verb == "learning.answer"


def test_a_practice_leads_to_the_lessons_that_teach_it(at_the_window: Lesson) -> None:
    assert learning.teaching("listen") == [at_the_window]
    assert learning.teaching("redirect") == []
