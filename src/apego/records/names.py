"""Names for sorting and looking up, folded: without accents and capitals.

Names are sealed, so no database can sort or search them. A visitor's few are opened each time. Opening those of five
thousand families takes longer than all else on the office's pages, so for a coordinator the folded names are kept
while the process lives: by version, and never longer than the record is there. A name that is shown is read anew.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from apego.listening.folded import fold
from apego.records.access import visible
from apego.records.models import Caregiver, Child, Family, Person

Named = TypeVar("Named", Family, Child, Caregiver)
KEY = Cast("id", CharField())  # the id as the text that the database writes
FEW = 500  # up to so many are opened one by one; beyond, one query for all is quicker

_shelf: dict[type[Family | Child | Caregiver], dict[tuple[str, int], str]] = {}


def folded(person: Person, kind: type[Named]) -> dict[str, str]:
    """Give the folded names of all records of a kind that a person may see, by their id.

    The id is the text that the database writes: making a UUID of each would take longer than comparing all names.
    """
    seen = visible(person, kind)
    if person.is_coordinator:
        return _kept(kind, seen)
    return {key: fold(name) for key, name in seen.values_list(KEY, "name")}


def _kept(kind: type[Named], seen: QuerySet[Named]) -> dict[str, str]:
    wanted = set(seen.values_list(KEY, "version"))
    known = _shelf.get(kind, {})
    unknown = [key for key, version in wanted if (key, version) not in known]
    if unknown:
        asked = seen.filter(pk__in=unknown) if len(unknown) <= FEW else seen
        opened = asked.values_list(KEY, "version", "name")
        known = known | {(key, version): fold(name) for key, version, name in opened}
    _shelf[kind] = {one: known[one] for one in wanted if one in known}
    return {key: name for (key, _), name in _shelf[kind].items()}
