"""Lessons: whole in both languages, and a folder of anybody's tells every gap and lets nothing strange in."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from apego.practice.content import LANGUAGES, ContentError, Language
from apego.practice.lesson import WRITTEN_PARTS, Lesson, Part, Say, Sort
from apego.practice.lesson_folders import PENCIL, SKELETON, TEXT_BYTES, read_lesson
from apego.practice.lessons import SHIPPED, lesson, lessons, load_lesson
from apego.practice.practices import practices
from tests.practice.wording import SAID_TO_SOMEONE, SPANISH_NAMES, SPANISH_ONLY, TU, faults

FOLDER = lessons()["listening"].folder.parent
EMPHASIS = re.compile(r"\*[^*\n]*\*")  # a child's or a family's words stand between stars, too


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that is a lesson, as `apego lesson new` makes it and somebody has written in it."""
    made = tmp_path / "reading-together"
    shutil.copytree(SKELETON, made)
    for path in made.rglob("*.*"):
        path.write_text(path.read_text(encoding="utf-8").replace(PENCIL, ""), encoding="utf-8")
    return made


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def codes(folder: Path) -> list[tuple[str, str, str]]:
    return [(gap.file, gap.place, gap.code.removeprefix("lessons.gap-")) for gap in read_lesson(folder)[1]]


# ---- the lessons that come with Apego


def test_every_folder_is_a_lesson_in_the_order_of_reading() -> None:
    assert sorted(path.name for path in FOLDER.iterdir() if path.is_dir()) == sorted(SHIPPED)


