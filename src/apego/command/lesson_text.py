"""A lesson as text for a terminal: its parts, its scene line by line, its questions, its small practices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch

from rich.console import RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from apego.command.wording import say
from apego.listening.formats.times import clock
from apego.listening.scenes import Line, Played, scene_of
from apego.practice.content import Language
from apego.practice.domains import domains
from apego.practice.lesson import Lesson, Part, Picture, Question, Rewrite, Say, SmallPractice, Sort
from apego.practice.quoting import quoted

INDENT = (0, 0, 0, 2)
_TRY = re.compile(r"^\[[^\]]*\]\(#try-([^)]+)\)[ \t]*$", re.MULTILINE)


def told_lessons(known: Iterable[Lesson], language: Language) -> Iterator[RenderableType]:
    """Give each lesson with what it is about."""
    for lesson in known:
        minutes = say("command.lesson-minutes", language, minutes=lesson.minutes)
        yield Text(lesson.title[language], style="bold").append(f"  {lesson.id}, {minutes}", style="dim")
        yield Padding(Text(lesson.about[language]), (0, 0, 1, 2))


def told_lesson(
    lesson: Lesson, parts: Iterable[Part], language: Language, with_examples: bool
) -> Iterator[RenderableType]:
    """Give the parts of a lesson; examples and whys only where they are asked for."""
    minutes = say("command.lesson-minutes", language, minutes=lesson.minutes)
    yield Text(lesson.title[language], style="bold").append(f"  {minutes}", style="dim")
    yield Text(lesson.about[language])
    for part in parts:
        yield _heading(say(f"command.lesson-{part}", language))
        if part == "experience":
            yield from _experience(lesson, language, with_examples)
        else:
            yield from _written(lesson, part, language, with_examples)
    yield _heading(say("command.sources", language))
    yield from (Padding(Text(f"{source.title[language]}\n{source.url}"), INDENT) for source in lesson.sources)


def _written(lesson: Lesson, part: Part, language: Language, with_examples: bool) -> Iterator[RenderableType]:
    """Give a part with its small practices where it links to them; those not linked follow How to."""
    before, *places = _TRY.split(lesson.parts[part][language])
    yield Markdown(before)
    for small_id, text in zip(places[::2], places[1::2], strict=True):
        if small := lesson.small_practice(small_id):
            yield from _small(small, language, with_examples)
        yield Markdown(text)
    if part == "how":
        linked = {found for text in lesson.parts.values() for found in _TRY.findall(text[language])}
        for small in lesson.small_practices:
            if small.id not in linked:
                yield from _small(small, language, with_examples)


def _small(small: SmallPractice, language: Language, with_examples: bool) -> Iterator[RenderableType]:
    yield Text(f"\n{say('command.lesson-try', language)}", style="bold green4")
    yield Padding(Text(small.ask[language]), INDENT)
    for block in _given(small, language, with_examples):
        yield Padding(block, INDENT)
    yield Padding(Text(f"\n{small.after[language]}\n"), INDENT)


@singledispatch
def _given(small: SmallPractice, language: Language, with_examples: bool) -> Iterator[RenderableType]:
    raise NotImplementedError(type(small).__name__)


@_given.register
def _(small: Sort, language: Language, with_examples: bool) -> Iterator[RenderableType]:
    names = {group.id: group.name[language] for group in small.groups}
    yield Text(f"\n{say('command.lesson-groups', language)}: {' · '.join(names.values())}", style="dim")
    for item in small.items:
        yield Text(f"· {item.text[language]}")
        if with_examples:
            where = " / ".join(names[one] for one in item.belongs)
            yield Padding(Text(f"{where}: {item.why[language]}", style="dim"), INDENT)


@_given.register
def _(small: Rewrite, language: Language, with_examples: bool) -> Iterator[RenderableType]:
    yield Text(f"\n{say('command.lesson-seen', language)}: {small.seen[language]}")
    yield Text(f"\n{say('command.lesson-note', language)}: {small.note[language]}", style="italic")
    yield from _examples([example[language] for example in small.examples], language, with_examples)


@_given.register
def _(small: Say, language: Language, with_examples: bool) -> Iterator[RenderableType]:
    yield Text(f"\n{small.scene[language]}")
    if small.heard is not None:
        yield Text(quoted(small.heard[language]), style="green4")
    yield from _examples([example[language] for example in small.examples], language, with_examples)


def _experience(lesson: Lesson, language: Language, with_examples: bool) -> Iterator[RenderableType]:
    if played := scene_of(lesson, language):
        yield Text(played.title, style="italic")
        yield from _played(played, language)
    if lesson.marks:
        marks = ", ".join(mark.name[language] for mark in lesson.marks)
        yield Text(f"\n{say('command.lesson-marks', language)}: {marks}", style="dim")
    if lesson.questions:
        yield _heading(say("command.lesson-questions", language))
    for question in lesson.questions:
        yield Text(f"\n{question.ask[language]}", style="bold")
        answers = list(_answers(question, language))
        yield from (Padding(block, INDENT) for block in _examples(answers, language, with_examples))


def _answers(question: Question, language: Language) -> Iterator[str]:
    names = domains()
    for example in question.examples:
        under = f" ({names[example.domain].name[language]})" if example.domain else ""
        yield f"{example.words[language]}{under}"


def _played(played: Played, language: Language) -> Iterator[RenderableType]:
    """Give lines and pictures in the order of their seconds; of a picture, what it shows."""
    things: list[tuple[float, int, Line | Picture]] = [
        (picture.at, 0, picture) for picture in played.pictures
    ]
    things += [(line.start, 1, line) for line in played.lines]
    for at, _, thing in sorted(things, key=lambda each: each[:2]):
        time = f"{clock(round(at * 1000))[3:8]}  "
        if isinstance(thing, Picture):
            yield Text(f"{time}▣ {thing.alt[language]}", style="dim")
        elif thing.is_seen:
            yield Text(f"{time}{thing.text}", style="italic")
        else:
            yield Text(time).append(f"{thing.speaker}: ", style="bold").append(thing.text)


def _examples(examples: list[str], language: Language, with_examples: bool) -> Iterator[RenderableType]:
    if not with_examples:
        yield Text(say("command.lesson-own-first", language), style="dim")
        return
    yield Text(say("command.lesson-example-answers", language), style="dim")
    yield from (Text(f"· {example}") for example in examples)


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold underline")
