"""Measures of talk, as published: what each counts, how it is made, where the definition comes from.

How they are counted is the subject of `apego.listening.counts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from apego.practice.content import ContentError, Text, load, text

Kind = Literal["count", "share", "ratio"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure; `definition` says how it is made and what its n is."""

    id: str
    kind: Kind
    name: Text
    definition: Text
    source: str

    def shown(self, value: float) -> str:
        """Write a value: whole numbers for counts, two places for shares and ratios.

        >>> measure("talk_share").shown(0.4), measure("words").shown(1200)
        ('0.40', '1200')
        """
        return str(round(value)) if self.kind == "count" else f"{value:.2f}"


@cache
def measures() -> dict[str, Measure]:
    """Give all measures by id, in the order in which they are shown."""
    return {measure_id: _measure(measure_id, entry) for measure_id, entry in load("measures").items()}


def measure(measure_id: str) -> Measure:
    """Give one measure. Raises ContentError when there is none of that id."""
    try:
        return measures()[measure_id]
    except KeyError:
        raise ContentError(f"measures: there is no {measure_id}") from None


def _measure(measure_id: str, entry: dict[str, object]) -> Measure:
    where = f"measures: {measure_id}"
    kind, source = entry.get("kind"), entry.get("source")
    if kind not in ("count", "share", "ratio") or not isinstance(source, str) or not source:
        raise ContentError(f"{where} has no kind or no source")
    name, definition = entry.get("name"), entry.get("definition")
    if not isinstance(name, dict) or not isinstance(definition, dict):
        raise ContentError(f"{where} has no name or no definition")
    return Measure(
        measure_id, kind, text(name, f"{where}, name"), text(definition, f"{where}, definition"), source
    )
