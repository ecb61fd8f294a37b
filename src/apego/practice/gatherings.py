"""Group socializations: the parts of a plan, questions to start from, songs that belong to everybody.

The shape is that of PIWI; the words are ours. How many are due in a year is the subject of
`apego.practice.rules`; who came and what was seen is kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import LANGUAGES, ContentError, Language, Text, load
from apego.practice.content.entries import (
    AgedText,
    ages,
    ids,
    named,
    rows,
    table,
    text_if_any,
    text_under,
)
from apego.practice.domains import domains
from apego.practice.sources import Source, cited


@dataclass(frozen=True, slots=True)
class GatheringPart:
    """One part of a socialization: `what` it is, and `prompt`, a question for planning it with the families."""

    id: str
    name: Text
    what: Text
    prompt: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Song:
    """A song by its title, in the language in which it is sung. No words of it stand here."""

    id: str
    title: str
    language: Language


@dataclass(frozen=True, slots=True)
class PlayArea:
    """One corner to play in: which `things` lie there, what may be seen, and what to keep an eye on."""

    name: Text
    months: tuple[int, int]
    things: Text
    see: Text
    safety: Text | None

    def fits(self, months: int) -> bool:
        """True when it fits a child of this age; a child past sixty months counts as sixty."""
        return AgedText(self.things, self.months).fits(months)


@dataclass(frozen=True, slots=True)
class Starter:
    """A question about how children grow, and what a socialization around it may hold.

    `predict` is asked of the parents before the play and `closing` after it; `home` is an idea to
    take along. All of it is a beginning, to be changed with the families.
    """

    id: str
    months: tuple[int, int]
    question: Text
    predict: Text
    areas: tuple[PlayArea, ...]
    closing: Text
    home: Text
    songs: tuple[Song, ...]
    domains: tuple[str, ...]

    def areas_at(self, months: int) -> tuple[PlayArea, ...]:
        """Give the play areas that fit a child of this age.

        >>> [area.name.en for area in starter("talk").areas_at(11)]
        ['Mirror', 'Telephones']
        """
        return tuple(area for area in self.areas if area.fits(months))


@cache
def gathering_parts() -> dict[str, GatheringPart]:
    """Give the parts of a socialization in their order, by permanent id.

    >>> list(gathering_parts())
    ['question', 'predictions', 'areas', 'look', 'song', 'closing', 'home']
    """
    entries = table(load("gatherings"), "parts", "gatherings")
    return {part_id: _part(part_id, entry) for part_id, entry in entries.items()}


@cache
def songs() -> dict[str, Song]:
    """Give the songs by their permanent id; the families' own come before them.

    >>> songs()["pollitos"].title
    'Los pollitos'
    """
    entries = table(load("gatherings"), "songs", "gatherings")
    return {song_id: _song(song_id, entry) for song_id, entry in entries.items()}


@cache
def starters() -> dict[str, Starter]:
    """Give the questions to start from, by permanent id, those of the youngest first.

    >>> starters()["pretend"].question.en
    'How does one thing become another when children play?'
    """
    entries = table(load("gatherings"), "starters", "gatherings")
    return {starter_id: _starter(starter_id, entry) for starter_id, entry in entries.items()}


def starter(starter_id: str) -> Starter:
    """Give one question to start from. Raises ContentError when there is none of that id."""
    return named(starters(), starter_id, "gatherings, starters")


def starters_for(months: tuple[int, ...]) -> tuple[Starter, ...]:
    """Give the questions that have a play area for each of the children who come, by their ages in months.

        >>> [one.id for one in starters_for((5, 58))]
        ['songs', 'books']

    For a child born early the corrected age is meant. Nobody's age given: all of them.
    """
    return tuple(one for one in starters().values() if all(one.areas_at(age) for age in months))


def _part(part_id: str, entry: Mapping[str, Any]) -> GatheringPart:
    where = f"gatherings: parts, {part_id}"
    return GatheringPart(
        id=part_id,
        name=text_under(entry, "name", where),
        what=text_under(entry, "what", where),
        prompt=text_under(entry, "prompt", where),
        sources=cited(load("gatherings"), "gatherings"),
    )


def _song(song_id: str, entry: Mapping[str, Any]) -> Song:
    where = f"gatherings: songs, {song_id}"
    if entry.get("language") not in LANGUAGES:
        raise ContentError(f"{where}: language is {entry.get('language')}, not one of {', '.join(LANGUAGES)}")
    if not isinstance(entry.get("title"), str) or not entry["title"].strip():
        raise ContentError(f"{where} has no title")
    return Song(song_id, entry["title"], entry["language"])


def _starter(starter_id: str, entry: Mapping[str, Any]) -> Starter:
    where = f"gatherings: {starter_id}"
    return Starter(
        id=starter_id,
        months=ages(entry, where),
        question=text_under(entry, "question", where),
        predict=text_under(entry, "predict", where),
        areas=tuple(_area(row, place) for row, place in rows(entry, "areas", where)),
        closing=text_under(entry, "closing", where),
        home=text_under(entry, "home", where),
        songs=tuple(songs()[song_id] for song_id in ids(entry, "songs", where, known=songs())),
        domains=ids(entry, "domains", where, known=domains()),
    )


def _area(entry: Mapping[str, Any], where: str) -> PlayArea:
    return PlayArea(
        name=text_under(entry, "name", where),
        months=ages(entry, where),
        things=text_under(entry, "things", where),
        see=text_under(entry, "see", where),
        safety=text_if_any(entry, "safety", where),
    )
