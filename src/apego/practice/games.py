"""Games face to face, with the hands, of hiding and of song, that need nobody but the two.

The game is ours to tell; of rhymes only those are named that belong to everybody, and the
family's own come first. Things are the subject of `apego.practice.materials`.
"""

from __future__ import annotations

from functools import cache

from apego.practice.content.entries import named
from apego.practice.invitations import Invitation, invitations


@cache
def games() -> dict[str, Invitation]:
    """Give all games by their permanent id.

    >>> list(games())[:3]
    ['talking_back', 'faces', 'song_with_a_gap']
    """
    return invitations("games")


def game(game_id: str) -> Invitation:
    """Give one game.

        >>> game("peekaboo").name.es
        '¿Dónde está? ¡Aquí está!'

    Raises ContentError when there is none of that id.
    """
    return named(games(), game_id, "games")