@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_its_texts_are_well_written(lesson_id: str) -> None:
    assert faults(lesson(lesson_id)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", WRITTEN_PARTS)
@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_its_parts_are_well_written(lesson_id: str, part: Part, language: Language) -> None:
    for line in lesson(lesson_id).parts[part][language].splitlines():
        assert '"' not in line and line.count("“") == line.count("”"), line
        ours = EMPHASIS.sub("", SAID_TO_SOMEONE.sub("", line))
        if language == "es":
            assert not TU.search(ours), line
            assert all(line.count(opens) == line.count(closes) for opens, closes in ("¿?", "¡!")), line
        else:
            assert not SPANISH_ONLY.search(SPANISH_NAMES.sub("", ours)), line


@pytest.mark.parametrize("part", WRITTEN_PARTS)
@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_both_languages_have_the_same_headings_lists_and_small_practices(lesson_id: str, part: Part) -> None:
    shapes = [_shape(lesson(lesson_id).parts[part][language]) for language in LANGUAGES]
    assert shapes[0] == shapes[1]


def _shape(text: str) -> list[str]:
    marks = re.findall(r"^(#{2,3} |- |\d+\. |\[.*\]\(#try-.*\)$)", text, re.MULTILINE)
    return [re.sub(r"\[.*\]", "", mark) for mark in marks]


def test_the_lesson_of_the_whole_practice_has_a_small_practice_for_each_of_the_seven() -> None:
    whole = lesson("secure_relationship")
    taught = {small.practice for small in whole.small_practices}
    assert taught >= set(practices()) - {"relationship_care"}
    assert set(whole.practices) == set(practices())
    assert {type(small).__name__ for small in whole.small_practices} == {"Sort", "Rewrite", "Say"}


@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_where_sentences_are_sorted_each_group_is_needed_and_visitors_may_differ(lesson_id: str) -> None:
    for small in lesson(lesson_id).small_practices:
        if isinstance(small, Sort):
            used = {group for item in small.items for group in item.belongs}
            assert used == {group.id for group in small.groups}
            assert any(len(item.belongs) > 1 for item in small.items), small.id


@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_whatever_is_said_has_more_than_one_way(lesson_id: str) -> None:
    for small in lesson(lesson_id).small_practices:
        if isinstance(small, Say):
            assert len(small.examples) > 1, small.id


def test_a_lesson_that_is_not_there_is_named() -> None:
    with pytest.raises(ContentError, match="there is no swimming"):
        lesson("swimming")


# ---- a folder of anybody's


def test_a_written_skeleton_is_a_lesson(folder: Path) -> None:
    made = load_lesson(folder)
    assert made.id == "reading-together"
    assert made.parts_there == ("what", "how", "experience", "more")
    assert made.scene is not None and made.scene.person("Luz") is not None


def test_the_skeleton_s_own_words_are_gaps_and_nothing_else_is(tmp_path: Path) -> None:
    shutil.copytree(SKELETON, tmp_path / "new")
    assert {code for _, _, code in codes(tmp_path / "new")} == {"pencil", "pencil-lines"}


def test_a_lesson_needs_no_scene_no_questions_and_no_small_practices(folder: Path) -> None:
    shutil.rmtree(folder / "scene")
    (folder / "exercises.toml").unlink()
    (folder / "practices.toml").unlink()
    for language in LANGUAGES:
        (folder / f"how.{language}.md").write_text("Words.\n", encoding="utf-8")
    assert load_lesson(folder).parts_there == WRITTEN_PARTS


CASES = json.loads((Path(__file__).parents[1] / "cases/lessons.json").read_text(encoding="utf-8"))
GAPS: dict[str, dict[str, Any]] = {case["name"]: case for case in CASES}


def harm(folder: Path, name: str) -> tuple[str, str, str]:
    """Do to the folder what the case says, and give the gap that it must tell."""
    case = GAPS[name]
    path = folder / case["file"]
    if "old" in case:
        change(path, case["old"], case["new"])
    elif "text" in case:
        path.write_text(case["text"], encoding="utf-8")
    else:
        path.unlink()
    file, place, code = case["gap"]
    return file, place, code


@pytest.mark.parametrize("name", GAPS)
def test_a_gap_is_told_by_its_file_and_entry(name: str, folder: Path) -> None:
    assert harm(folder, name) in codes(folder)
    assert read_lesson(folder)[0] is None
    with pytest.raises(ContentError):
        load_lesson(folder)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", GAPS)
def test_every_gap_can_be_told(name: str, language: Language, folder: Path) -> None:
    harm(folder, name)
    for gap in read_lesson(folder)[1]:
        assert gap.told(language).startswith(gap.file)


LINES = {
    "# A title": "heading",
    "<b>strong</b>": "html",
    "<!-- a comment -->": "html",
    "<script>alert(1)</script>": "html",
    "![a picture](https://example.org/a.png)": "image",
    "[click](javascript:alert(1))": "address",
    "[click](data:text/html,x)": "address",
    "[file](/etc/passwd)": "address",
    "[page]: javascript:alert(1)": "address",
    "<javascript:alert(1)>": "address",
    "[try](#try-nothing)": "address",
    "[page](http://example.org 'title')": "address",
}


@pytest.mark.parametrize("line", LINES)
def test_a_part_holds_plain_markdown_only(line: str, folder: Path) -> None:
    (folder / "what.en.md").write_text(f"Words.\n\n{line}\n", encoding="utf-8")
    assert ("what.en.md", "", LINES[line]) in codes(folder)
    assert "ine 3" in next(gap for gap in read_lesson(folder)[1] if gap.file == "what.en.md").told("en")


PLAIN = [
    "a < b and b > a",
    "> quoted",
    "1 <3 you",
    "## A heading",
    "[a page](https://headstart.gov/a_b#c)",
    "**bold**",
]


@pytest.mark.parametrize("line", PLAIN)
def test_what_is_plain_is_let_through(line: str, folder: Path) -> None:
    (folder / "what.en.md").write_text(f"Words.\n\n{line}\n", encoding="utf-8")
    assert codes(folder) == []


def test_every_gap_is_told_at_once(folder: Path) -> None:
    harmed = ("a file is missing", "no minutes", "a picture outside", "an id twice")
    expected = {harm(folder, name) for name in harmed}
    assert expected <= set(codes(folder))


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("A family's words.", encoding="utf-8")
    (folder / "what.en.md").unlink()
    (folder / "what.en.md").symlink_to(secret)
    assert ("what.en.md", "", "link") in codes(folder)


def test_a_folder_that_is_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "scene", tmp_path / "elsewhere")
    (folder / "scene").symlink_to(tmp_path / "elsewhere")
    assert codes(folder) == [("scene", "", "link")]


def test_a_text_has_a_bound(folder: Path) -> None:
    (folder / "what.en.md").write_text("palabra " * (TEXT_BYTES // 8 + 1), encoding="utf-8")
    assert ("what.en.md", "", "large") in codes(folder)


def test_letters_that_cannot_be_read_are_told(folder: Path) -> None:
    (folder / "what.es.md").write_bytes("mamá".encode("cp1252"))
    assert ("what.es.md", "", "letters") in codes(folder)


def test_a_folder_s_name_is_its_address(folder: Path) -> None:
    folder = folder.rename(folder.parent / "Leer juntos")
    assert ("Leer juntos", "", "name") in codes(folder)


def test_no_folder_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path / "nothing") == [("nothing", "", "folder")]


def test_a_scene_gives_no_file_that_it_does_not_name(folder: Path) -> None:
    made: Lesson = load_lesson(folder)
    assert made.scene is not None
    assert made.scene.path("kitchen.svg").is_file()
    for name in ("scene.toml", "../lesson.toml", "/etc/passwd", ""):
        with pytest.raises(ContentError):
            made.scene.path(name)
