"""Scenes of lessons: captions that play line by line, and a look through the whole folder of a lesson.

A scene is invented or filmed for learning; a family's own conversation is a transcript. What a
lesson holds is the subject of `apego.practice.lesson`; what may be in a drawing, of
`apego.listening.drawings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from apego.listening.drawings import drawing_gaps
from apego.listening.formats import vtt
from apego.listening.formats.source import Source
from apego.listening.recordings import is_what_it_says, starts_late
from apego.listening.transcript import Transcript, TranscriptUnreadable
from apego.practice.content import LANGUAGES, Language, Text
from apego.practice.gaps import Gap
from apego.practice.lesson import Lesson, Picture, Scene, SceneRole
from apego.practice.lesson_folders import PENCIL, read_lesson
from apego.practice.lessons import SHIPPED
from apego.practice.sentences import say

MOST_LESSONS = 200  # of a program's own: more is a folder named by mistake

_SEEN = re.compile(r"\s*(?:\[[^\]]*\]\s*)+")


@dataclass(frozen=True, slots=True)
class Line:
    """What is heard, or what is only seen (then there is no speaker), with its seconds."""

    start: float
    end: float
    speaker: str
    role: SceneRole
    text: str

    @property
    def is_seen(self) -> bool:
        """True of what nobody says: it is read, not heard."""
        return not self.speaker


@dataclass(frozen=True, slots=True)
class Played:
    """A scene in one language, from 0 to `seconds`."""

    title: str
    lines: tuple[Line, ...]
    pictures: tuple[Picture, ...]
    seconds: float

    def picture_at(self, seconds: float) -> Picture | None:
        """Give the picture that is shown then."""
        return next((picture for picture in reversed(self.pictures) if picture.at <= seconds), None)


def scene_of(lesson: Lesson, language: Language) -> Played | None:
    """Give the scene of a lesson as it plays in a language, or None where the lesson has none.

    Raises TranscriptUnreadable where its captions cannot be read; `gaps` tells that beforehand.
    """
    scene = lesson.scene
    if scene is None:
        return None
    turns = _captions(scene.captions[language]).turns
    lines = tuple(
        Line(
            (turn.start_ms or 0) / 1000,
            (turn.end_ms or turn.start_ms or 0) / 1000,
            turn.speaker,
            _role(scene, turn.speaker),
            turn.text if turn.speaker else _without_brackets(turn.text),
        )
        for turn in turns
    )
    return Played(
        scene.title[language], lines, scene.pictures, max((line.end for line in lines), default=0.0)
    )


def gaps(folder: Path) -> list[Gap]:
    """Give every gap of a lesson's folder: what is missing, and what may not be there."""
    lesson, found = read_lesson(folder)
    told = list(found)
    scene = folder / "scene"
    if lesson is None:
        # What is in the scene is told too, so that its author need not come back for it.
        named = [path for path in sorted(scene.glob("*.svg")) if path.is_file() and not path.is_symlink()]
        for path in named:
            told += drawing_gaps(f"scene/{path.name}", path.read_bytes())
    elif lesson.scene is not None:
        told += _scene_gaps(lesson.scene)
    return told


def own_lessons(folder: Path) -> tuple[dict[str, Lesson], dict[str, list[Gap]]]:
    """Give a program's own lessons that are whole and safe, and by folder the gaps of the others.

    Each folder in `folder` is a lesson; links, hidden folders and files beside them are passed over. What
    was read is kept until a file changes. A lesson never takes the place of one that comes with Apego.
    """
    if not folder.is_dir():
        return {}, {}
    lessons, others = _own_lessons(folder, _stamp(folder))
    return dict(lessons), {name: list(found) for name, found in others.items()}


@lru_cache(maxsize=2)
def _own_lessons(
    folder: Path, stamp: tuple[tuple[str, int, int], ...]
) -> tuple[Mapping[str, Lesson], Mapping[str, list[Gap]]]:
    lessons: dict[str, Lesson] = {}
    others: dict[str, list[Gap]] = {}
    for each in _folders(folder):
        found = gaps(each)
        if each.name in SHIPPED:
            found = [Gap(each.name, "", "lessons.gap-taken"), *found]
        in_the_way = [gap for gap in found if not gap.is_advice]
        lesson = None if in_the_way else read_lesson(each)[0]
        if lesson is None:
            others[each.name] = in_the_way
        else:
            lessons[each.name] = lesson
    return lessons, others


