"""The words of a text and its sentences, each with its place in it.

Places are code points, from 0, as Python counts them. What the words mean is not
known here; which sentences a label stands on is the subject of `apego.listening.reader`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from apego.practice.content import load

LONGEST_SENTENCE = 60  # words; speech recognition may give a whole visit without a full stop
LONGEST_WORD = 40  # signs; what is longer is no word, and is cut before it is looked at

_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*"
_WORD = re.compile(rf"{_LETTERS}(?:['’\-]{_LETTERS})*|\d+|[?¿!¡]")
_END = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s|$)|\n+)")
_BRACKETED = re.compile(r"\[[^\[\]]{0,200}\]")


class Word(NamedTuple):
    """One word or one of the signs ? ¿ ! ¡, in small letters, with its place."""

    text: str
    start: int
    end: int


class Span(NamedTuple):
    """A stretch of text from `start` up to `end`."""

    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """Give the words of a text, and its question and exclamation marks, in small letters.

        >>> [word.text for word in words("¿Y si esperamos? Let’s see.")]
        ['¿', 'y', 'si', 'esperamos', '?', "let's", 'see']

    Acts in square brackets were not said and are left out. An accent that stands as a sign
    of its own is put onto its letter, as speech recognition and some keyboards leave it.

        >>> [word.text for word in words("[laughs] ella")]
        ['ella']
    """
    said = without_acts(text)
    return tuple(Word(_plain(match[0]), match.start(), match.end()) for match in _WORD.finditer(said))


def _plain(word: str) -> str:
    if not word.isascii():
        word = unicodedata.normalize("NFC", word).replace("’", "'")
    return word[:LONGEST_WORD].lower()


def without_acts(text: str) -> str:
    """Give the text with acts in square brackets blanked, so that every place stays where it was."""
    if "[" not in text:
        return text
    return _BRACKETED.sub(lambda act: " " * len(act[0]), text)


def sentences(text: str) -> tuple[Span, ...]:
    """Give the places of the sentences of a text.

        >>> said = "La Dra. Ruiz vino. ¿Cómo le fue? bien, y usted"
        >>> [said[span.start:span.end] for span in sentences(said)]
        ['La Dra. Ruiz vino.', '¿Cómo le fue?', 'bien, y usted']

    Dots of hesitation before a small letter do not end a sentence, nor does the stop of
    an abbreviation. What has no stop at all is one sentence, up to LONGEST_SENTENCE words.

        >>> len(sentences("she... she looked at you")), len(sentences("word " * 130))
        (1, 3)
    """
    said = without_acts(text)
    found: list[Span] = []
    start = 0
    for end in _END.finditer(said):
        if _goes_on(said, end):
            continue
        found.extend(_trimmed(said, start, end.end()))
        start = end.end()
    found.extend(_trimmed(said, start, len(said)))
    return tuple(found)


def _goes_on(said: str, end: re.Match[str]) -> bool:
    """Whether the sentence goes on behind what looks like its end."""
    sign = end[0]
    if sign.startswith(("..", "…")):
        return said[end.end() : end.end() + 2].strip()[:1].islower()
    if sign != ".":
        return False
    before = said[max(0, end.start() - 12) : end.start()].split()
    last = before[-1].lower() if before else ""
    return last in _abbreviations() or (len(last) == 1 and last.isalpha())


def _trimmed(said: str, start: int, end: int) -> list[Span]:
    """Give the stretch without blanks around it, cut where it is too long; nothing if it holds no word."""
    found = list(_WORD.finditer(said, start, end))
    if not any(match[0][0].isalnum() for match in found):
        return []
    pieces = []
    for first in range(0, len(found), LONGEST_SENTENCE):
        part = found[first : first + LONGEST_SENTENCE]
        is_last = first + LONGEST_SENTENCE >= len(found)
        stop = end if is_last else part[-1].end()
        pieces.append(Span(part[0].start(), start + len(said[start:stop].rstrip())))
    return pieces


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(load("languages")["abbreviations"]["words"])
