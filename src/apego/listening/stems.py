"""The stem of a word: what its forms have in common, in English and in Spanish.

Light by design: endings come off, nothing is looked up. Irregular forms are words of
their own in `content/ideas.toml`. What a stem means is the subject of `apego.listening.answers`.
"""

from __future__ import annotations

from functools import cache, lru_cache

from apego.listening.folded import fold
from apego.practice.content import Language
from apego.practice.ideas import least_stem, listed

VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=65_536)
def stem(word: str, language: Language) -> str:
    """Give the stem of a folded word.

        >>> {stem(form, "en") for form in ("clap", "claps", "clapped", "clapping")}
        {'clap'}
        >>> {stem(form, "es") for form in ("cantar", "canta", "cantando", "cantaron", "cantarle")}
        {'cant'}
        >>> stem("duerme", "es") == stem("dormir", "es")
        True

    The edge: words that differ in meaning may share a stem (cuento and cuenta); a list of
    ideas decides by the whole word first.
    """
    return _spanish(word) if language == "es" else _english(word)


def _spanish(word: str) -> str:
    left = _without_ending(word, "es")
    # A stressed vowel opens in Spanish verbs (duerme, dormir; cierra, cerrar).
    left = left.replace("ue", "o", 1) if "ue" in left[1:] and not left.startswith("que") else left
    left = left.replace("ie", "e", 1) if "ie" in left[1:] else left
    # The same sound is spelled by the vowel behind it (busco, busque; abrazo, abrace; llego, llegue).
    for spelled, sound in (("qu", "c"), ("gu", "g"), ("z", "c"), ("j", "g")):
        if left.endswith(spelled):
            return left[: -len(spelled)] + sound
    return left


def _english(word: str) -> str:
    left = _without_ending(word.removesuffix("'s").removesuffix("'"), "en")
    if len(left) > least_stem() and left[-1] == left[-2] and left[-1] not in VOWELS | {"s", "l"}:
        return left[:-1]
    return left[:-1] + "y" if left.endswith("i") else left


def _without_ending(word: str, language: Language) -> str:
    for ending in _endings(language).get(word[-1:], ()):
        kept = len(word) - len(ending)
        if kept >= least_stem() and word.endswith(ending) and not VOWELS.isdisjoint(word[:kept]):
            return word[:kept]
    return word


@cache
def _endings(language: Language) -> dict[str, tuple[str, ...]]:
    """Give the endings of a language by their last letter, the longest first."""
    endings = sorted({fold(ending) for ending in listed("endings", language)}, key=lambda e: (-len(e), e))
    by_letter: dict[str, list[str]] = {}
    for ending in endings:
        by_letter.setdefault(ending[-1], []).append(ending)
    return {letter: tuple(found) for letter, found in by_letter.items()}
