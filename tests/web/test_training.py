"""The training record: days and hours, and never an answer."""

# ruff: noqa: F811 - a fixture is imported by its name, and asked for by it
from __future__ import annotations

from datetime import timedelta

import pytest

from apego.practice.lesson import Lesson
from apego.records.actions import learning as actions
from apego.records.models import LessonAnswer, Person, Progress
from tests.people import NOW, client_of
from tests.program_lessons import at_the_window  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def taken(visitor: Person, at_the_window: Lesson) -> None:
    """Ana took the lesson on 23 November, in 75 minutes."""
    for question in at_the_window.questions:
        LessonAnswer.objects.create(
            person=visitor, lesson=at_the_window.id, exercise=question.id, words="Her own words.", at=NOW
        )
    for part in at_the_window.parts_there:
        actions.finish_part(lesson=at_the_window, part=part, by=visitor, at=NOW)
    Progress.objects.filter(part="what").update(seconds=75 * 60, counted_at=NOW + timedelta(minutes=75))


def page(who: Person, path: str) -> str:
    answer = client_of(who).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_her_own_page_gives_the_days_and_the_time(visitor: Person) -> None:
    shown = page(visitor, "/en/learn/training/")
    assert "At the window" in shown and "November 23, 2026" in shown and "1 hour 15 minutes" in shown


def test_her_supervisor_sees_it_and_none_of_her_words(visitor: Person, supervisor: Person) -> None:
    for path in (f"/en/learn/training/{visitor.id}/", "/en/learn/training/team/"):
        shown = page(supervisor, path)
        assert "At the window" in shown and "1 hour 15 minutes" in shown
        assert "Her own words." not in shown


def test_nobody_else_sees_it(
    visitor: Person, stranger: Person, other_supervisor: Person, coordinator: Person
) -> None:
    for who in (stranger, other_supervisor, coordinator):
        assert client_of(who).get(f"/en/learn/training/{visitor.id}/").status_code == 404
    for who in (visitor, coordinator):
        assert client_of(who).get("/en/learn/training/team/").status_code == 404
    assert "Ana" not in page(other_supervisor, "/en/learn/training/team/")


def test_who_began_nothing_is_led_to_the_lessons(second_visitor: Person) -> None:
    assert 'href="/en/learn/"' in page(second_visitor, "/en/learn/training/")


def test_a_team_of_any_size_asks_the_database_as_often(
    supervisor: Person, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        other = Person.objects.create(login=f"v{number}", name="V", role="visitor", supervisor=supervisor)
        Progress.objects.create(
            person=other, lesson="at_the_window", part="what", begun_at=NOW, opened_at=NOW
        )
    client = client_of(supervisor)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/en/learn/training/team/")
