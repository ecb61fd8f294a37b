"""An example as it could as well have been said or written: other names, no capitals, no punctuation.

The reader is trained on such copies so that it keeps to what the words do, and is tested on them.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training.material import Example

NAMES = Path(__file__).with_name("names.toml")
BARE, SMALL, UNSTOPPED = 0.50, 0.62, 0.74  # up to these draws: no capitals and stops, no capitals, no stops
WITHOUT_ACCENTS = 0.35  # of the bare ones
WITHOUT_BEFORE = 0.30
SHORTEST_NAME = 3

CAPITALISED = re.compile(r"[A-ZÁÉÍÓÚ][a-záéíóúñ]+")
WITHIN = re.compile(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚ][a-záéíóúñ]+")
SMALL_WORD = re.compile(r"\b[a-záéíóúñ]+\b")
STOPS = re.compile(r"[^\w\s'’\-]")
LOOSE_STOPS = re.compile(r"[^\w\s'’\-]|(?<!\w)[-'’]+|[-'’]+(?!\w)")


def unpunctuated(text: str) -> str:
    """Give the text in small letters without punctuation; apostrophes and hyphens within words stay.

    >>> unpunctuated("¿Ya comió? Let's see -- no!")
    "ya comió let's see no"
    """
    return " ".join(LOOSE_STOPS.sub(" ", text.lower()).split())


def bare(examples: Iterable[Example]) -> list[Example]:
    """Give each example as speech recognition writes it: no capitals and no punctuation."""
    return [
        replace(each, text=unpunctuated(each.text), before=unpunctuated(each.before)) for each in examples
    ]


def joined(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """Give turns of two sentences that were written apart, with the labels of both.

    Speech recognition leaves out the stop between them, so that the whole must be read for each of its
    parts. The second is one that stands without a turn before it; both are in one language.
    """
    chance = random.Random(seed)  # noqa: S311 - for training, not for keys
    alone = {
        language: [each for each in examples if each.language == language and not each.before]
        for language in ("en", "es")
    }
    firsts = [each for each in examples if each.language in alone]
    pairs = ((first, chance.choice(alone[first.language])) for first in chance.choices(firsts, k=count))
    return [
        replace(
            first,
            text=f"{first.text} {second.text}",
            labels={label: first.labels[label] or second.labels[label] for label in first.labels},
        )
        for first, second in pairs
    ]


@dataclass(frozen=True, slots=True)
class Names:
    """The first names of a corpus, and those that are put in their place."""

    known: frozenset[str]
    given: tuple[str, ...]

    def swapped(self, text: str, before: str, chance: random.Random) -> tuple[str, str]:
        """Give a text and the turn before with other names, the same one for the same person.

        >>> names = Names(frozenset({"Ana"}), ("Leo",))
        >>> names.swapped("Ana looked at you.", "I call Ana, and Ana runs.", random.Random(1))
        ('Leo looked at you.', 'I call Leo, and Leo runs.')
        """
        instead: dict[str, str] = {}

        def other(word: re.Match[str]) -> str:
            if word[0] not in self.known:
                return word[0]
            return instead.setdefault(word[0], chance.choice(self.given))

        return CAPITALISED.sub(other, text), CAPITALISED.sub(other, before)

    def copy(self, example: Example, chance: random.Random) -> Example:
        """Give the example with other names, and as speech recognition or a hurried thumb would write it."""
        text, before = self.swapped(example.text, example.before, chance)
        draw = chance.random()
        if draw < BARE:
            text, before = unpunctuated(text), unpunctuated(before)
            if chance.random() < WITHOUT_ACCENTS:
                text = _without_accents(text).replace("'", "")
        elif draw < SMALL:
            text, before = text.lower(), before.lower()
        elif draw < UNSTOPPED:
            text = STOPS.sub(" ", text)
        if chance.random() < WITHOUT_BEFORE:
            before = ""
        return replace(example, text=text, before=before)


def names(examples: Iterable[Example]) -> Names:
    """Find the names in texts: capitalised within a sentence, and never seen in small letters."""
    listed = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    capitalised: set[str] = set()
    small: Counter[str] = Counter()
    for example in examples:
        small.update(SMALL_WORD.findall(example.text))
        capitalised.update(WITHIN.findall(example.text))
    known = {word for word in capitalised if not small[word.lower()] and len(word) >= SHORTEST_NAME}
    return Names(frozenset(known - set(listed["not_names"])), tuple(listed["given"]))


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
