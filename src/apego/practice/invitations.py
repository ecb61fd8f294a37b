"""Invitations: a thing, a routine or a game around which an adult and a child may meet.

The one shape of `apego.practice.materials`, `routines` and `games`. What an invitation offers
changes with the child, so each is told in *ways*, one for a stretch of ages: what the adult may do,
and what may then be seen. A way is an offer, never a test: a child may answer it otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apego.practice.ages import Band, all_bands
from apego.practice.content import Text, load
from apego.practice.content.entries import AgedText, aged_under, ages, ids, rows, table, text_under
from apego.practice.domains import domains
from apego.practice.relationship import capacities
from apego.practice.sources import Source, cited

SEAM = 3  # months: the widest overlap of two bands, which alone makes no way belong to both


@dataclass(frozen=True, slots=True)
class Way:
    """One way at an age: `do` is the adult's part, `see` what of the child may be seen and heard.

    `months` are from and to, both included; for a child born early they mean the corrected age.
    """

    months: tuple[int, int]
    do: Text
    see: Text
    domains: tuple[str, ...]
    capacities: tuple[str, ...]

    def fits(self, months: int) -> bool:
        """True when it fits a child of this age; a child past sixty months counts as sixty."""
        return AgedText(self.do, self.months).fits(months)

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands of age that it serves: those that hold half of its months, or more than a seam of them.

        >>> lap = Way((6, 14), Text("Waits.", "Espera."), Text("Looks.", "Mira."), (), ())
        >>> [band.id for band in lap.bands]
        ['0-9', '8-18']
        """
        return tuple(band for band in all_bands() if self._serves(band))

    def _serves(self, band: Band) -> bool:
        first, last = self.months
        shared = min(last, band.months[1]) - max(first, band.months[0]) + 1
        return shared > SEAM or 2 * shared >= last - first + 1


@dataclass(frozen=True, slots=True)
class Invitation:
    """One thing, routine or game: its ways, youngest first, and what to keep an eye on, by age."""

    id: str
    name: Text
    ways: tuple[Way, ...]
    safety: tuple[AgedText, ...]
    sources: tuple[Source, ...]

    def ways_at(self, months: int) -> tuple[Way, ...]:
        """Give the ways that fit a child of this age; none where it is not offered at that age."""
        return tuple(way for way in self.ways if way.fits(months))

    def safety_at(self, months: int) -> tuple[Text, ...]:
        """Give what to keep an eye on with a child of this age. It is said whenever a way is."""
        return tuple(word.text for word in self.safety if word.fits(months))


def invitations(content: str) -> dict[str, Invitation]:
    """Give the invitations of one content file by their permanent id.

    Raises ContentError when one lacks a part, a language or an age, or names a domain or a
    capacity that is not there.
    """
    entries = load(content)
    sources = cited(entries, content)
    return {
        invitation_id: _invitation(invitation_id, entry, sources, f"{content}: {invitation_id}")
        for invitation_id, entry in table(entries, content, content).items()
    }


def fitting(offered: Mapping[str, Invitation], months: int) -> tuple[Invitation, ...]:
    """Give those that have a way for a child of this age, in the order of the content.

    A child born early is looked up at the corrected age (`apego.practice.ages`); a child whose
    development goes its own way, at the age whose ways fit what the family sees.
    """
    return tuple(one for one in offered.values() if one.ways_at(months))


def _invitation(
    invitation_id: str, entry: Mapping[str, Any], sources: tuple[Source, ...], where: str
) -> Invitation:
    # An empty list of safety words is a decision, a missing one is forgotten.
    careless = entry.get("safety") == []
    return Invitation(
        id=invitation_id,
        name=text_under(entry, "name", where),
        ways=tuple(_way(row, place) for row, place in rows(entry, "ways", where)),
        safety=() if careless else aged_under(entry, "safety", where),
        sources=sources,
    )


def _way(entry: Mapping[str, Any], where: str) -> Way:
    return Way(
        months=ages(entry, where),
        do=text_under(entry, "do", where),
        see=text_under(entry, "see", where),
        domains=ids(entry, "domains", where, known=domains()),
        capacities=ids(entry, "capacities", where, known=capacities()),
    )
