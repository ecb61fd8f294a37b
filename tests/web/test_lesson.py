"""A lesson's pages: what it is, where she left it, its text made safe, its time."""

# ruff: noqa: F811 - a fixture is imported by its name, and asked for by it
from __future__ import annotations

import re
import shutil
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders

from apego.practice.lesson import Lesson
from apego.practice.lessons import lessons
from apego.records.models import Person, Progress
from tests.people import client_of
from tests.program_lessons import ADDRESS, FOLDER, at_the_window  # noqa: F401 - a fixture

HEAVY = 200_000  # bytes, with its styles and scripts, without media

pytestmark = pytest.mark.usefixtures("at_the_window")


def page(who: Person, path: str) -> str:
    answer = client_of(who).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_learn_says_where_each_lesson_was_left(visitor: Person) -> None:
    assert "You are at" not in page(visitor, "/en/learn/")
    page(visitor, f"{ADDRESS}how/")
    assert "You are at: How to" in page(visitor, "/en/learn/")
    assert f'href="{ADDRESS}how/"' in page(visitor, ADDRESS)


def test_every_role_may_learn(visitor: Person, supervisor: Person, coordinator: Person) -> None:
    for who in (visitor, supervisor, coordinator):
        for part in ("", "what/", "how/", "experience/", "more/"):
            page(who, f"{ADDRESS}{part}")


@pytest.mark.parametrize("path", ["what/nothing/", "nothing/", "questions/nothing/", "try/nothing/"])
def test_what_is_not_in_the_lesson_is_not_here(visitor: Person, path: str) -> None:
    assert client_of(visitor).get(f"{ADDRESS}{path}").status_code == 404


def test_a_lesson_that_is_not_here_is_not_found(visitor: Person) -> None:
    for part in ("", "what/", "scene/window.svg"):
        assert client_of(visitor).get(f"/en/learn/lessons/praise/{part}").status_code == 404


def test_a_part_stands_in_both_languages(visitor: Person) -> None:
    assert "A child looks, and somebody looks along" in page(visitor, f"{ADDRESS}what/")
    assert "Una niña mira, y alguien mira con ella" in page(
        visitor, ADDRESS.replace("/en/", "/es/") + "what/"
    )


def test_a_link_leads_to_the_web_and_tells_it_nothing(visitor: Person) -> None:
    assert '<a href="https://headstart.gov/" rel="noreferrer">' in page(visitor, f"{ADDRESS}what/")


def test_a_small_practice_stands_where_its_text_names_it_and_the_others_follow(visitor: Person) -> None:
    shown = page(visitor, f"{ADDRESS}how/")
    places = [shown.index(f"{ADDRESS}try/{id}/") for id in ("back", "sort", "again")]
    assert places == sorted(places)
    assert places[0] < shown.index("Tell what you see.") < places[1]


def test_done_goes_on_to_the_next_part(visitor: Person) -> None:
    answer = client_of(visitor).post(f"{ADDRESS}what/done/", {"delivery": uuid4()})
    assert answer["Location"] == f"{ADDRESS}how/"
    assert Progress.objects.get(part="what").done_at


def test_the_exercise_is_not_done_without_answers(visitor: Person) -> None:
    answer = client_of(visitor).post(f"{ADDRESS}experience/done/", {"delivery": uuid4()})
    assert answer.status_code == 409
    assert "Answer every question" in answer.content.decode()


def test_time_is_counted_and_the_scenes_place_kept(visitor: Person) -> None:
    client = client_of(visitor)
    client.get(f"{ADDRESS}experience/")
    assert client.post(f"{ADDRESS}experience/time/", {"seconds": 5, "place": 4}).status_code == 204
    kept = Progress.objects.get()
    assert (kept.seconds, kept.place) == (0, 4)  # no five seconds have gone by yet
    assert 'data-at="4"' in page(visitor, f"{ADDRESS}experience/")


@pytest.mark.parametrize("seconds", ["", "many", "-1", "999999999"])
def test_a_time_that_cannot_be_is_refused(visitor: Person, seconds: str) -> None:
    answer = client_of(visitor).post(f"{ADDRESS}what/time/", {"seconds": seconds})
    assert answer.status_code == 400


def test_a_programs_lesson_that_lacks_something_is_told_to_who_can_have_it_mended(
    visitor: Person, supervisor: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(FOLDER, tmp_path / "own")
    (tmp_path / "own/at_the_window/what.es.md").unlink()
    monkeypatch.setenv("APEGO_LESSONS", str(tmp_path / "own"))
    assert "what.es.md" in page(supervisor, "/en/learn/")
    assert "at_the_window" not in page(visitor, "/en/learn/")


def test_a_practice_leads_to_the_place_in_a_lesson_that_teaches_it(visitor: Person) -> None:
    assert f'href="{ADDRESS}how/#listen-actively"' in page(visitor, "/en/learn/listen/")


def test_only_a_visitor_is_offered_a_focus(visitor: Person, supervisor: Person) -> None:
    assert 'value="listen"' in page(visitor, ADDRESS)
    assert 'value="listen"' not in page(supervisor, ADDRESS)


def test_pages_stay_small(visitor: Person) -> None:
    for part in ("", "what/", "how/", "experience/", "more/", "questions/areas/"):
        assert len(page(visitor, f"{ADDRESS}{part}")) < 60_000


def test_the_lesson_is_as_the_tests_need_it(at_the_window: Lesson) -> None:
    assert at_the_window.parts_there == ("what", "how", "experience", "more")


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_of_a_shipped_lesson_is_heavy_on_a_phones_data(visitor: Person, language: str) -> None:
    client = client_of(visitor)
    for lesson in lessons().values():
        for part in ("", *(f"{part}/" for part in lesson.parts_there)):
            told = client.get(f"/{language}/learn/lessons/{lesson.id}/{part}").content
            linked = re.findall(r'(?:src|href)="/static/([^"]+\.(?:css|js))"', told.decode())
            files = [Path(found) for name in linked if (found := finders.find(name))]
            assert len(files) == len(linked) > 0
            assert len(told) + sum(file.stat().st_size for file in files) < HEAVY, (lesson.id, part)
