"""Stops where there are none: speech recognition often writes a whole turn without them.

Where a sentence ends is heard by the reader's encoder (`apego.listening.model`); here its answers
become a text that is written with stops, and places in it become places in what was said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

ENDINGS = ("", ".", "?")  # what may stand behind a word, in the order of the encoder's outputs
_STOP = re.compile(r"[.?!…]")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Stopped:
    """A text with stops, and the places at which one was put in."""

    text: str
    put: tuple[int, ...] = ()

    @property
    def starts(self) -> list[int]:
        """The places where its words start, as white space parts them."""
        return [word.start() for word in _WORD.finditer(self.text)]

    def said(self, place: int) -> int:
        """Give the place in what was said that belongs to a place in the text.

        >>> Stopped("where is it? there", (11,)).said(13)
        12
        """
        return place - bisect_left(self.put, place)


def stopped(text: str, signs: Sequence[str]) -> Stopped:
    """Give the text with a sign behind each word; the last always has one.

    >>> stopped("where is it there", ["", "", "?", ""]).text
    'where is it? there.'

    A text that has a stop anywhere was written by somebody who sets them, and stays as it is.

        >>> stopped("Well. where is it", ["", "", "", "?"]).text
        'Well. where is it'
    """
    if _STOP.search(text):
        return Stopped(text)
    parts: list[str] = []
    put: list[int] = []
    end = 0
    words = list(_WORD.finditer(text))
    for at, (word, sign) in enumerate(zip(words, signs, strict=True)):
        mark = sign or ("." if at == len(words) - 1 else "")
        parts.append(text[end : word.end()] + mark)
        if mark:
            put.append(word.end() + len(put))
        end = word.end()
    return Stopped("".join(parts) + text[end:], tuple(put))
