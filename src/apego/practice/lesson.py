"""The shape of a lesson: what a home visitor reads, watches and tries, in four parts.

Which lessons there are is the subject of `apego.practice.lessons`; how a folder becomes one, of
`apego.practice.lesson_folders`; what is in captions and pictures, of `apego.listening.scenes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from apego.practice.content import ContentError, Language, Text
from apego.practice.sources import Source

Part = Literal["what", "how", "experience", "more"]
PARTS: tuple[Part, ...] = ("what", "how", "experience", "more")
WRITTEN_PARTS: tuple[Part, ...] = (
    "what",
    "how",
    "more",
)  # Experience it is made of the scene and the questions

SceneRole = Literal["visitor", "parent", "child", "other"]
QuestionKind = Literal["open", "domains"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a scene; the captions call them by `name`."""

    id: str
    name: str
    role: SceneRole


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing that is shown from `at` seconds until the next; `alt` tells it to who does not see it."""

    at: float
    file: str
    alt: Text


@dataclass(frozen=True, slots=True)
class Scene:
    """What is watched: captions in both languages, pictures or a recording beside them."""

    folder: Path
    title: Text
    people: tuple[Person, ...]
    captions: Mapping[Language, Path]
    pictures: tuple[Picture, ...] = ()
    media: str | None = None

    def person(self, name: str) -> Person | None:
        """Give the person whom the captions call by this name."""
        return next((person for person in self.people if person.name == name), None)

    def path(self, file: str) -> Path:
        """Give the place of one of the scene's own files. Raises ContentError for any other name."""
        if file not in {self.media, *(picture.file for picture in self.pictures)}:
            raise ContentError(f"scene: there is no {file}")
        return self.folder / file


@dataclass(frozen=True, slots=True)
class MarkKind:
    """What a moment that the learner marks may be."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class ExampleAnswer:
    """One example answer, and the developmental domain that it belongs to where the question asks for domains."""

    words: Text
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the scene; its examples are shown after the learner's own words."""

    id: str
    ask: Text
    kind: QuestionKind
    examples: tuple[ExampleAnswer, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One of the places into which sentences are sorted."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class SortItem:
    """A sentence to sort; `belongs` names two groups where two experienced visitors would differ."""

    text: Text
    belongs: tuple[str, ...]
    why: Text


@dataclass(frozen=True, slots=True)
class Sort:
    """A small practice: sentences to sort. Nothing is right or wrong: where they belong is told with its why."""

    id: str
    ask: Text
    after: Text
    practice: str | None
    groups: tuple[Group, ...]
    items: tuple[SortItem, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A small practice: a judging `note` to write again, with the note check at hand.

    `seen` tells what there was to see and hear, since nobody can describe what they have not seen.
    """

    id: str
    ask: Text
    after: Text
    practice: str | None
    seen: Text
    note: Text
    examples: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """A small practice: something to say in one's own words, to a parent's words or to what was seen.

    `labels` are those by which the reader may say what it heard; others are left unsaid.
    """

    id: str
    ask: Text
    after: Text
    practice: str | None
    scene: Text
    heard: Text | None
    labels: tuple[str, ...]
    examples: tuple[Text, ...]


SmallPractice = Sort | Rewrite | Say


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson. `parts` holds the Markdown of What it is, How to and Learn more.

    A small practice whose id is linked as `#try-<id>` from a paragraph of its own stands there;
    the others follow the part How to.
    """

    id: str
    folder: Path
    title: Text
    about: Text
    minutes: int
    practices: tuple[str, ...]
    sources: tuple[Source, ...]
    parts: Mapping[Part, Text]
    scene: Scene | None = None
    marks: tuple[MarkKind, ...] = ()
    questions: tuple[Question, ...] = ()
    small_practices: tuple[SmallPractice, ...] = ()

    @property
    def parts_there(self) -> tuple[Part, ...]:
        """The parts in their order, without Experience it where there is nothing to experience."""
        experienced: tuple[Part, ...] = ("experience",) if self.scene or self.questions else ()
        return tuple(part for part in PARTS if part in self.parts or part in experienced)

    def question(self, question_id: str) -> Question | None:
        """Give the question of that id."""
        return next((question for question in self.questions if question.id == question_id), None)

    def small_practice(self, practice_id: str) -> SmallPractice | None:
        """Give the small practice of that id."""
        return next((one for one in self.small_practices if one.id == practice_id), None)
