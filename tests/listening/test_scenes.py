"""Scenes: captions that play line by line, drawings that only draw, a program's own lessons beside ours."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from apego.listening.answers import compare
from apego.listening.drawings import drawing_gaps
from apego.listening.notes import check
from apego.listening.recordings import is_what_it_says, starts_late
from apego.listening.scenes import gaps, own_lessons, scene_of
from apego.practice.content import LANGUAGES, Language
from apego.practice.lesson import Rewrite
from apego.practice.lesson_folders import PENCIL, SKELETON
from apego.practice.lessons import SHIPPED, lesson, load_lesson

SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{}</svg>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a program's own lesson, in a folder of the program's lessons."""
    made = tmp_path / "lessons" / "reading-together"
    shutil.copytree(SKELETON, made)
    for path in made.rglob("*.*"):
        path.write_text(path.read_text(encoding="utf-8").replace(PENCIL, ""), encoding="utf-8")
    return made


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(gap.file, gap.code.removeprefix("lessons.gap-")) for gap in gaps(folder)]


def captions(folder: Path, text: str) -> None:
    (folder / "scene/captions.en.vtt").write_text(f"WEBVTT\n\n{text}\n", encoding="utf-8")


# ---- the lessons that come with Apego


@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_it_has_no_gap(lesson_id: str) -> None:
    assert [gap.told("en") for gap in gaps(lesson(lesson_id).folder)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_its_scene_plays_in_order_and_everybody_is_known(lesson_id: str, language: Language) -> None:
    played = scene_of(lesson(lesson_id), language)
    assert played is not None
    assert [line.start for line in played.lines] == sorted(line.start for line in played.lines)
    assert all(line.start < line.end <= played.seconds for line in played.lines)
    scene = lesson(lesson_id).scene
    assert scene is not None
    assert {line.speaker for line in played.lines if not line.is_seen} == {
        one.name for one in scene.people
    } | {line.speaker for line in played.lines if line.speaker}
    assert not any("[" in line.text for line in played.lines if line.is_seen)


@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_its_scene_lasts_equally_long_in_both_languages(lesson_id: str) -> None:
    lengths = [played.seconds for language in LANGUAGES if (played := scene_of(lesson(lesson_id), language))]
    assert len(lengths) == 2
    assert abs(lengths[0] - lengths[1]) < 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_a_note_to_rewrite_is_asked_about_and_its_examples_are_not(
    lesson_id: str, language: Language
) -> None:
    for small in lesson(lesson_id).small_practices:
        if isinstance(small, Rewrite):
            assert len(check(small.note[language], language).spans) > 1
            for example in small.examples:
                assert check(example[language], language).spans == ()


# ---- how a scene plays


def test_what_is_heard_has_a_speaker_and_what_is_seen_has_none(folder: Path) -> None:
    captions(
        folder,
        "00:00.000 --> 00:02.000\n[Luz shuts the tap.] [Rain.]\n\n"
        "00:02.000 --> 00:04.000\n<v Luz>Listen [points up]: rain.",
    )
    played = scene_of(load_lesson(folder), "en")
    assert played is not None
    assert [(line.speaker, line.role, line.text) for line in played.lines] == [
        ("", "other", "Luz shuts the tap. Rain."),
        ("Luz", "parent", "Listen [points up]: rain."),
    ]
    assert (played.lines[1].start, played.seconds) == (2.0, 4.0)


def test_a_picture_stays_until_the_next() -> None:
    played = scene_of(lesson("secure_relationship"), "es")
    assert played is not None
    first, second = played.pictures[:2]
    assert played.picture_at(0) == first
    assert played.picture_at(second.at - 0.1) == first
    assert played.picture_at(second.at) == second


def test_a_lesson_without_a_scene_plays_nothing(folder: Path) -> None:
    shutil.rmtree(folder / "scene")
    assert scene_of(load_lesson(folder), "en") is None


# ---- gaps in captions


CAPTIONS = {
    "nobody says it": ("00:00.000 --> 00:02.000\nGood morning.", "caption-voice"),
    "a stranger": ("00:00.000 --> 00:02.000\n<v Marta>Good morning.", "caption-person"),
    "no time": ("00:00.000 --> soon\n<v Luz>Good morning.", "caption-time"),
    "backwards": ("00:09.000 --> 00:02.000\n<v Luz>Good morning.", "caption-repair"),
    "nothing in it": ("", "captions"),
    "the skeleton's words": (f"00:00.000 --> 00:02.000\n<v Luz>{PENCIL} Hello.", "pencil-lines"),
}


@pytest.mark.parametrize("name", CAPTIONS)
def test_a_gap_in_the_captions_is_told(name: str, folder: Path) -> None:
    text, code = CAPTIONS[name]
    captions(folder, text)
    assert ("scene/captions.en.vtt", code) in codes(folder)
    for gap in gaps(folder):
        assert gap.told("en") != gap.told("es")


def test_a_picture_after_the_end_is_told(folder: Path) -> None:
    path = folder / "scene/scene.toml"
    more = '\n[[picture]]\nat = 99\nfile = "kitchen.svg"\nalt.en = "A table."\nalt.es = "Una mesa."\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert codes(folder) == [("scene/scene.toml", "picture-late")]


# ---- drawings


STRANGE = [
    "<script>alert(1)</script>",
    "<g onclick='alert(1)'/>",
    "<foreignObject><p/></foreignObject>",
    "<image href='https://example.org/a.png'/>",
    "<image xlink:href='a.png'/>",
    "<use href='other.svg#a'/>",
    "<use xlink:href='https://example.org/a.svg#a'/>",
    "<a href='https://example.org'><path/></a>",
    "<animate attributeName='href' to='javascript:alert(1)'/>",
    "<style>@import 'https://example.org/a.css';</style>",
    "<style>rect { fill: url(https://example.org/a) }</style>",
    "<style>rect { fill: \\75rl(x) }</style>",
    "<rect style='fill: url(//example.org/a)'/>",
    "<rect fill='url(a.svg#b)'/>",
    "<iframe xmlns='http://www.w3.org/1999/xhtml' src='x'/>",
]


@pytest.mark.parametrize("inside", STRANGE)
def test_a_drawing_runs_nothing_and_fetches_nothing(inside: str) -> None:
    assert {gap.code for gap in drawing_gaps("a.svg", SVG.format(inside).encode())} == {
        "lessons.gap-drawing-part"
    }


DRAWN = [
    "<style>.a { fill: #abc; stroke: url(#shade) }</style><rect class='a' fill='url(#shade)'/>",
    "<defs><linearGradient id='shade'><stop offset='0'/></linearGradient></defs><use href='#shade'/>",
    "<title>A kitchen</title><text x='1'>Pan</text><!-- a comment -->",
    "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>",
]


@pytest.mark.parametrize("inside", DRAWN)
def test_a_drawing_may_draw(inside: str) -> None:
    assert list(drawing_gaps("a.svg", SVG.format(inside).encode())) == []


@pytest.mark.parametrize(
    "data",
    [
        b"not a drawing",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml-stylesheet href='a.css'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"",
    ],
)
def test_what_is_no_plain_drawing_is_told(data: bytes) -> None:
    assert [gap.code for gap in drawing_gaps("a.svg", data)] == ["lessons.gap-drawing"]


def test_a_drawing_of_very_many_pieces_is_told() -> None:
    data = SVG.format("<g/>" * 6_000).encode()
    assert [gap.code for gap in drawing_gaps("a.svg", data)] == ["lessons.gap-drawing-many"]


# ---- recordings


def box(kind: bytes, inside: bytes = b"") -> bytes:
    return (8 + len(inside)).to_bytes(4, "big") + kind + inside


def recording(folder: Path, name: str, data: bytes) -> Path:
    path = folder / "scene/scene.toml"
    path.write_text(f'media = "{name}"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "scene" / name).write_bytes(data)
    return folder / "scene" / name


def test_a_recording_whose_table_stands_at_its_end_is_advised_about_and_shown(folder: Path) -> None:
    late = box(b"ftyp", b"isom") + box(b"free") + box(b"mdat", b"x" * 500) + box(b"moov")
    recording(folder, "visit.mp4", late)
    (gap,) = gaps(folder)
    assert gap.is_advice
    assert "faststart" in gap.told("en") and "faststart" in gap.told("es")
    assert list(own_lessons(folder.parent)[0]) == ["reading-together"]


def test_a_recording_whose_table_stands_in_front_is_well(folder: Path) -> None:
    large = (
        (1).to_bytes(4, "big") + b"free" + (24).to_bytes(8, "big") + b"x" * 8
    )  # a box with its size in eight bytes
    path = recording(folder, "visit.mp4", box(b"ftyp", b"isom") + large + box(b"moov") + box(b"mdat", b"x"))
    assert not starts_late(path)
    assert gaps(folder) == []


@pytest.mark.parametrize("data", [b"", b"\0", box(b"ftyp", b"isom"), (0).to_bytes(4, "big") + b"free"])
def test_a_cut_recording_crashes_nothing(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    assert not starts_late(path)


def test_a_page_that_calls_itself_a_recording_is_told(folder: Path) -> None:
    path = recording(folder, "visit.mp4", b"<html><script>alert(1)</script></html>")
    assert not is_what_it_says(path)
    assert codes(folder) == [("scene/visit.mp4", "media")]


# ---- a program's own lessons


def test_a_program_s_own_lesson_is_picked_up(folder: Path) -> None:
    lessons, left_out = own_lessons(folder.parent)
    assert list(lessons) == ["reading-together"]
    assert left_out == {}


def test_a_lesson_with_a_gap_is_left_out_with_its_gaps(folder: Path) -> None:
    (folder / "scene/kitchen.svg").write_text(SVG.format("<script/>"), encoding="utf-8")
    lessons, left_out = own_lessons(folder.parent)
    assert lessons == {}
    assert [gap.code for gap in left_out["reading-together"]] == ["lessons.gap-drawing-part"]


def test_a_mended_lesson_is_picked_up_without_starting_anew(folder: Path) -> None:
    what = folder / "what.en.md"
    words = what.read_text(encoding="utf-8")
    what.write_text("", encoding="utf-8")
    assert own_lessons(folder.parent)[0] == {}
    what.write_text(words, encoding="utf-8")
    assert list(own_lessons(folder.parent)[0]) == ["reading-together"]


def test_a_lesson_of_ours_is_never_replaced(folder: Path) -> None:
    folder.rename(folder.parent / "listening")
    lessons, left_out = own_lessons(folder.parent)
    assert lessons == {}
    assert [gap.code for gap in left_out["listening"]] == ["lessons.gap-taken"]


def test_links_hidden_folders_and_files_are_passed_over(folder: Path, tmp_path: Path) -> None:
    outside = shutil.copytree(folder, tmp_path / "elsewhere")
    (folder.parent / "linked").symlink_to(outside)
    shutil.copytree(folder, folder.parent / ".git")
    (folder.parent / "notes.txt").write_text("to do", encoding="utf-8")
    lessons, left_out = own_lessons(folder.parent)
    assert (list(lessons), left_out) == (["reading-together"], {})


def test_no_folder_is_no_lesson(tmp_path: Path) -> None:
    assert own_lessons(tmp_path / "nothing") == ({}, {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson_id", SHIPPED)
def test_each_example_answer_holds_an_idea_of_its_own(lesson_id: str, language: Language) -> None:
    for question in lesson(lesson_id).questions:
        examples = [example.words[language] for example in question.examples]
        for number, example in enumerate(examples):
            touched = [one.match == "touched" for one in compare(example, examples, language)]
            assert touched == [place == number for place in range(len(examples))], example
