"""Everyday routines: the care and the errands of any day, as time together.

Nothing is added to the day. Things are the subject of `apego.practice.materials`; play that
has its own beginning and end, of `apego.practice.games`.
"""

from __future__ import annotations

from functools import cache

from apego.practice.content.entries import named
from apego.practice.invitations import Invitation, invitations


@cache
def routines() -> dict[str, Invitation]:
    """Give all routines by their permanent id.

    >>> list(routines())[:3]
    ['diapering', 'feeding', 'bathing']
    """
    return invitations("routines")


def routine(routine_id: str) -> Invitation:
    """Give one routine.

        >>> routine("diapering").name.es
        'Cambiar el pañal'

    Raises ContentError when there is none of that id.
    """
    return named(routines(), routine_id, "routines")
