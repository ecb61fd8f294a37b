"""Ideas of the field, each with the words that tell it in English and Spanish.

The lists stand in `content/ideas.toml`. How a text is searched for them, and when two
texts tell the same, is the subject of `apego.listening.answers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from apego.practice.content import LANGUAGES, ContentError, Language, load

OTHER = "other"
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea: its words in each language, its kind, what it weighs, and the ideas beside it.

    To be near is mutual: the file says it once, here both know of it.
    """

    id: str
    kind: str
    weight: float
    near: tuple[str, ...]
    words: Mapping[Language, tuple[str, ...]]


@cache
def ideas() -> Mapping[str, Idea]:
    """Give every idea by its id.

        >>> ideas()["peekaboo"].kind, "cucú" in ideas()["peekaboo"].words["es"]
        ('play', True)

    Raises ContentError when an idea lacks words in a language, has a kind without a weight,
    or names an idea beside it that is not there.
    """
    entries: Mapping[str, Any] = load("ideas")["idea"]
    found = {idea_id: _idea(idea_id, entry) for idea_id, entry in entries.items()}
    beside: dict[str, set[str]] = {idea_id: set() for idea_id in found}
    for idea in found.values():
        for other in idea.near:
            if other not in found:
                raise ContentError(f"ideas: {idea.id} is near {other}, which is not there")
            beside[idea.id].add(other)
            beside[other].add(idea.id)
    return {idea_id: replace(idea, near=tuple(sorted(beside[idea_id]))) for idea_id, idea in found.items()}


def _idea(idea_id: str, entry: Mapping[str, Any]) -> Idea:
    for language in LANGUAGES:
        if not entry.get(language):
            raise ContentError(f"ideas: {idea_id} has no {language}")
    words = {language: tuple(entry[language]) for language in LANGUAGES}
    return Idea(idea_id, entry["kind"], weight(entry["kind"]), tuple(entry.get("near", ())), words)


def weight(kind: str) -> float:
    """Give what an idea of a kind weighs, beside 1 for an act.

        >>> weight("people") < weight("acts")
        True

    Raises ContentError for a kind that has no weight.
    """
    weights: Mapping[str, float] = load("ideas")["weights"]
    if kind not in weights:
        raise ContentError(f"ideas: the kind {kind} has no weight")
    return weights[kind]


@cache
def listed(name: str, language: Language) -> tuple[str, ...]:
    """Give a list of words that serve the comparing: light, denial, toward, unnamed, endings.

    >>> "never" in listed("denial", "en"), "nunca" in listed("denial", "es")
    (True, True)
    """
    words = load("ideas").get(name, {}).get(language, "").split()
    if not words:
        raise ContentError(f"ideas: {name} has no {language}")
    return tuple(words)


def least_stem() -> int:
    """Give how many letters of a word must be left when its ending is taken off.

    >>> least_stem()
    3
    """
    return int(load("ideas")["endings"]["least"])
