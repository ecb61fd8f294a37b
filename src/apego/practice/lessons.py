"""The lessons that come with Apego, and the way to read one of a program's own.

The texts stand in `content/lessons/<id>/`. The shape of a lesson is the subject of
`apego.practice.lesson`; a program's own lessons are looked for, and looked through, by
`apego.listening.scenes`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from apego.practice.content import ContentError
from apego.practice.content.entries import named
from apego.practice.lesson import Lesson
from apego.practice.lesson_folders import read_lesson

SHIPPED = ("secure_relationship", "listening", "what_you_see")  # in the order in which they are best read
_FOLDER = Path(__file__).parent / "content" / "lessons"


@cache
def lessons() -> dict[str, Lesson]:
    """Give the lessons that come with Apego by their permanent id, in the order of reading.

    >>> list(lessons())
    ['secure_relationship', 'listening', 'what_you_see']
    """
    return {lesson_id: load_lesson(_FOLDER / lesson_id) for lesson_id in SHIPPED}


def lesson(lesson_id: str) -> Lesson:
    """Give one lesson.

        >>> lesson("listening").title.es
        'Escuchar, y preguntas que abren'

    Raises ContentError when there is none of that id.
    """
    return named(lessons(), lesson_id, "lessons")


def load_lesson(folder: Path) -> Lesson:
    """Give the lesson of a folder. Raises ContentError with its first gap; `read_lesson` gives them all."""
    found, gaps = read_lesson(folder)
    if found is None:
        raise ContentError(f"lessons: {folder.name}: {gaps[0].told('en')}")
    return found
