"""Which language a turn is spoken in: English, Spanish, or both.

Judged by common words and spellings that one language has and the other has not; the
lists stand in content/languages.toml. Other languages are not told apart: they are None.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from apego.listening.words import folded, words
from apego.practice.content import load

Spoken = Literal["en", "es", "mixed"]
MIXED_SHARE = 0.2  # of the weight of evidence that the lesser language needs, and at least one clear word
LESSER_WEIGHT = 1.5


def language_of(text: str) -> Spoken | None:
    """Give the language of a turn, "mixed" where it holds clear words of both, or None where nothing tells.

        >>> language_of("¿Qué hizo después?"), language_of("What did she do next?")
        ('es', 'en')
        >>> language_of("Look, mija, ya te está buscando, she wants her mom")
        'mixed'
        >>> language_of("No, no. 3, 4.") is None
        True

    A single borrowed word (a name, "okay", "mija") does not make a turn mixed.
    """
    return language_of_words(word.text for word in words(text))


def language_of_words(said: Iterable[str]) -> Spoken | None:
    """Give the language of words that stand in small letters."""
    english = spanish = 0.0
    for word in said:
        for_english, for_spanish = _evidence(word)
        english += for_english
        spanish += for_spanish
    return _judged(english, spanish)


def _judged(english: float, spanish: float) -> Spoken | None:
    if english == spanish == 0:
        return None
    lesser = min(english, spanish)
    if lesser >= LESSER_WEIGHT and lesser >= MIXED_SHARE * (english + spanish):
        return "mixed"
    return "en" if english >= spanish else "es"


@lru_cache(maxsize=65_536)
def _evidence(word: str) -> tuple[float, float]:
    """Give how much a word speaks for English and for Spanish."""
    lists = _lists()
    if word in lists["en"].words:
        return 1.0, 0.0
    if word in lists["es"].words or folded(word) in lists["es"].words:
        return 0.0, 1.0
    for_english = _spelled_like(word, lists["en"])
    for_spanish = _spelled_like(word, lists["es"])
    return for_english, for_spanish


class _List:
    def __init__(self, entry: dict[str, object], other: dict[str, object]) -> None:
        own = set(str(entry["words"]).split())
        others = set(str(other["words"]).split())
        self.words = (own | {folded(word) for word in own if len(word) > 3}) - others
        self.endings = tuple(str(ending) for ending in _strings(entry["endings"]))
        self.letters = frozenset(str(entry["letters"]))


def _strings(value: object) -> list[object]:
    assert isinstance(value, list)  # noqa: S101 - the shape of our own content file
    return value


def _spelled_like(word: str, listed: _List) -> float:
    if not listed.letters.isdisjoint(word):
        return 0.75
    return 0.5 if len(word) >= 5 and word.endswith(listed.endings) else 0.0


@cache
def _lists() -> dict[str, _List]:
    content = load("languages")
    return {"en": _List(content["en"], content["es"]), "es": _List(content["es"], content["en"])}
