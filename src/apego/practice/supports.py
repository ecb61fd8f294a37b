"""How a parent is doing, and what was done about it: areas, kinds of support, steps of a referral.

Nothing here diagnoses or scores anybody, and there is no area for immigration status. What is
written under an area is restricted, which is decided where records are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import Text, load
from apego.practice.content.entries import named, table, text_under
from apego.practice.sources import Source, cited
from apego.practice.visiting import Choice, choices


@dataclass(frozen=True, slots=True)
class Area:
    """One area of a parent's life, and an open question to borrow once the parent has opened it."""

    id: str
    name: Text
    ask: Text
    sources: tuple[Source, ...]


@cache
def areas() -> dict[str, Area]:
    """Give the areas that a visitor may note, by permanent id.

    >>> list(areas())[:3]
    ['sleep', 'mood', 'closeness']
    """
    entries = load("supports")
    sources = cited(entries, "supports")
    return {
        area_id: _area(area_id, entry, sources)
        for area_id, entry in table(entries, "areas", "supports").items()
    }


def area(area_id: str) -> Area:
    """Give one area.

        >>> area("sleep").ask.en
        'How are the nights for you these days?'

    Raises ContentError when there is none of that id.
    """
    return named(areas(), area_id, "supports, areas")


@cache
def support_kinds() -> dict[str, Choice]:
    """Give the kinds of support; what the family has found itself stands first.

    >>> list(support_kinds())[:3]
    ['own', 'listening', 'information']
    """
    return choices("supports", "kinds")


@cache
def referral_steps() -> dict[str, Choice]:
    """Give the steps of a referral. They need not come in order, and a family may stop at any of them.

    >>> referral_steps()["declined"].name.es
    'Dijeron que no, gracias'
    """
    return choices("supports", "steps")


def _area(area_id: str, entry: Mapping[str, Any], sources: tuple[Source, ...]) -> Area:
    where = f"supports: {area_id}"
    return Area(area_id, text_under(entry, "name", where), text_under(entry, "ask", where), sources)
