"""The frames of a letter after a visit: a greeting, what the child did, the adult's part, what comes next.

A frame holds no fact: what fills it are the visitor's own sentences from the record, quoted.
Choosing which of them go into a letter is no subject here.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import ContentError, Language, Text, load
from apego.practice.content.entries import ids, named, text_under, texts_under
from apego.practice.quoting import within

SLOTS = ("adult", "child", "day", "moment", "credit", "next", "visitor")
QUOTED = ("moment", "credit", "next")  # words of the record; they stand between quotation marks


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a letter: `what` it is there for, the `slots` it takes, and several ways to say it."""

    id: str
    what: Text
    slots: tuple[str, ...]
    variants: tuple[Text, ...]

    def variant(self, key: str) -> Text:
        """Give one of the ways, always the same for a key (a visit's id, say).

        >>> frame("moment").variant("a visit") == frame("moment").variant("a visit")
        True
        """
        # Not hash(): that differs from one start of the program to the next.
        return self.variants[zlib.crc32(f"{self.id} {key}".encode()) % len(self.variants)]

    def said(self, language: Language, key: str, **words: str) -> str:
        """Give the line with its slots filled.

        What is quoted is quoted as it stands, in whatever language; only its own quotation marks
        become single ones.

            >>> frame("credit").said("es", "b", child="Teo", credit="You said “look,” and he looked.")
            'Y esto fue lo que hizo usted: “You said ‘look,’ and he looked.”'

        Raises ContentError when a slot is empty: a letter has no gaps.
        """
        empty = [slot for slot in self.slots if not words.get(slot, "").strip()]
        if empty:
            raise ContentError(f"letters: {self.id} is not filled in: {', '.join(empty)}")
        filled = {
            slot: within(" ".join(words[slot].split())) if slot in QUOTED else words[slot]
            for slot in self.slots
        }
        return self.variant(key)[language].format(**filled)


@cache
def frames() -> dict[str, Frame]:
    """Give the frames by their permanent id, in the order in which they stand in a letter.

    >>> list(frames())
    ['opening', 'moment', 'credit', 'next', 'closing', 'signature']
    """
    return {frame_id: _frame(frame_id, entry) for frame_id, entry in load("letters").items()}


def frame(frame_id: str) -> Frame:
    """Give one frame. Raises ContentError when there is none of that id."""
    return named(frames(), frame_id, "letters")


def _frame(frame_id: str, entry: Mapping[str, Any]) -> Frame:
    where = f"letters: {frame_id}"
    return Frame(
        id=frame_id,
        what=text_under(entry, "what", where),
        slots=ids(entry, "slots", where, known=SLOTS),
        variants=texts_under(entry, "variants", where),
    )
