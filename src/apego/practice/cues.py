"""Cues: the forms of a visitor's speech that tell which label it may carry.

The lists stand in `content/cues.toml`, both languages side by side; what a cue weighs
is learned from labelled speech. Where a parent's own words tell of an effort or a story
is the subject of `apego.practice.signs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Literal

from apego.practice.content import LANGUAGES, ContentError, Language, load

Where = Literal["anywhere", "start", "end"]
WHERES: tuple[Where, ...] = ("anywhere", "start", "end")
LONGEST_PHRASE = 5
FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Cue:
    """One form: its phrases and word endings in each language, and where in a sentence it counts.

    A word written with "=" before it is matched with its accents, every other without.
    """

    id: str
    about: str
    where: Where
    phrases: Mapping[Language, tuple[str, ...]]
    endings: Mapping[Language, tuple[str, ...]]


@cache
def cues() -> tuple[Cue, ...]:
    """Give all cues in the order of the file.

        >>> next(cue for cue in cues() if cue.id == "tag").where
        'end'

    Raises ContentError when a cue says nothing of itself, has no word in any language, or
    holds a phrase longer than five words.
    """
    return tuple(_cue(cue_id, entry) for cue_id, entry in load("cues").items())


def _cue(cue_id: str, entry: Mapping[str, Any]) -> Cue:
    where = entry.get("where", "anywhere")
    if not entry.get("about") or where not in WHERES:
        raise ContentError(f"cues: {cue_id} needs an about, and a where of {', '.join(WHERES)} or none")
    phrases = {language: tuple(_spelled_out(entry.get(language, ()))) for language in LANGUAGES}
    endings = {language: tuple(entry.get(f"endings_{language}", ())) for language in LANGUAGES}
    if not any((*phrases.values(), *endings.values())):
        raise ContentError(f"cues: {cue_id} has no word and no ending")
    for phrase in (*phrases["en"], *phrases["es"]):
        if not 0 < len(phrase.split()) <= LONGEST_PHRASE:
            raise ContentError(f"cues: {cue_id}: {phrase!r} is not one to {LONGEST_PHRASE} words")
    return Cue(cue_id, entry["about"], where, phrases, endings)


def _spelled_out(phrases: tuple[str, ...]) -> Iterator[str]:
    """Give each phrase with its alternatives one by one: "do|does he" is "do he" and "does he"."""
    for phrase in phrases:
        for words in product(*(place.split("|") for place in phrase.split())):
            yield " ".join(words)
