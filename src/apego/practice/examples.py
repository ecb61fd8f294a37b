"""Example sentences: what a visitor says, to the parent of a child of what age, after what was said.

Those of a practice stand in `content/examples/<practice>.toml`; those that show a label
stand with the label. They are ours, invented, and never used to train the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import ContentError, Text, load, text
from apego.practice.content.entries import ages, ids, rows, text_if_any


@dataclass(frozen=True, slots=True)
class Example:
    """One moment, thought in each language: the two texts tell the same, and neither translates the other.

    `before` is what the parent had just said, where the sentence answers it; `scene` says who and
    where, when the sentence does not. `months` is the child's age, or None where it does not matter.
    """

    said: Text
    labels: tuple[str, ...]
    months: int | None = None
    scene: Text | None = None
    before: Text | None = None


@cache
def examples(practice_id: str) -> tuple[Example, ...]:
    """Give the examples of a practice, youngest child first.

        >>> first = examples("listen")[0]
        >>> first.before.en
        'Everybody says sleep when the baby sleeps. And I just lie there listening to her breathe.'
        >>> first.said.en, first.months, first.labels
        ('She goes to sleep, and you stay on watch.', 0, ('reflect',))

    Raises ContentError when there is no such practice, or an example is not whole.
    """
    file = f"examples/{practice_id}"
    return tuple(_of_a_child(row, where) for row, where in rows(load(file), "example", file))


def example(entry: Mapping[str, Any], where: str, known: Iterable[str]) -> Example:
    """Give one entry as an example; its labels must be among the known ones.

    Raises ContentError with the place and what is missing there.
    """
    return Example(
        said=text(entry, where),
        labels=ids(entry, "labels", where, known),
        months=ages(entry, where)[0] if "months" in entry else None,
        scene=text_if_any(entry, "scene", where),
        before=text_if_any(entry, "before", where),
    )


def _of_a_child(entry: Mapping[str, Any], where: str) -> Example:
    """Give an example of a practice: it says how old the child is, so that it can be found by age."""
    if "months" not in entry:
        raise ContentError(f"{where} has no months")
    return example(entry, where, known=load("labels"))
