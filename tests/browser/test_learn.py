"""A lesson as a browser meets it: nothing typed is lost, the scene plays, and all of it goes by keyboard."""

# ruff: noqa: F811 - a fixture is imported by its name, and asked for by it
from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from apego.practice.lesson import Lesson
from apego.records.actions import learning as actions
from apego.records.models import LessonAnswer, Mark, Person, Progress
from tests.browser.served import RULES, Open
from tests.browser.test_every_page import faults
from tests.browser.test_visit import complaints
from tests.people import NOW
from tests.program_lessons import ADDRESS, FOLDER, at_the_window  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_the_window")]
SPANISH = ADDRESS.replace("/en/", "/es/")
WORDS = "La mamá le canta bajito, y the baby looks at her. ¿Qué más? Ñandú."


def written(page: Any) -> str:
    return str(page.get_by_label("Con sus propias palabras").input_value())


def test_a_connection_lost_in_the_middle_of_the_exercise_loses_nothing(browse: Open, visitor: Person) -> None:
    page = browse(visitor)
    page.goto(f"{SPANISH}questions/seen/")
    page.get_by_label("Con sus propias palabras").fill(WORDS)
    page.context.set_offline(True)
    page.get_by_role("button", name="Guardar").click()
    page.get_by_text("Sin conexión.").wait_for()
    assert written(page) == WORDS
    page.close()  # the phone goes dark
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(f"{SPANISH}questions/areas/")  # wherever in Learn she comes back
    page.get_by_label("Lenguaje").fill("Le canta en español.")
    wait_for(page, lambda: LessonAnswer.objects.filter(exercise="seen").exists())
    page.goto(f"{SPANISH}questions/seen/")
    page.locator("blockquote", has_text=WORDS).wait_for()
    assert LessonAnswer.objects.get().words == WORDS
    page.goto(f"{SPANISH}questions/areas/")
    assert page.get_by_label("Lenguaje").input_value() == "Le canta en español."


def wait_for(page: Any, true: Callable[[], bool], seconds: float = 10) -> None:
    until = monotonic() + seconds
    while not true():
        assert monotonic() < until, f"It did not come to be in {seconds} seconds."
        page.wait_for_timeout(50)


def test_it_goes_out_by_itself_when_the_connection_is_back(browse: Open, visitor: Person) -> None:
    page = browse(visitor)
    page.goto(f"{SPANISH}questions/seen/")
    page.get_by_label("Con sus propias palabras").fill(WORDS)
    page.context.set_offline(True)
    page.get_by_role("button", name="Guardar").click()
    page.get_by_text("Sin conexión.").wait_for()
    page.context.set_offline(False)
    page.locator("blockquote", has_text=WORDS).wait_for()
    assert LessonAnswer.objects.count() == 1


