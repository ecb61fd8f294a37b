"""The practices: what a home visitor does so that parent and child find each other.

Seven, as the handbook's chapter on a secure parent-child relationship has them, and
the care of the visitor's own relationship with the family. What each sounds like is
the subject of `apego.practice.labels`; sentences that show it, of `apego.practice.examples`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import ContentError, Text, load
from apego.practice.content.entries import named, text_under, texts_under
from apego.practice.sources import Source, cited


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice.

    `labels` are what it sounds like in the visitor's speech. `to_notice` are the labels that
    crowd it out: they are shown to the visitor as something to notice, never held against her.
    """

    id: str
    number: int
    name: Text
    why: Text
    look_for: tuple[Text, ...]
    leave_aside: tuple[Text, ...]
    note: Text
    note_example: Text
    labels: tuple[str, ...]
    to_notice: tuple[str, ...]
    sources: tuple[Source, ...]


@cache
def practices() -> dict[str, Practice]:
    """Give all practices by their permanent id, in their order; relationship care is the eighth.

    >>> list(practices())[:3]
    ['observe_describe', 'listen', 'encourage_sharing']
    """
    return {
        practice_id: _practice(practice_id, number, entry)
        for number, (practice_id, entry) in enumerate(load("practices").items(), start=1)
    }


def practice(practice_id: str) -> Practice:
    """Give one practice.

        >>> practice("redirect").name.en
        'Gently redirect'
        >>> practice("listen").labels
        ('reflect', 'acknowledge')

    Raises ContentError when there is none of that id.
    """
    return named(practices(), practice_id, "practices")


def _practice(practice_id: str, number: int, entry: Mapping[str, Any]) -> Practice:
    where = f"practices: {practice_id}"
    return Practice(
        id=practice_id,
        number=number,
        name=text_under(entry, "name", where),
        why=text_under(entry, "why", where),
        look_for=texts_under(entry, "look_for", where),
        leave_aside=texts_under(entry, "leave_aside", where),
        note=text_under(entry, "note", where),
        note_example=text_under(entry, "note_example", where),
        labels=_labels(entry, "labels", where),
        to_notice=_labels(entry, "to_notice", where),
        sources=cited(entry, where),
    )


def _labels(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Give the labels under a key.

    That each of them exists is checked by `labels()`: a reflection needs the practices' names,
    and should not read what every label is to get them.
    """
    listed = entry.get(key)
    if not isinstance(listed, list):
        raise ContentError(f"{where} has no {key}")
    return tuple(listed)
