"""Sources: the official pages and papers that the practice content rests on, cited and never copied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import ContentError, Text, load, text
from apego.practice.content.entries import ids


@dataclass(frozen=True, slots=True)
class Source:
    """One page, chapter or paper."""

    id: str
    title: Text
    publisher: str
    url: str


@cache
def sources() -> dict[str, Source]:
    """Give all sources by their id.

    >>> sources()["handbook_ethics"].publisher
    'Office of Head Start'
    """
    return {source_id: _source(source_id, entry) for source_id, entry in load("sources").items()}


def cited(entry: Mapping[str, Any], where: str) -> tuple[Source, ...]:
    """Give the sources that an entry names. Raises ContentError when it names none, or one that is not there.

    >>> [source.id for source in cited({"sources": ["piwi"]}, "practices: redirect")]
    ['piwi']
    >>> cited({"sources": []}, "practices: redirect")
    Traceback (most recent call last):
    apego.practice.content.ContentError: practices: redirect has no sources
    """
    named = ids(entry, "sources", where, known=sources())
    if not named:
        raise ContentError(f"{where} has no sources")
    return tuple(sources()[source_id] for source_id in named)


def _source(source_id: str, entry: Mapping[str, Any]) -> Source:
    where = f"sources: {source_id}"
    for key in ("publisher", "url"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ContentError(f"{where} has no {key}")
    return Source(source_id, text(entry, where), entry["publisher"], entry["url"])
