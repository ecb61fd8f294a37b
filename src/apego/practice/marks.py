"""The words by which transcripts tell what is heard or done besides words.

The lists stand in `content/marks.toml`, both languages side by side. How a transcript
is searched for them is the subject of `apego.listening.formats.marks`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from apego.practice.content import LANGUAGES, ContentError, load

KINDS = ("laughter", "song", "crying", "sound", "unintelligible")
NOTHING = "nothing"


@cache
def words_of(kind: str) -> frozenset[str]:
    """Give the words and short phrases that tell one kind, of both languages, without accents.

        >>> "risas" in words_of("laughter")
        True

    Raises ContentError when the kind is not in the content, or a language of it is empty.
    """
    entry = load("marks").get(kind, {})
    for language in LANGUAGES:
        if not entry.get(language):
            raise ContentError(f"marks: {kind} has no {language}")
    return frozenset(plain(word) for language in LANGUAGES for word in entry[language])


@cache
def spelled_laughter() -> re.Pattern[str]:
    """Give the pattern of laughter written as it sounds.

    >>> bool(spelled_laughter().search("Jajaja, ay no")), bool(spelled_laughter().search("Ja, claro"))
    (True, False)
    """
    spelled: Mapping[str, str] = load("marks")["spelled"]
    return re.compile(spelled["laughter"], re.IGNORECASE)


def plain(text: str) -> str:
    """Give the text in small letters without accents, as the lists are searched.

    >>> plain("Se RÍE")
    'se rie'
    """
    folded = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in folded if not unicodedata.combining(sign))