def test_an_answer_that_was_lost_on_its_way_back_is_kept_once(browse: Open, visitor: Person) -> None:
    page = browse(visitor)
    page.goto(f"{SPANISH}questions/seen/")
    page.get_by_label("Con sus propias palabras").fill(WORDS)
    lost: list[int] = []

    def lose_the_first(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/questions/seen/", lose_the_first)
    page.get_by_role("button", name="Guardar").click()
    page.locator("blockquote", has_text=WORDS).wait_for()
    assert len(lost) == 1
    assert LessonAnswer.objects.count() == 1


def test_what_was_typed_is_there_after_the_tab_was_closed_and_not_for_somebody_else(
    browse: Open, visitor: Person, second_visitor: Person
) -> None:
    page = browse(visitor)
    page.goto(f"{SPANISH}questions/seen/")
    page.get_by_label("Con sus propias palabras").fill(WORDS)
    page.close()
    again = page.context.new_page()
    again.goto(f"{SPANISH}questions/seen/")
    assert written(again) == WORDS
    again.get_by_text("todavía no").wait_for()
    other = browse(second_visitor)
    cookie = other.context.cookies()[0]
    again.context.add_cookies([cookie])
    again.goto(f"{SPANISH}questions/seen/")
    assert written(again) == ""


def test_signed_out_in_the_middle_nothing_is_lost(browse: Open, visitor: Person) -> None:
    page = browse(visitor)
    page.goto(f"{SPANISH}questions/seen/")
    page.get_by_label("Con sus propias palabras").fill(WORDS)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Guardar").click()
    page.wait_for_timeout(1500)
    assert not LessonAnswer.objects.exists()
    page.context.add_cookies(cookies)
    page.goto(f"{SPANISH}questions/seen/")
    assert written(page) == WORDS


def test_without_javascript_the_scene_is_read_and_answers_are_kept(browse: Open, visitor: Person) -> None:
    page = browse(visitor, java_script_enabled=False)
    page.goto(f"{ADDRESS}experience/")
    assert page.locator(".lines .line").count() == 3
    assert page.get_by_alt_text("The baby stands at the window.").is_visible()
    page.get_by_role("link", name="0:03").click()
    page.get_by_label("A few words, if you like").fill("She points.")
    page.get_by_role("button", name="Keep this mark").click()
    assert Mark.objects.get().at_seconds == 3
    page.goto(f"{ADDRESS}questions/seen/")
    page.get_by_label("In your own words").fill("She looks.")
    page.get_by_role("button", name="Keep it").click()
    assert LessonAnswer.objects.get().words == "She looks."


def clock(page: Any) -> str:
    return str(page.locator("[data-clock]").inner_text())


def test_the_scene_plays_line_by_line_with_its_pictures(browse: Open, visitor: Person) -> None:
    page = browse(visitor)
    heard = complaints(page)
    page.goto(f"{ADDRESS}experience/")
    stage = page.locator("[data-stage]")
    stage.get_by_alt_text("A room with a window; a baby sits on a blanket.").wait_for()
    page.get_by_label("Speed").select_option("2")
    page.get_by_role("button", name="Play").click()
    stage.get_by_text("There goes the dog!").wait_for()
    page.get_by_role("button", name="Pause").click()
    stopped = clock(page)
    page.wait_for_timeout(700)
    assert clock(page) == stopped
    page.get_by_role("button", name="Next line").click()
    stage.get_by_alt_text("The baby stands at the window.").wait_for()
    assert page.locator("[aria-current=true].line").inner_text().startswith("0:06")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Play", exact=True).wait_for()
    assert clock(page) == "0:09 / 0:09"
    assert heard == []


def test_the_whole_exercise_goes_by_keyboard(browse: Open, visitor: Person) -> None:
    page = browse(visitor)
    page.goto(f"{ADDRESS}experience/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hasAttribute('data-play')"):
            break
    page.keyboard.press("l")
    assert clock(page) == "0:03 / 0:09"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Pause").wait_for()
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.keyboard.press("Space")  # the first of the kinds
    page.keyboard.press("Tab")
    page.keyboard.type("She turns to the window.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#marks .words", has_text="She turns to the window.").wait_for()
    assert Mark.objects.get().kind == "child"
    page.goto(f"{ADDRESS}questions/seen/")
    page.get_by_label("In your own words").focus()
    page.keyboard.type("She looks at the window.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("You may look at these again").wait_for()


def test_a_moment_is_marked_while_the_scene_stays(browse: Open, visitor: Person) -> None:
    page = browse(visitor)
    heard = complaints(page)
    page.goto(f"{ADDRESS}experience/")
    page.evaluate("window.stayed = true")
    for words in ("First.", "Second."):
        page.get_by_role("button", name="Next line").click()
        page.get_by_role("button", name="Mark this moment").click()
        page.get_by_label("A few words, if you like").fill(words)
        page.get_by_role("button", name="Keep this mark").click()
        page.locator("#marks .words", has_text=words).wait_for()
    assert page.evaluate("window.stayed") is True
    assert [(one.at_seconds, one.words) for one in Mark.objects.order_by("at_seconds")] == [
        (3, "First."),
        (6, "Second."),
    ]
    assert page.locator("[data-ticks] rect").count() == 2
    assert heard == []


A_FILM = """() => new Promise((done) => {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d"), parts = [];
  const film = new MediaRecorder(canvas.captureStream(15), { mimeType: "video/webm" });
  let turns = 0;
  const timer = setInterval(() => { pen.fillStyle = turns++ % 2 ? "#c63" : "#fff"; pen.fillRect(0, 0, 300, 150); }, 60);
  film.ondataavailable = (event) => parts.push(event.data);
  film.onstop = async () => done(Array.from(new Uint8Array(await new Blob(parts).arrayBuffer())));
  film.start();
  setTimeout(() => { clearInterval(timer); film.stop(); }, 4000);
})"""


def test_a_programs_own_recording_plays_in_the_same_place_and_starts_within_a_second(
    browse: Open, visitor: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = browse(visitor)
    page.goto(f"{ADDRESS}what/")
    folder = tmp_path / "own"
    shutil.copytree(FOLDER, folder)
    scene = folder / "at_the_window/scene"
    (scene / "scene.webm").write_bytes(bytes(page.evaluate(A_FILM)))
    (scene / "scene.toml").write_text('media = "scene.webm"\n' + (scene / "scene.toml").read_text())
    monkeypatch.setenv("APEGO_LESSONS", str(folder))
    heard = complaints(page)
    page.goto(f"{ADDRESS}experience/")
    film = page.locator("video")
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for(page, lambda: film.evaluate("film => film.currentTime") > 0.05, seconds=1)
    page.locator("[data-line-number]", has_text="line 2 of 3").wait_for()
    page.get_by_role("button", name="Pause").click()
    assert page.locator("[aria-current=true].line").inner_text().startswith("0:03")
    assert film.evaluate("film => [...film.textTracks].map(track => [track.language, track.mode])") == [
        ["en", "showing"],
        ["es", "disabled"],
    ]
    assert film.evaluate("film => film.textTracks[0].cues.length") == 3
    page.get_by_role("button", name="Line back").click()
    assert film.evaluate("film => film.currentTime") < 1
    assert heard == []


def test_the_captions_change_language_where_the_scene_stands(browse: Open, visitor: Person) -> None:
    page = browse(visitor)
    page.goto(f"{ADDRESS}experience/")
    page.get_by_role("button", name="Next line").click()
    page.locator("[data-captions]").click()
    page.locator("[data-stage]").get_by_text("¡Ahí va el perro!").wait_for()
    assert page.locator("[data-caption]").get_attribute("lang") == "es"


def test_the_time_in_sight_is_told(browse: Open, visitor: Person) -> None:
    page = browse(visitor)
    page.goto(f"{ADDRESS}what/")
    page.wait_for_timeout(2500)
    page.goto(f"{ADDRESS}how/")
    wait_for(page, lambda: Progress.objects.get(part="what").seconds >= 1)
    assert Progress.objects.get(part="what").seconds <= 4


@pytest.mark.parametrize(
    ("language", "scheme"), [("en", "light"), ("es", "light"), ("es", "dark")], ids=lambda value: str(value)
)
def test_axe_finds_nothing_in_any_state_of_the_exercise(
    browse: Open,
    visitor: Person,
    supervisor: Person,
    at_the_window: Lesson,
    language: str,
    scheme: str,
) -> None:
    def answered(exercise: str, words: str = WORDS, **parts: str) -> LessonAnswer:
        return actions.answer(
            id=uuid4(), lesson=at_the_window, exercise=exercise, words=words, parts=parts, language="es",
            by=visitor, at=NOW,
        )  # fmt: skip

    rules = RULES if scheme == "light" else {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    base = f"/{language}/learn/"
    lesson = f"{base}lessons/at_the_window/"
    page = browse(visitor, scheme=scheme, bypass_csp=True)
    wrong: list[str] = []
    with translation.override(language):
        for part in (
            "",
            "what/",
            "how/",
            "experience/",
            "more/",
            "questions/seen/",
            "try/sort/",
            "try/again/",
        ):
            wrong += faults(page, f"{lesson}{part}", rules)
        answered("seen")
        shared = answered("seen", "La mamá le canta bajito. Un cactus.")
        answered("areas", "", language="Le canta en español.")
        answered("sort", "", **{"0": "seen", "1": "guessed"})
        answered("again", "The baby was sad on purpose.")
        answered("back", "O sea que las noches se le hacen largas y usted le sigue cantando.")
        actions.share(answer=shared, by=visitor, at=NOW)
        for at, words in ((3, ""), (6, "She rolled over.")):
            made = actions.mark(
                id=uuid4(), lesson=at_the_window, at_seconds=at, kind="child", words=words, by=visitor, at=NOW
            )
        actions.take_out(mark=made, by=visitor, at=NOW)
        for part in at_the_window.parts_there:
            actions.finish_part(lesson=at_the_window, part=part, by=visitor, at=NOW)
        states = (
            "",
            "experience/",
            "questions/seen/",
            "questions/areas/",
            "try/sort/",
            "try/again/",
            "try/back/",
        )
        for part in states:
            wrong += faults(page, f"{lesson}{part}", rules)
        for path in ("", "training/", f"answers/{shared.id}/", "listen/"):
            wrong += faults(page, f"{base}{path}", rules)
        hers = browse(supervisor, scheme=scheme, bypass_csp=True)
        for path in ("", "training/team/", f"training/{visitor.id}/", f"answers/{shared.id}/"):
            wrong += faults(hers, f"{base}{path}", rules)
    assert wrong == []
