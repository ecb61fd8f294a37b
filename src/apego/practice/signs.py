"""Signs: what a parent's or a child's own words tell, as patterns in both languages.

A sign never judges. It finds the places that a reflection may return to: an effort
told, comfort given, something that weighs, a story begun. The form of the visitor's
own speech is the subject of `apego.practice.cues`.
"""

from __future__ import annotations

import re
from functools import cache

from apego.practice.content import LANGUAGES, ContentError, load


@cache
def sign(sign_id: str) -> re.Pattern[str]:
    """Give the pattern of a sign, both languages in one; it is matched on folded text.

    Two languages in one pattern because families mix them within a sentence.

        >>> bool(sign("effort").search("anoche le cante y se durmio"))
        True
        >>> bool(sign("effort").search("ella tiene once meses"))
        False
    """
    entry = load("signs").get(sign_id)
    if entry is None:
        raise ContentError(f"signs: there is no {sign_id}")
    patterns: list[str] = []
    for language in LANGUAGES:
        if not entry.get(language):
            raise ContentError(f"signs: {sign_id} has no {language}")
        patterns += entry[language]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