def _folders(folder: Path) -> list[Path]:
    inside = (each for each in folder.iterdir() if not each.name.startswith(".") and not each.is_symlink())
    return sorted(each for each in inside if each.is_dir())[:MOST_LESSONS]


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Give what tells whether anything changed: each file's name, size and time."""
    places = [place for each in _folders(folder) for place in (each, each / "scene") if place.is_dir()]
    files = [path for place in places for path in place.iterdir()]
    return tuple(
        sorted((str(path), status.st_size, status.st_mtime_ns) for path in files if (status := path.lstat()))
    )


def _scene_gaps(scene: Scene) -> Iterator[Gap]:
    ends = []
    for path in scene.captions.values():
        file = f"scene/{path.name}"
        try:
            transcript = _captions(path)
        except TranscriptUnreadable as unreadable:
            why = Text(*(say(unreadable.code, each, **unreadable.slots) for each in LANGUAGES))
            yield Gap(file, "", "lessons.gap-captions", (("why", why),))
            continue
        yield from _caption_gaps(file, transcript, scene)
        ends.append(max((turn.end_ms or 0 for turn in transcript.turns), default=0) / 1000)
    for file in dict.fromkeys(picture.file for picture in scene.pictures):
        yield from drawing_gaps(f"scene/{file}", (scene.folder / file).read_bytes())
    for number, picture in enumerate(scene.pictures, 1):
        if ends and picture.at >= max(ends):
            place = f"picture {number}"
            yield Gap("scene/scene.toml", place, "lessons.gap-picture-late", (("at", f"{picture.at:g}"),))
    if scene.media is not None:
        yield from _recording_gaps(scene.media, scene.folder / scene.media)


def _caption_gaps(file: str, transcript: Transcript, scene: Scene) -> Iterator[Gap]:
    for repair in transcript.repairs:
        if repair.code in _TOLD_BY_US:
            continue
        why = Text(*(say(repair.code, language, **dict(repair.slots)) for language in LANGUAGES))
        yield Gap(file, "", "lessons.gap-caption-repair", (("line", repair.line), ("why", why)))
    if marked := ", ".join(str(turn.line) for turn in transcript.turns if PENCIL in turn.text):
        yield Gap(file, "", "lessons.gap-pencil-lines", (("lines", marked),))
    for turn in transcript.turns:
        at = ("line", turn.line)
        if turn.start_ms is None or turn.end_ms is None:
            yield Gap(file, "", "lessons.gap-caption-time", (at,))
        if not turn.speaker and not _SEEN.fullmatch(turn.text):
            yield Gap(file, "", "lessons.gap-caption-voice", (at,))
        elif turn.speaker and scene.person(turn.speaker) is None:
            known = ", ".join(person.name for person in scene.people)
            yield Gap(file, "", "lessons.gap-caption-person", (at, ("value", turn.speaker), ("known", known)))


# Repairs that the gaps beside them tell in words for captions.
_TOLD_BY_US = ("transcripts.repair-time", "transcripts.repair-no-speakers")


def _recording_gaps(name: str, path: Path) -> Iterator[Gap]:
    file = f"scene/{name}"
    if not is_what_it_says(path):
        yield Gap(file, "", "lessons.gap-media")
    elif starts_late(path):
        yield Gap(file, "", "lessons.gap-late-start", (("file", name),), is_advice=True)


def _captions(path: Path) -> Transcript:
    data = path.read_bytes()
    if not data.strip():
        raise TranscriptUnreadable("transcripts.empty", name=path.name)
    transcript = vtt.read(Source(path.name, data))
    if not transcript.turns:
        raise TranscriptUnreadable("transcripts.no-turns", name=path.name)
    return transcript


def _role(scene: Scene, speaker: str) -> SceneRole:
    person = scene.person(speaker)
    return person.role if person else "other"


def _without_brackets(text: str) -> str:
    return " ".join(re.sub(r"[\[\]]", " ", text).split())
