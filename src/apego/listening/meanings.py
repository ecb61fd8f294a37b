"""How near two words stand to each other in meaning, in English, in Spanish and across the two.

Every word has a few numbers, which `training.meanings` fitted so that words of one idea
(`apego.practice.ideas`) point the same way; `model/card.md` says from what. What two texts have
in common is the subject of `apego.listening.answers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from apego.listening.stems import stem
from apego.listening.told import spelled
from apego.practice.content import LANGUAGES, Language

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Meanings:
    """The numbers of every word: a row each, known by its folded spelling."""

    rows: dict[str, int]
    numbers: npt.NDArray[np.int8]


@lru_cache(maxsize=65_536)
def meaning(text: str) -> Numbers:
    """Give the direction of a word or phrase: length one, or all zeros where no word of it is known.

        >>> float(meaning("lullaby") @ meaning("arrullo")) > float(meaning("lullaby") @ meaning("camión"))
        True

    A phrase points where its words point together. A form that is not in the table stands for the
    commonest word with its stem. The edge: a word of several senses points between them.
    """
    known = meanings()
    found = [row for word in spelled(text) if (row := _row(word, known)) is not None]
    return unit(known.numbers[found].astype(np.float32).sum(axis=0))


def unit(numbers: Numbers) -> Numbers:
    """Give numbers of length one; zeros stay zeros.

    >>> unit(np.array([3.0, 4.0], dtype=np.float32)).tolist()
    [0.6000000238418579, 0.800000011920929]
    """
    length = np.sqrt((numbers * numbers).sum(axis=-1, keepdims=True))
    return np.asarray(numbers / np.maximum(length, 1e-9), dtype=np.float32)


def _row(word: str, known: Meanings) -> int | None:
    row = known.rows.get(word)
    if row is not None:
        return row
    return next((found for stemmed in _stems(word) if (found := _by_stem().get(stemmed)) is not None), None)


def _stems(word: str) -> Iterator[tuple[Language, str]]:
    """Give the stem of a word in each language: one of them is the word itself, mostly."""
    for language in LANGUAGES:
        yield language, stem(word, language)


@cache
def _by_stem() -> dict[tuple[Language, str], int]:
    """Give the first row of each stem: the table begins with the words that are commonest."""
    found: dict[tuple[Language, str], int] = {}
    for word, row in meanings().rows.items():
        for stemmed in _stems(word):
            found.setdefault(stemmed, row)
    return found


@cache
def meanings() -> Meanings:
    """Give the table as it ships.

    >>> meanings().numbers.shape[0] == len(meanings().rows)
    True
    """
    path = resources.files("apego.listening.model") / "meanings.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode().split("\n")
        return Meanings({word: row for row, word in enumerate(words)}, stored["numbers"])
