"""The labels of a visitor's speech: what each is, what it is not, and sentences that show the difference.

A turn may carry several labels, or none. They are for what is said aloud: in a note
about a child the same words may be something else, and the note check is another subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import ContentError, Text, load
from apego.practice.content.entries import named, rows, table, text_under
from apego.practice.examples import Example, example
from apego.practice.practices import practices


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A sentence that stands close by: `example.labels` is what it carries instead, `why` the reason."""

    example: Example
    why: Text


@dataclass(frozen=True, slots=True)
class Label:
    """One label.

    `practices` are the ids of those that it belongs to, or from which it leads away when
    `to_notice` is set. Some have none: a closed question or a piece of information
    is neither part of a practice nor against one.
    """

    id: str
    name: Text
    it_is: Text
    it_is_not: Text
    examples: tuple[Example, ...]
    near_misses: tuple[NearMiss, ...]
    practices: tuple[str, ...]
    to_notice: bool


@cache
def labels() -> dict[str, Label]:
    """Give all labels by their permanent id.

        >>> len(labels())
        19

    Raises ContentError when a label is not whole, or a practice names one that is not there.
    """
    entries = load("labels")
    for practice in practices().values():
        for label_id in practice.labels + practice.to_notice:
            if label_id not in entries:
                raise ContentError(f"practices: {practice.id} names {label_id}, which labels has not")
    return {label_id: _label(label_id, entry) for label_id, entry in entries.items()}


def label(label_id: str) -> Label:
    """Give one label.

        >>> label("credit").practices
        ('support_competence', 'recognise_effort')
        >>> label("advise").to_notice
        True

    Raises ContentError when there is none of that id.
    """
    return named(labels(), label_id, "labels")


def annomi_labels(row: Mapping[str, str]) -> dict[str, bool]:
    """Give what a row of AnnoMI says of our labels: True or False for those it annotates.

        >>> annomi_labels({"question_subtype": "open", "reflection_subtype": "n/a"})["open_question"]
        True

    A label that AnnoMI does not annotate is left out, and its rows are no evidence against it.

        >>> "credit" in annomi_labels({})
        False
    """
    columns = table(load("annomi"), "columns", "annomi")
    known = {label_id: False for values in columns.values() for label_id in values.values()}
    found = {values[row[column]]: True for column, values in columns.items() if row.get(column) in values}
    return known | found


def _label(label_id: str, entry: Mapping[str, Any]) -> Label:
    where = f"labels: {label_id}"
    showing, leading_away = _practices_of(label_id)
    return Label(
        id=label_id,
        name=text_under(entry, "name", where),
        it_is=text_under(entry, "it_is", where),
        it_is_not=text_under(entry, "it_is_not", where),
        examples=tuple(_shown(label_id, *row) for row in rows(entry, "examples", where)),
        near_misses=tuple(_near_miss(label_id, *row) for row in rows(entry, "near_misses", where)),
        practices=showing + leading_away,
        to_notice=bool(leading_away),
    )


def _practices_of(label_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the ids of the practices that sound like this label, and of those that it crowds out."""
    everyone = practices().values()
    return (
        tuple(one.id for one in everyone if label_id in one.labels),
        tuple(one.id for one in everyone if label_id in one.to_notice),
    )


def _shown(label_id: str, entry: Mapping[str, Any], where: str) -> Example:
    carried = [label_id, *entry.get("also", [])]
    return example({**entry, "labels": carried}, where, known=load("labels"))


def _near_miss(label_id: str, entry: Mapping[str, Any], where: str) -> NearMiss:
    near = example(entry, where, known=load("labels"))
    if label_id in near.labels:
        raise ContentError(f"{where} carries {label_id}, so it misses nothing")
    return NearMiss(near, text_under(entry, "why", where))
