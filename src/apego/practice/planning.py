"""What a plan made with the parent holds, and what the record of a visit holds: parts, prompts, questions.

Things, routines and games to plan with are the subjects of `apego.practice.materials`, `routines` and
`games`; lists to choose from, of `apego.practice.visiting`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import Text, load
from apego.practice.content.entries import table, text_under
from apego.practice.sources import Source, cited


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a plan or a record: `prompt` tells the visitor what may stand there, `ask` is to borrow."""

    id: str
    name: Text
    prompt: Text
    ask: Text
    sources: tuple[Source, ...]


@cache
def plan_parts() -> dict[str, Part]:
    """Give the parts of a plan in their order, by permanent id. It opens on the last visit.

    >>> list(plan_parts())
    ['stayed', 'since', 'hope', 'activity', 'questions']
    """
    return _parts("plan")


@cache
def visit_parts() -> dict[str, Part]:
    """Give the parts of a visit's record in their order, by permanent id. Any may stay empty.

    >>> list(visit_parts())[:5]
    ['follow_up', 'since', 'moments', 'credits', 'tried']
    >>> visit_parts()["promises_visitor"].name.en
    'I promised'
    """
    return _parts("visit")


def _parts(key: str) -> dict[str, Part]:
    entries = load("planning")
    sources = cited(entries, "planning")
    return {
        part_id: _part(part_id, entry, sources, f"planning: {key}, {part_id}")
        for part_id, entry in table(entries, key, "planning").items()
    }


def _part(part_id: str, entry: Mapping[str, Any], sources: tuple[Source, ...], where: str) -> Part:
    return Part(
        id=part_id,
        name=text_under(entry, "name", where),
        prompt=text_under(entry, "prompt", where),
        ask=text_under(entry, "ask", where),
        sources=sources,
    )
