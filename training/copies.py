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

from apego.listening.words import sentences
from training.material import Example

NAMES = Path(__file__).with_name("names.toml")
BARE, SMALL = 0.56, 0.70  # up to these draws: no capitals and no stops, no capitals
BEHIND = (1, 1, 2)  # so many sentences are put behind one
WITHOUT_ACCENTS = 0.35  # of the bare ones
WITHOUT_BEFORE = 0.30
SHORTEST_NAME = 3

CAPITALISED = re.compile(r"[A-ZÁÉÍÓÚ][a-záéíóúñ]+")
WITHIN = re.compile(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚ][a-záéíóúñ]+")
SMALL_WORD = re.compile(r"\b[a-záéíóúñ]+\b")
STOPPED = re.compile(r"[.?!…][\"'”’»)]*$")
LOOSE_STOPS = re.compile(r"[^\w\s'’\-]|(?<!\w)[-'’]+|[-'’]+(?!\w)")


def unpunctuated(text: str) -> str:
    """Give the text in small letters without punctuation; apostrophes and hyphens within words stay.

    >>> unpunctuated("¿Ya comió? Let's see -- no!")
    "ya comió let's see no"
    """
    return " ".join(LOOSE_STOPS.sub(" ", text.lower()).split())


def spoken(text: str) -> tuple[tuple[str, bool], ...]:
    """Give the sentences of a text as speech recognition writes them, each with whether it asks.

    >>> spoken("¿Ya comió? Let's see -- no!")
    (('ya comió', True), ("let's see no", False))
    """
    found = [text[span.start : span.end] for span in sentences(text)]
    told = ((unpunctuated(each), each.rstrip("\"'”’»)]").endswith("?")) for each in found)
    return tuple((words, asks) for words, asks in told if words)


def bare(examples: Iterable[Example]) -> list[Example]:
    """Give each example as speech recognition writes it: no capitals and no punctuation."""
    return [_bare(each) for each in examples]


def _bare(example: Example) -> Example:
    parts = spoken(example.text)
    text = " ".join(words for words, _ in parts)
    known = parts if STOPPED.search(example.text) else ()
    return replace(example, text=text, before=unpunctuated(example.before), parts=known)


def joined(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """Give turns of two or three sentences that were written apart, with the labels of all, and of each.

    What stands behind the first stood without a turn before it; all are in one language.
    """
    chance = random.Random(seed)  # noqa: S311 - for training, not for keys
    alone = {
        language: [
            each
            for each in examples
            if each.language == language and not each.before and STOPPED.search(each.text)
        ]
        for language in ("en", "es")
    }
    firsts = [each for each in examples if each.language in alone and STOPPED.search(each.text)]
    return [
        _together([first, *chance.choices(alone[first.language], k=chance.choice(BEHIND))])
        for first in chance.choices(firsts, k=count)
    ]


def answered(examples: Iterable[Example]) -> list[Example]:
    """Give the turns before, as turns of their own: talk of which nobody said what it does."""
    return [
        replace(each, text=each.before, before="", labels={}) for each in examples if sentences(each.before)
    ]


def _together(told: Sequence[Example]) -> Example:
    counts = [len(sentences(each.text)) for each in told]
    known = [each.labels if count == 1 else None for each, count in zip(told, counts, strict=True)]
    return replace(
        told[0],
        text=" ".join(each.text for each in told),
        labels={label: any(each.labels[label] for each in told) for label in told[0].labels},
        by_sentence=tuple(own for own, count in zip(known, counts, strict=True) for _ in range(count)),
    )


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
        changed = replace(example, text=text, before="" if chance.random() < WITHOUT_BEFORE else before)
        if draw < BARE:
            changed = _bare(changed)
            return _hurried(changed) if chance.random() < WITHOUT_ACCENTS else changed
        if draw < SMALL:
            return replace(changed, text=changed.text.lower(), before=changed.before.lower())
        return changed


def _hurried(example: Example) -> Example:
    """Give the example without accents and apostrophes."""
    parts = tuple((_without_accents(words).replace("'", ""), asks) for words, asks in example.parts)
    return replace(example, text=_without_accents(example.text).replace("'", ""), parts=parts)


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
