"""How an entry of a content file becomes typed: texts under a key, lists of texts, ids, ages.

Each reading says what is missing, and where. What an entry must hold is decided by
the module of its subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from apego.practice.content import ContentError, Text, text

BIRTH_TO_FIVE = (0, 60)  # months

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class AgedText:
    """A text in both languages and the ages that it fits: `months` from and to, both included."""

    text: Text
    months: tuple[int, int] = BIRTH_TO_FIVE

    def fits(self, months: int) -> bool:
        """True when it fits a child of this age; a child past sixty months counts as sixty.

        >>> lid = AgedText(Text("the lid", "la tapa"), (6, 12))
        >>> lid.fits(6), lid.fits(13)
        (True, False)
        >>> AgedText(Text("the wolf", "el lobo"), (36, 60)).fits(63)
        True
        """
        first, last = self.months
        return first <= min(months, BIRTH_TO_FIVE[1]) <= last


def named(things: Mapping[str, Thing], name: str, subject: str) -> Thing:
    """Give the one of that id. Raises ContentError when there is none.

    >>> named({"lid": 1}, "pot", "materials")
    Traceback (most recent call last):
    apego.practice.content.ContentError: materials: there is no pot
    """
    if name not in things:
        raise ContentError(f"{subject}: there is no {name}")
    return things[name]


def table(entry: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    """Give the table under a key. Raises ContentError when there is none.

    >>> table({}, "name", "labels: describe")
    Traceback (most recent call last):
    apego.practice.content.ContentError: labels: describe has no name
    """
    under = entry.get(key)
    if not isinstance(under, dict) or not under:
        raise ContentError(f"{where} has no {key}")
    return under


def text_under(entry: Mapping[str, Any], key: str, where: str) -> Text:
    """Give the text under a key, in both languages."""
    return text(table(entry, key, where), f"{where}, {key}")


def text_if_any(entry: Mapping[str, Any], key: str, where: str) -> Text | None:
    """Give the text under a key, or None where the entry has no such key."""
    return text_under(entry, key, where) if key in entry else None


def rows(entry: Mapping[str, Any], key: str, where: str) -> list[tuple[Mapping[str, Any], str]]:
    """Give each table of the list under a key together with the words that say where it stands.

        >>> rows({"sign": [{"en": "a look"}]}, "sign", "notice")
        [({'en': 'a look'}, 'notice, sign 1')]

    Raises ContentError when the list is missing or empty.
    """
    listed = entry.get(key)
    if not isinstance(listed, list) or not listed:
        raise ContentError(f"{where} has no {key}")
    return [(row, f"{where}, {key} {number}") for number, row in enumerate(listed, start=1)]


def texts_under(entry: Mapping[str, Any], key: str, where: str) -> tuple[Text, ...]:
    """Give the list of texts under a key.

    >>> texts_under({"ask": [{"en": "How?", "es": "¿Cómo?"}]}, "ask", "culture")[0].es
    '¿Cómo?'
    """
    return tuple(text(row, place) for row, place in rows(entry, key, where))


def aged_under(entry: Mapping[str, Any], key: str, where: str) -> tuple[AgedText, ...]:
    """Give the list of texts under a key with their ages."""
    return tuple(AgedText(text(row, place), ages(row, place)) for row, place in rows(entry, key, where))


def ids(entry: Mapping[str, Any], key: str, where: str, known: Iterable[str]) -> tuple[str, ...]:
    """Give the ids listed under a key.

        >>> ids({"labels": ["reflect"]}, "labels", "listen", known={"reflect"})
        ('reflect',)
        >>> ids({"labels": ["reflekt"]}, "labels", "listen", known={"reflect"})
        Traceback (most recent call last):
        apego.practice.content.ContentError: listen, labels: there is no reflekt

    The list may be empty and must be there: an empty list is a decision, a missing one is forgotten.
    """
    listed = entry.get(key)
    if not isinstance(listed, list):
        raise ContentError(f"{where} has no {key}")
    strangers = [str(one) for one in listed if one not in known]
    if strangers:
        raise ContentError(f"{where}, {key}: there is no {', '.join(strangers)}")
    return tuple(listed)


def ages(entry: Mapping[str, Any], where: str) -> tuple[int, int]:
    """Give the months an entry fits, from and to: one age, a pair, or birth to five where it names none.

    >>> ages({"months": 7}, "a lid"), ages({"months": [6, 12]}, "a lid"), ages({}, "a lid")
    ((7, 7), (6, 12), (0, 60))
    >>> ages({"months": [12, 6]}, "a lid")
    Traceback (most recent call last):
    apego.practice.content.ContentError: a lid: months is [12, 6], not an age from 0 to 60 or [from, to]
    """
    given = entry.get("months", list(BIRTH_TO_FIVE))
    pair = given if isinstance(given, list) else [given, given]
    first, last = BIRTH_TO_FIVE
    if [type(one) for one in pair] != [int, int] or not first <= pair[0] <= pair[1] <= last:
        raise ContentError(f"{where}: months is {given}, not an age from {first} to {last} or [from, to]")
    return pair[0], pair[1]
