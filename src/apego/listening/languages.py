"""Which language a turn is spoken in: English, Spanish, or both.

Judged by common words and spellings that one language has and the other has not; the
lists stand in content/languages.toml. Other languages are not told apart: they are None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from apego.listening.folded import fold
from apego.listening.words import words
from apego.practice.content import load

Spoken = Literal["en", "es", "mixed"]
MIXED_SHARE = 0.15  # of the weight of evidence that the lesser language needs
LESSER_WEIGHT = 1.0  # and one clear word, or two spellings


def language_of(text: str) -> Spoken | None:
    """Give the language of a turn, "mixed" where it holds clear words of both, or None where nothing tells.

        >>> language_of("¿Qué hizo después?"), language_of("What did she do next?")
        ('es', 'en')
        >>> language_of("Look, mija, ya te está buscando, she wants her mom")
        'mixed'
        >>> language_of("No, no. 3, 4.") is None
        True

    A borrowed word that neither list holds (a name, "mija", "daycare") does not make a turn mixed,
    nor does one word of the other language in a long turn.
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
    if word in lists["es"].words or fold(word) in lists["es"].words:
        return 0.0, 1.0
    for_english = _spelled_like(word, lists["en"])
    for_spanish = _spelled_like(word, lists["es"])
    return for_english, for_spanish


@dataclass(frozen=True, slots=True)
class _List:
    words: frozenset[str]
    endings: tuple[str, ...]
    letters: frozenset[str]


def _listed(entry: Mapping[str, Any], other: Mapping[str, Any]) -> _List:
    own, others = set(entry["words"].split()), set(other["words"].split())
    # A short word without its accent may be English: si, tu, mas. A longer one is only typed in a hurry.
    hurried = {fold(word) for word in own if len(word) > 3}
    return _List(frozenset((own | hurried) - others), tuple(entry["endings"]), frozenset(entry["letters"]))


def _spelled_like(word: str, listed: _List) -> float:
    if not listed.letters.isdisjoint(word):
        return 0.75
    return 0.5 if len(word) >= 5 and word.endswith(listed.endings) else 0.0


@cache
def _lists() -> dict[str, _List]:
    content = load("languages")
    return {"en": _listed(content["en"], content["es"]), "es": _listed(content["es"], content["en"])}
