"""Words ready for a visit: what opens a family up, by purpose and by the age of the child.

A ready sentence is a beginning, to be said in one's own words; which practice it serves
stands with it. What a first visit says is the subject of `apego.practice.first_visit`; what to ask oneself
afterwards, of `apego.practice.after_visit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import Text, load
from apego.practice.content.entries import AgedText, aged_under, ids, named, table, text_under
from apego.practice.practices import practices


@dataclass(frozen=True, slots=True)
class Purpose:
    """What sentences are for, when to say one, and the sentences; each carries at least one of `labels`."""

    id: str
    name: Text
    when: Text
    practice: str
    labels: tuple[str, ...]
    sentences: tuple[AgedText, ...]

    def for_age(self, months: int) -> tuple[Text, ...]:
        """Give the sentences that fit a child of this age, the ones made for it before those for every age.

        >>> [sentence.en for sentence in purpose("telling").for_age(20)][-1]
        'If he could put this into words for us, what might he say?'
        """
        fitting = [sentence for sentence in self.sentences if sentence.fits(months)]
        return tuple(sentence.text for sentence in sorted(fitting, key=_width))


@cache
def purposes() -> dict[str, Purpose]:
    """Give the purposes by their permanent id.

    >>> list(purposes())[:4]
    ['likes', 'hard', 'view', 'telling']
    """
    entries = table(load("questions"), "purposes", "questions")
    return {purpose_id: _purpose(purpose_id, entry) for purpose_id, entry in entries.items()}


def purpose(purpose_id: str) -> Purpose:
    """Give one purpose. Raises ContentError when there is none of that id."""
    return named(purposes(), purpose_id, "questions, purposes")


def _width(sentence: AgedText) -> int:
    first, last = sentence.months
    return last - first


def _purpose(purpose_id: str, entry: Mapping[str, Any]) -> Purpose:
    where = f"questions: {purpose_id}"
    return Purpose(
        id=purpose_id,
        name=text_under(entry, "name", where),
        when=text_under(entry, "when", where),
        practice=ids({"practice": [entry.get("practice")]}, "practice", where, known=practices())[0],
        labels=ids(entry, "labels", where, known=load("labels")),
        sentences=aged_under(entry, "sentences", where),
    )
