"""A gap: what keeps a lesson's folder from being a lesson, told to the person who writes it.

Where it is, what is missing or in the way, and what to write instead, in the writer's language:
a program's lessons are written by people who have never read an error message.
"""

from __future__ import annotations

from dataclasses import dataclass

from apego.practice.content import Language, Text
from apego.practice.sentences import say


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: the file, the entry in it, and the sentence that tells it.

    >>> Gap("lesson.toml", "minutes", "lessons.gap-minutes").told("en")
    'lesson.toml, minutes: How many minutes the lesson takes is missing. Write a whole number from 1 to 240.'

    `is_advice` marks what does not keep the lesson from being shown.
    """

    file: str
    place: str
    code: str
    slots: tuple[tuple[str, str | int | Text], ...] = ()
    is_advice: bool = False

    def told(self, language: Language) -> str:
        """Give the gap in one line."""
        where = f"{self.file}, {self.place}" if self.place else self.file
        slots = {name: slot[language] if isinstance(slot, Text) else slot for name, slot in self.slots}
        return f"{where}: {say(self.code, language, **slots)}"
