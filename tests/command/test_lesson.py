"""`apego lesson`: a lesson as text, and a lesson of one's own begun and looked through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from apego.command import main
from apego.practice.content import LANGUAGES
from apego.practice.lesson_folders import PENCIL
from apego.practice.lessons import SHIPPED, lesson


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner(env={"COLUMNS": "200", **environment}).invoke(main, ["lesson", *arguments])


def written(folder: Path) -> Path:
    assert run("new", str(folder)).exit_code == 0
    for path in folder.rglob("*.*"):
        path.write_text(path.read_text(encoding="utf-8").replace(PENCIL, ""), encoding="utf-8")
    return folder


def test_alone_it_tells_which_lessons_there_are() -> None:
    told = run().output
    for lesson_id in SHIPPED:
        assert lesson_id in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_every_lesson_plays_as_text(lesson_id: str, language: str) -> None:
    played = run(lesson_id, "--language", language)
    known = lesson(lesson_id)
    assert played.exit_code == 0
    assert known.title["es" if language == "es" else "en"] in played.output
    assert "#try-" not in played.output
    for question in known.questions:
        assert question.ask["es" if language == "es" else "en"][:40] in played.output


def test_the_examples_come_only_when_they_are_asked_for() -> None:
    example = lesson("listening").questions[0].examples[0].words.en[:40]
    assert example not in run("listening", "--language", "en").output
    assert example in run("listening", "--language", "en", "--with-examples").output


def test_every_small_practice_is_played_once() -> None:
    played = run("secure_relationship", "--language", "en").output
    for small in lesson("secure_relationship").small_practices:
        assert played.count(small.ask.en[:60]) == 1, small.id


def test_one_part_may_be_asked_for() -> None:
    played = run("listening", "--part", "more", "--language", "en").output
    assert "What no count says" in played
    assert "Two visits" not in played


def test_a_lesson_that_is_not_there_is_answered_with_those_that_are() -> None:
    ran = run("swimming")
    assert ran.exit_code == 2
    assert "secure_relationship" in ran.output


def test_a_new_lesson_says_where_to_write_and_is_whole_when_written(tmp_path: Path) -> None:
    folder = tmp_path / "reading-together"
    assert str(folder) in run("new", str(folder)).output
    unwritten = run("check", str(folder), "--language", "es")
    assert unwritten.exit_code == 1
    assert PENCIL in unwritten.output
    assert run("check", str(written(tmp_path / "other"))).exit_code == 0


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    assert run("new", str(tmp_path)).exit_code != 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["Reading Together", "leyendo_más", "../../up there"])
def test_a_lesson_s_name_is_asked_for_again(name: str, tmp_path: Path) -> None:
    ran = run("new", str(tmp_path / name))
    assert ran.exit_code == 2
    assert "reading-together" in ran.output or "leer-juntos" in ran.output


def test_check_tells_every_gap_by_its_file(tmp_path: Path) -> None:
    folder = written(tmp_path / "reading")
    (folder / "what.es.md").unlink()
    (folder / "scene/kitchen.svg").write_text("<svg/>", encoding="utf-8")
    ran = run("check", str(folder), "--language", "en")
    assert ran.exit_code == 1
    assert [line.split(":")[0] for line in re.findall(r"^· (.+)$", ran.output, re.MULTILINE)] == [
        "what.es.md",
        "scene/kitchen.svg",
    ]


def test_a_program_s_own_lesson_plays_beside_ours(tmp_path: Path) -> None:
    written(tmp_path / "reading")
    assert "reading" in run(APEGO_LESSONS=str(tmp_path)).output
    assert run("reading", APEGO_LESSONS=str(tmp_path)).exit_code == 0


def test_a_lesson_is_read_from_its_folder_before_anybody_else_sees_it(tmp_path: Path) -> None:
    folder = written(tmp_path / "reading")
    assert run(str(folder), "--language", "en").exit_code == 0
    (folder / "what.es.md").unlink()
    ran = run(str(folder), "--language", "en")
    assert ran.exit_code == 1
    assert "what.es.md" in ran.output


def test_what_keeps_a_lesson_out_is_said(tmp_path: Path) -> None:
    folder = written(tmp_path / "reading")
    (folder / "what.es.md").unlink()
    ran = run(APEGO_LESSONS=str(tmp_path))
    assert "what.es.md" in ran.output
    assert "secure_relationship" in ran.output
