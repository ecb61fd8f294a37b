"""Search by the name of a family, a child or a caregiver.

Names are sealed, so no database can look for them: what this person may see is compared in memory (`names`), and
what she may not see is never opened. Words are compared from their beginning, without accents and capitals: “ines”
finds Inés, “ru” finds Ortega Ruiz.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from apego.listening.folded import fold
from apego.records.access import visible
from apego.records.models import Caregiver, Child, Family, Person
from apego.records.names import folded

Member = TypeVar("Member", Child, Caregiver)
MOST = 30  # more than that is no answer: another letter helps more than another page
OPENED = 3 * MOST  # names opened to be shown and sorted


@dataclass(frozen=True, slots=True)
class Found:
    """A family, and by whose name it was found: the family's own or that of somebody in it."""

    family: UUID
    family_name: str
    name: str
    is_of: str  # family, child or caregiver


def search(person: Person, words: str) -> list[Found]:
    """Give the families that this person may see where every word begins a word of one name; by name.

    At most MOST; nothing for no words.
    """
    asked = _words(words)
    if not asked:
        return []
    found = _of_families(person, [key for key, name in folded(person, Family).items() if _fits(name, asked)])
    found += _of_people(person, Child, asked, "child")
    found += _of_people(person, Caregiver, asked, "caregiver")
    found.sort(key=lambda one: (fold(one.family_name), one.is_of != "family", fold(one.name)))
    return found[:MOST]


def _fits(name: str, asked: list[str]) -> bool:
    # Most names hold none of the letters in a row, which is seen at once.
    if not all(word in name for word in asked):
        return False
    return all(any(one.startswith(word) for one in name.replace("-", " ").split()) for word in asked)


def _words(text: str) -> list[str]:
    return fold(text).replace("-", " ").split()


def _of_families(person: Person, keys: list[str]) -> list[Found]:
    rows = visible(person, Family).filter(pk__in=keys[:OPENED]).values_list("id", "name")
    return [Found(id, name, name, "family") for id, name in rows]


def _of_people(person: Person, kind: type[Member], asked: list[str], is_of: str) -> list[Found]:
    keys = [key for key, name in folded(person, kind).items() if _fits(name, asked)]
    rows = visible(person, kind).filter(pk__in=keys[:OPENED]).select_related("family")
    return [Found(one.family_id, one.family.name, one.name, is_of) for one in rows]
