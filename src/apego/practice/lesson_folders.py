"""How a folder becomes a lesson: its files read, and every gap in them told at once.

Whoever writes a lesson mends it in one go, not error by error, so reading goes on after a gap
with an empty text in its place; a folder with a gap gives no lesson. Nothing outside the folder is
read, no link is followed, and no file is larger than its kind needs to be.

Captions, drawings and recordings are only found here; what is in them is looked at by
`apego.listening.scenes`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from apego.practice.content import LANGUAGES, Language, Text, load
from apego.practice.domains import domains
from apego.practice.gaps import Gap
from apego.practice.lesson import (
    WRITTEN_PARTS,
    ExampleAnswer,
    Group,
    Lesson,
    MarkKind,
    Part,
    Person,
    Picture,
    Question,
    QuestionKind,
    Rewrite,
    Say,
    Scene,
    SceneRole,
    SmallPractice,
    Sort,
    SortItem,
)
from apego.practice.practices import practices
from apego.practice.sources import Source, sources

TEXT_BYTES = 200_000
PICTURE_BYTES = 100_000
MEDIA_BYTES = 500_000_000
MOST_MINUTES = 240

SKELETON = Path(__file__).parent / "content" / "lesson_skeleton"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.[a-z0-9]{2,4}")
PICTURES = (".svg",)
MEDIA = (".mp4", ".webm", ".mp3", ".m4a", ".ogg")
NO_TEXT = Text("", "")
PENCIL = "✎"  # stands in every text of the skeleton, until somebody has written there
LANGUAGE_NAMES = {"en": "English / inglés", "es": "Spanish / español"}

_HTML = re.compile(r"<(?!(?:https?|mailto|javascript|data):)[A-Za-z/!?][^>\n]*>?")
_IMAGE = re.compile(r"!\[")
_LINK = re.compile(
    r"(?<!!)\[[^\]\n]*\]\(([^)\n]*)\)|<((?:https?|mailto|javascript|data):[^>\n]*)>|^\s*\[[^\]\n]+\]:\s*(\S*)"
)
_TRY = re.compile(r"#try-(.+)")
_HEADING = re.compile(r"#(?!#)|####|={3,}\s*$")

Thing = TypeVar("Thing")


def read_lesson(folder: Path) -> tuple[Lesson | None, tuple[Gap, ...]]:
    """Give the lesson of a folder and no gap, or no lesson and every gap."""
    if not folder.is_dir():
        return None, (Gap(folder.name, "", "lessons.gap-folder"),)
    reading = _Reading(folder)
    if not NAME.fullmatch(folder.name):
        reading.gap("lessons.gap-name", file=folder.name)
    lesson = reading.lesson()
    return (None if reading.gaps else lesson), tuple(reading.gaps)


class _Reading:
    """One folder being read. The only thing here that changes is the list of gaps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = "lesson.toml"
        self.gaps: list[Gap] = []

    def gap(self, code: str, place: str = "", file: str = "", **slots: str | int) -> None:
        self.gaps.append(Gap(file or self.file, place, code, tuple(slots.items())))

    # ---- the lesson, file by file

    def lesson(self) -> Lesson:
        entry = self.toml("lesson.toml", needed=True)
        title, about, minutes, taught, cited = self.head(entry) if entry else _NO_HEAD
        small = self.small_practices()
        parts = {part: self.part(part, {one.id for one in small}) for part in WRITTEN_PARTS}
        marks, questions = self.exercises()
        scene = self.scene() if (self.folder / "scene").exists() else None
        return Lesson(
            self.folder.name, self.folder, title, about, minutes, taught, cited, parts, scene, marks, questions, small
        )  # fmt: skip

    def head(self, entry: Mapping[str, Any]) -> _Head:
        self.only(entry, "", ("title", "about", "minutes", "practices", "sources", "source"))
        minutes = entry.get("minutes")
        if type(minutes) is not int or not 1 <= minutes <= MOST_MINUTES:
            self.gap("lessons.gap-minutes", "minutes")
            minutes = 1
        taught = self.ids(entry, "practices", "", practices())
        return self.text(entry, "title"), self.text(entry, "about"), minutes, taught, self.sources(entry)

    def sources(self, entry: Mapping[str, Any]) -> tuple[Source, ...]:
        cited = self.ids(entry, "sources", "", sources()) if "sources" in entry else ()
        own: list[Source] = []
        for number, row in enumerate(self.rows(entry, "source", "", least=0), 1):
            place = f"source {number}"
            self.only(row, place, ("title", "url", "publisher"))
            title = row.get("title")
            text = (
                Text(title, title)
                if isinstance(title, str) and title.strip()
                else self.text(row, "title", place)
            )
            url = row.get("url")
            if not isinstance(url, str) or not re.fullmatch(r"https?://\S+", url):
                self.gap("lessons.gap-url", f"{place}, url")
                url = ""
            own.append(Source(f"own-{number}", text, str(row.get("publisher", "")), url))
        return (*(sources()[source_id] for source_id in cited), *own)

    def part(self, part: Part, tries: Collection[str]) -> Text:
        found = {}
        for language in LANGUAGES:
            self.file = f"{part}.{language}.md"
            found[language] = self.words(self.file, needed=True)
            for gap in _markdown_gaps(self.file, found[language], tries):
                self.gaps.append(gap)
        return Text(found["en"], found["es"])

    def exercises(self) -> tuple[tuple[MarkKind, ...], tuple[Question, ...]]:
        entry = self.toml("exercises.toml", needed=False)
        self.only(entry, "", ("marks", "question"))
        marks = self.each(entry, "marks", self.mark, least=0)
        questions = self.each(entry, "question", self.question, least=0)
        self.apart("marks", [mark.id for mark in marks])
        self.apart("question", [question.id for question in questions])
        return marks, questions

    def mark(self, row: Mapping[str, Any], place: str) -> MarkKind:
        self.only(row, place, ("id", "name"))
        return MarkKind(self.id(row, place), self.text(row, "name", place))

    def question(self, row: Mapping[str, Any], place: str) -> Question:
        self.only(row, place, ("id", "ask", "kind", "example"))
        kind = cast(QuestionKind, self.choice(row, "kind", place, get_args(QuestionKind)))
        if not row.get("example"):
            self.gap("lessons.gap-example", place)

        def example(under: Mapping[str, Any], where: str) -> ExampleAnswer:
            self.only(under, where, ("words", "domain"))
            domain = self.choice(under, "domain", where, tuple(domains())) if "domain" in under else None
            if kind == "domains" and domain is None:
                self.gap("lessons.gap-domain", where, known=", ".join(domains()))
            return ExampleAnswer(self.text(under, "words", where), domain)

        examples = self.each(row, "example", example, place, least=0)
        return Question(self.id(row, place), self.text(row, "ask", place), kind, examples)

    # ---- small practices

    def small_practices(self) -> tuple[SmallPractice, ...]:
        entry = self.toml("practices.toml", needed=False)
        self.only(entry, "", ("practice",))
        found = self.each(entry, "practice", self.small_practice, least=0)
        self.apart("practice", [one.id for one in found])
        return found

    def small_practice(self, row: Mapping[str, Any], place: str) -> SmallPractice:
        kinds = {"sort": self.sort, "rewrite": self.rewrite, "say": self.say}
        kind = self.choice(row, "kind", place, tuple(kinds))
        teaches = self.choice(row, "teaches", place, tuple(practices())) if "teaches" in row else None
        common = (
            self.id(row, place),
            self.text(row, "ask", place),
            self.text(row, "after", place),
            teaches,
        )
        return kinds[kind](row, place, common)

    def sort(self, row: Mapping[str, Any], place: str, common: _Common) -> SmallPractice:
        self.only(row, place, (*_COMMON, "group", "item"))

        def group(under: Mapping[str, Any], where: str) -> Group:
            self.only(under, where, ("id", "name"))
            return Group(self.id(under, where), self.text(under, "name", where))

        groups = self.each(row, "group", group, place, least=2)
        known = [one.id for one in groups]
        self.apart(f"{place}, group", known)

        def item(under: Mapping[str, Any], where: str) -> SortItem:
            self.only(under, where, ("text", "belongs", "why"))
            belongs = self.ids(under, "belongs", where, known, least=1)
            return SortItem(self.text(under, "text", where), belongs, self.text(under, "why", where))

        return Sort(*common, groups, self.each(row, "item", item, place, least=2))

    def rewrite(self, row: Mapping[str, Any], place: str, common: _Common) -> SmallPractice:
        self.only(row, place, (*_COMMON, "seen", "note", "example"))
        seen, note = self.text(row, "seen", place), self.text(row, "note", place)
        return Rewrite(*common, seen, note, self.each(row, "example", self.said, place))

    def say(self, row: Mapping[str, Any], place: str, common: _Common) -> SmallPractice:
        self.only(row, place, (*_COMMON, "scene", "heard", "labels", "example"))
        scene = self.text(row, "scene", place)
        heard = self.text(row, "heard", place) if "heard" in row else None
        labels = self.ids(row, "labels", place, load("labels"), least=1)
        return Say(*common, scene, heard, labels, self.each(row, "example", self.said, place))

    def said(self, row: Mapping[str, Any], place: str) -> Text:
        self.only(row, place, LANGUAGES)
        return self.text({"": row}, "", place)

    # ---- the scene: what its files are called, and that they are there

    def scene(self) -> Scene | None:
        folder = self.folder / "scene"
        if folder.is_symlink():
            self.gap("lessons.gap-link", file="scene")
            return None
        entry = self.toml("scene/scene.toml", needed=True)
        if not entry:
            return None
        self.only(entry, "", ("title", "people", "picture", "media"))
        title = self.text(entry, "title")
        people = self.each(entry, "people", self.person)
        self.apart("people", [person.id for person in people])
        pictures = self.each(entry, "picture", self.picture, least=0)
        times = [picture.at for picture in pictures]
        for number, (before, at) in enumerate(zip([0.0, *times], times, strict=False), 1):
            if at < before or (number == 1 and at):
                self.gap("lessons.gap-order", f"picture {number}")
        media = None
        if "media" in entry:
            media = self.named_file(entry, "media", "", MEDIA, MEDIA_BYTES)
        captions = {language: folder / f"captions.{language}.vtt" for language in LANGUAGES}
        for path in captions.values():
            self.found(f"scene/{path.name}", TEXT_BYTES)
        return Scene(folder, title, people, captions, pictures, media)

    def person(self, row: Mapping[str, Any], place: str) -> Person:
        self.only(row, place, ("id", "name", "role"))
        name = row.get("name")
        if not isinstance(name, str) or not name.strip():
            self.gap("lessons.gap-name-missing", f"{place}, name")
        role = cast(SceneRole, self.choice(row, "role", place, get_args(SceneRole)))
        return Person(self.id(row, place), str(name), role)

    def picture(self, row: Mapping[str, Any], place: str) -> Picture:
        self.only(row, place, ("at", "file", "alt"))
        at = row.get("at")
        if type(at) not in (int, float) or not 0 <= cast(float, at) < 86_400:
            self.gap("lessons.gap-at", f"{place}, at")
            at = 0
        file = self.named_file(row, "file", place, PICTURES, PICTURE_BYTES)
        return Picture(float(cast(float, at)), file, self.text(row, "alt", place))

    def named_file(
        self, entry: Mapping[str, Any], key: str, place: str, endings: tuple[str, ...], most: int
    ) -> str:
        """Give the name of a file beside scene.toml; a name that leads elsewhere is no name."""
        value = entry.get(key)
        if not isinstance(value, str) or not FILE_NAME.fullmatch(value) or not value.endswith(endings):
            known = ", ".join(endings)
            self.gap("lessons.gap-file-name", _joined(place, key), value=str(value), known=known)
            return ""
        self.found(f"scene/{value}", most)
        return value

    # ---- files

    def found(self, file: str, most: int, needed: bool = True) -> Path | None:
        """Give the path of a file that may be opened, or None and the gap that says why not."""
        path = self.folder / file
        if path.is_symlink() or path.parent.is_symlink():
            self.gap("lessons.gap-link", file=file)
        elif not path.is_file():
            if needed:
                self.gap("lessons.gap-file", file=file)
        elif path.stat().st_size > most:
            self.gap("lessons.gap-large", file=file, limit=_size(most))
        else:
            return path
        return None

    def words(self, file: str, needed: bool) -> str:
        path = self.found(file, TEXT_BYTES, needed)
        if path is None:
            return ""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (UnicodeDecodeError, OSError):
            self.gap("lessons.gap-letters", file=file)
            return ""
        if not text.strip():
            self.gap("lessons.gap-empty", file=file)
        return text

    def toml(self, file: str, needed: bool) -> dict[str, Any]:
        self.file = file
        try:
            return tomllib.loads(self.words(file, needed))
        except tomllib.TOMLDecodeError as fault:
            self.gap("lessons.gap-toml", why=str(fault))
            return {}

    # ---- entries

    def only(self, entry: Mapping[str, Any], place: str, known: Collection[str]) -> None:
        for key in entry:
            if key not in known:
                self.gap("lessons.gap-unknown", _joined(place, key), known=", ".join(known))

    def text(self, entry: Mapping[str, Any], key: str, place: str = "") -> Text:
        under = entry.get(key)
        found: dict[Language, str] = {}
        for language in LANGUAGES:
            words = under.get(language) if isinstance(under, dict) else None
            if not isinstance(words, str) or not words.strip():
                name = f"{key}.{language}" if key else language
                slots = {"language": LANGUAGE_NAMES[language], "key": name}
                self.gap("lessons.gap-language", _joined(place, key), **slots)
                words = ""
            found[language] = words
        if any(PENCIL in words for words in found.values()):
            self.gap("lessons.gap-pencil", _joined(place, key))
        return Text(found["en"], found["es"])

    def rows(self, entry: Mapping[str, Any], key: str, place: str, least: int) -> list[Mapping[str, Any]]:
        listed = entry.get(key, [])
        rows = listed if isinstance(listed, list) and all(isinstance(row, dict) for row in listed) else []
        if len(rows) < least or (listed and not rows):
            self.gap("lessons.gap-none", _joined(place, key), least=max(least, 1))
        return rows

    def each(
        self,
        entry: Mapping[str, Any],
        key: str,
        read: Callable[[Mapping[str, Any], str], Thing],
        place: str = "",
        least: int = 1,
    ) -> tuple[Thing, ...]:
        rows = self.rows(entry, key, place, least)
        return tuple(read(row, _joined(place, f"{key} {number}")) for number, row in enumerate(rows, 1))

    def id(self, entry: Mapping[str, Any], place: str) -> str:
        value = entry.get("id")
        if isinstance(value, str) and NAME.fullmatch(value):
            return value
        self.gap("lessons.gap-id", _joined(place, "id"))
        return ""

    def ids(
        self, entry: Mapping[str, Any], key: str, place: str, known: Collection[str], least: int = 0
    ) -> tuple[str, ...]:
        listed = entry.get(key)
        if not isinstance(listed, list) or len(listed) < least:
            self.gap("lessons.gap-list", _joined(place, key))
            return ()
        for one in listed:
            if one not in known:
                self.gap("lessons.gap-choice", _joined(place, key), value=str(one), known=", ".join(known))
        return tuple(str(one) for one in listed if one in known)

    def choice(self, entry: Mapping[str, Any], key: str, place: str, known: tuple[str, ...]) -> str:
        value = entry.get(key)
        if value in known:
            return str(value)
        self.gap("lessons.gap-choice", _joined(place, key), value=str(value or ""), known=", ".join(known))
        return known[0]

    def apart(self, place: str, ids: list[str]) -> None:
        for twice in sorted({one for one in ids if one and ids.count(one) > 1}):
            self.gap("lessons.gap-twice", place, value=twice)


