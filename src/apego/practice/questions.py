"""Words ready for a visit: what opens a family up, what to ask oneself after it, what a first visit says.

A ready sentence is a beginning, to be said in one's own words; which practice it serves
stands with it. Sentences that Apego says of a finished visit are the subject of `apego.practice.sentences`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import Text, load, text
from apego.practice.content.entries import AgedText, aged_under, ids, named, table, text_under
from apego.practice.practices import practices
from apego.practice.sources import Source, cited


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


@dataclass(frozen=True, slots=True)
class FirstVisitItem:
    """What a family hears at the first visit: why, one way to say it, and a question that leaves room."""

    id: str
    name: Text
    why: Text
    say: Text
    ask: Text
    sources: tuple[Source, ...]


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


@cache
def after_visit() -> dict[str, Text]:
    """Give the six questions for the five minutes after a visit, in their order.

    They are asked of the visitor, one at a time, and any of them may be left.

        >>> after_visit()["child"].en
        'What was it like to be the child in that room?'
    """
    entries = table(load("questions"), "after_visit", "questions")
    return {key: text(entry, f"questions: after_visit, {key}") for key, entry in entries.items()}


@cache
def first_visit() -> dict[str, FirstVisitItem]:
    """Give what is said at a first visit, in its order.

    >>> list(first_visit())
    ['who_i_am', 'what_we_do', 'confidential', 'duty_to_report', 'your_hopes']
    """
    entries = table(load("questions"), "first_visit", "questions")
    return {item_id: _first_visit_item(item_id, entry) for item_id, entry in entries.items()}


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


def _first_visit_item(item_id: str, entry: Mapping[str, Any]) -> FirstVisitItem:
    where = f"questions: {item_id}"
    return FirstVisitItem(
        id=item_id,
        name=text_under(entry, "name", where),
        why=text_under(entry, "why", where),
        say=text_under(entry, "say", where),
        ask=text_under(entry, "ask", where),
        sources=cited(entry, where),
    )
