"""The gist of a sentence: the words in it that carry its subject, each in one form.

Two wordings of one observation ("rolled over to Mom", "she is rolling over to her mother") have
nearly the same gist. Endings come off in `apego.listening.stems`; the words that carry no subject,
irregular forms and words that are equal here, regional ones among them, stand in content/gist.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from apego.listening.folded import fold
from apego.listening.stems import stem
from apego.practice.content import ContentError, Language, load

LISTS = ("stop", "forms", "equal")

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
# Pronouns hang on a Spanish infinitive or gerund: pararse, agarrándola, dándoselo.
_HANGING = re.compile(r"(..+(?:[aei]r|ndo))(?:me|te|se|nos)?(?:les?|los?|las?)?")
_SHORTEST_VERB = 5


def gist(text: str, language: Language) -> frozenset[str]:
    """Give the words that carry the subject of a text, each in one form.

        >>> gist("She rolled over to Mom", "en") == gist("rolling over to mother!", "en")
        True
        >>> sorted(gist("Se rió con su abuelita.", "es"))
        ['adulto', 'reir']

    A text of the other language has a gist too, of little worth: who calls knows the language.
    """
    return frozenset(
        word for match in _WORD.finditer(fold(text)) if (word := _in_one_form(match[0], language))
    )


@lru_cache(maxsize=65_536)
def _in_one_form(word: str, language: Language) -> str:
    """Give the one form of a folded word, or nothing for a word that carries no subject."""
    known = _lists(language)
    if word in known.stop:
        return ""
    bare = _bare(word, language, known.forms)
    return known.equal.get(bare, bare)


def _bare(word: str, language: Language, forms: Mapping[str, str]) -> str:
    hanging = _HANGING.fullmatch(word) if language == "es" else None
    if hanging and len(hanging[1]) >= _SHORTEST_VERB and word not in forms:
        word = hanging[1]
    return forms.get(word) or stem(word, language)


@dataclass(frozen=True, slots=True)
class _Lists:
    stop: frozenset[str]
    forms: Mapping[str, str]
    equal: Mapping[str, str]


@cache
def _lists(language: Language) -> _Lists:
    entry = load("gist").get(language, {})
    for name in LISTS:
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise ContentError(f"gist: {language} has no {name}")
    forms = {word: group[0] for group in _groups(entry["forms"]) for word in group}
    equal = {_bare(word, language, forms): group[0] for group in _groups(entry["equal"]) for word in group}
    return _Lists(frozenset(entry["stop"].split()), forms, equal)


def _groups(lines: str) -> list[list[str]]:
    return [line.split() for line in lines.splitlines() if line.strip()]
