"""A secure relationship: the moments it is made of, what it is the ground of, and the family's own rules.

None of it is a measure. A kind says what may be seen in a moment; a capacity says what a
child becomes able to; neither is ever counted against a family.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import Text, load
from apego.practice.content.entries import AgedText, aged_under, named, table, text_under, texts_under
from apego.practice.sources import Source, cited


@dataclass(frozen=True, slots=True)
class MomentKind:
    """One kind of moment between parent and child. A moment may show several."""

    id: str
    name: Text
    what: Text
    signs: tuple[Text, ...]
    examples: tuple[AgedText, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a child becomes able to on this ground; `tie` says how the relationship carries it."""

    id: str
    name: Text
    what: Text
    tie: Text
    signs: tuple[AgedText, ...]
    sources: tuple[Source, ...]

    def signs_at(self, months: int) -> tuple[Text, ...]:
        """Give the signs that may be seen at an age; at the seam of two ages, those of both.

        >>> [sign.en for sign in capacity("people").signs_at(2)]
        ['Looks at a face, makes a sound, stops, makes another after the answer.']
        >>> len(capacity("people").signs_at(9))
        2
        """
        return tuple(sign.text for sign in self.signs if sign.fits(months))


@dataclass(frozen=True, slots=True)
class Culture:
    """The family's own rules: what a visitor should know about them, ask, and keep in the family's words."""

    name: Text
    about: tuple[Text, ...]
    ask: tuple[Text, ...]
    keep: tuple[Text, ...]
    sources: tuple[Source, ...]


@cache
def moment_kinds() -> dict[str, MomentKind]:
    """Give the kinds of moment by their permanent id.

    >>> list(moment_kinds())
    ['notice', 'read', 'respond', 'enjoy', 'repair']
    """
    entries = table(load("relationship"), "kinds", "relationship")
    return {kind_id: _moment_kind(kind_id, entry) for kind_id, entry in entries.items()}


@cache
def capacities() -> dict[str, Capacity]:
    """Give the capacities by their permanent id.

    >>> list(capacities())
    ['attention', 'people', 'exploring', 'language', 'moving', 'belonging']
    """
    entries = table(load("relationship"), "capacities", "relationship")
    return {capacity_id: _capacity(capacity_id, entry) for capacity_id, entry in entries.items()}


@cache
def culture() -> Culture:
    """Give the page on the family's own rules.

    >>> culture().ask[2].en
    'What does a well-brought-up child do, in this house?'
    """
    entry, where = table(load("relationship"), "culture", "relationship"), "relationship: culture"
    return Culture(
        name=text_under(entry, "name", where),
        about=texts_under(entry, "about", where),
        ask=texts_under(entry, "ask", where),
        keep=texts_under(entry, "keep", where),
        sources=cited(entry, where),
    )


def moment_kind(kind_id: str) -> MomentKind:
    """Give one kind of moment. Raises ContentError when there is none of that id."""
    return named(moment_kinds(), kind_id, "relationship, kinds")


def capacity(capacity_id: str) -> Capacity:
    """Give one capacity. Raises ContentError when there is none of that id."""
    return named(capacities(), capacity_id, "relationship, capacities")


def _moment_kind(kind_id: str, entry: Mapping[str, Any]) -> MomentKind:
    where = f"relationship: {kind_id}"
    return MomentKind(
        id=kind_id,
        name=text_under(entry, "name", where),
        what=text_under(entry, "what", where),
        signs=texts_under(entry, "signs", where),
        examples=aged_under(entry, "examples", where),
        sources=cited(load("relationship"), "relationship"),
    )


def _capacity(capacity_id: str, entry: Mapping[str, Any]) -> Capacity:
    where = f"relationship: {capacity_id}"
    return Capacity(
        id=capacity_id,
        name=text_under(entry, "name", where),
        what=text_under(entry, "what", where),
        tie=text_under(entry, "tie", where),
        signs=aged_under(entry, "signs", where),
        sources=cited(load("relationship"), "relationship"),
    )