_Head = tuple[Text, Text, int, tuple[str, ...], tuple[Source, ...]]
_NO_HEAD: _Head = (NO_TEXT, NO_TEXT, 1, (), ())
_Common = tuple[str, Text, Text, str | None]
_COMMON = ("id", "kind", "ask", "after", "teaches")


def _markdown_gaps(file: str, text: str, tries: Collection[str]) -> Iterator[Gap]:
    """Give what may not stand in a part: HTML, pictures, a title, links that lead nowhere good."""
    lines = text.splitlines()
    if PENCIL in text:
        marked = ", ".join(str(number) for number, line in enumerate(lines, 1) if PENCIL in line)
        yield Gap(file, "", "lessons.gap-pencil-lines", (("lines", marked),))
    for number, line in enumerate(lines, 1):
        at = ("line", number)
        if _HEADING.match(line):
            yield Gap(file, "", "lessons.gap-heading", (at,))
        if _IMAGE.search(line):
            yield Gap(file, "", "lessons.gap-image", (at,))
        for found in _LINK.finditer(line):
            target = next((group for group in found.groups() if group is not None), "")
            if not _leads_somewhere(target, tries):
                yield Gap(file, "", "lessons.gap-address", (at, ("value", target)))
        if html := _HTML.search(line):
            yield Gap(file, "", "lessons.gap-html", (at, ("value", html[0])))


def _leads_somewhere(target: str, tries: Collection[str]) -> bool:
    if small := _TRY.fullmatch(target):
        return small[1] in tries
    return bool(re.fullmatch(r"https?://[^\s\"'<>]+", target))


def _joined(place: str, key: str) -> str:
    return ", ".join(part for part in (place, key) if part)


def _size(most: int) -> str:
    return f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1_000} KB"
