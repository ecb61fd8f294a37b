"""Household materials: what lies in every kitchen and is good for two.

Nothing here has to be bought, and a house with little in it has enough. What is done every day
anyway is the subject of `apego.practice.routines`; play without a thing, of `apego.practice.games`.
"""

from __future__ import annotations

from functools import cache

from apego.practice.content.entries import named
from apego.practice.invitations import Invitation, invitations


@cache
def materials() -> dict[str, Invitation]:
    """Give all materials by their permanent id.

    >>> list(materials())[:3]
    ['pot_lids', 'spoons', 'containers']
    """
    return invitations("materials")


def material(material_id: str) -> Invitation:
    """Give one material.

        >>> material("pot_lids").ways_at(24)[0].do.en
        'Sets out two pots and their lids while the food is being made, and leaves the trying to him.'

    Raises ContentError when there is none of that id.
    """
    return named(materials(), material_id, "materials")
