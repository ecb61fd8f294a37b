"""Text made plain for matching: lower case, no accents, straight quotes, one sign for one sign.

Offsets in folded text are offsets in the text itself, so a match can be quoted.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

STRAIGHT = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"}


@lru_cache(maxsize=4096)
def _folded_sign(sign: str) -> str:
    if sign in STRAIGHT:
        return STRAIGHT[sign]
    base = unicodedata.normalize("NFD", sign)[0].lower()
    return base if len(base) == 1 else sign


def fold(text: str) -> str:
    """Give the text folded, sign by sign; it has as many code points as the text.

    >>> fold("¿Qué hizo la NIÑA? It’s")
    "¿que hizo la nina? it's"
    >>> len(fold("İzmir")) == len("İzmir")
    True
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_folded_sign, text))


def plain(text: str) -> str:
    """Give the text without accents and with straight quotes, its capitals kept: where a name must show.

        >>> plain("Le dijo “sí” a Ángel")
        'Le dijo "si" a Angel'

    As long as the text, like `fold`; a capital that has no plain capital of one sign is left small.
    """
    if text.isascii():
        return text
    return "".join(map(_plain_sign, text))


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    small = _folded_sign(sign)
    large = small.upper()
    return large if sign.isupper() and len(large) == 1 else small
