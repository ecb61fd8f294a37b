"""Words set in quotation marks: “ ” around them in both languages, ‘ ’ around what is quoted within.

What is quoted, and from whom, is chosen elsewhere. Nothing but quotation marks is ever changed here.
"""

from __future__ import annotations

import re

OUTER, INNER = "“”", "‘’"
PAIRS = {"“": "”", "«": "»", "‘": "’"}
BEFORE_AN_OPENING = re.compile(r"[\s(\[¿¡—–“«‘]")


def quoted(words: str) -> str:
    """Give somebody's words in quotation marks, with single ones around what they quote themselves.

        >>> quoted("You said “the best part.”")
        '“You said ‘the best part.’”'
        >>> quoted("Le dije «ven» y vino.")
        '“Le dije ‘ven’ y vino.”'

    Words that came wholly in quotation marks keep one pair of them.

        >>> quoted("“Casi se la doy.”")
        '“Casi se la doy.”'
    """
    words = words.strip()
    return f"{OUTER[0]}{within(_bare(words))}{OUTER[1]}"


def within(words: str) -> str:
    """Give words as they stand inside quotation marks: theirs become single, those within theirs double.

    An apostrophe stays one, and a mark whose other half was cut off still becomes single. Straight
    marks (as phones type them) open after a space and close after a word.

        >>> within('She said "it’s “mine” now."')
        'She said ‘it’s “mine” now.’'
        >>> within("the best part.”")
        'the best part.’'
    """
    found: list[str] = []
    still_open: list[str] = []  # the marks that will close what is open, as they stand in the words
    for place, sign in enumerate(words):
        closing = _closing(words, place, still_open)
        if closing:
            found.append(_mark(len(still_open), opens=True))
            still_open.append(closing)
        elif _closes(words, place, still_open):
            if still_open:
                still_open.pop()
            found.append(_mark(len(still_open), opens=False))
        else:
            found.append(sign)
    return "".join(found)


def _mark(depth: int, *, opens: bool) -> str:
    pair = OUTER if depth % 2 else INNER
    return pair[0] if opens else pair[1]


def _closing(words: str, place: int, still_open: list[str]) -> str:
    """Give the mark that closes what opens at this place; nothing where nothing opens."""
    sign = words[place]
    if sign == '"' and '"' not in still_open and (place == 0 or BEFORE_AN_OPENING.match(words[place - 1])):
        return sign
    return PAIRS.get(sign, "")


def _closes(words: str, place: int, still_open: list[str]) -> bool:
    sign = words[place]
    if sign == "’":  # between two letters, and where nothing single is open, it is an apostrophe
        is_within_a_word = words[place + 1 : place + 2].isalnum() and words[place - 1 : place].isalnum()
        return bool(still_open) and still_open[-1] == sign and not is_within_a_word
    return sign in '”»"'


def _bare(words: str) -> str:
    """Take away a pair of marks that stands around all of the words."""
    closing = '"' if words.startswith('"') else PAIRS.get(words[:1], "")
    rest = words[1:-1]
    is_whole = len(words) > 1 and bool(closing) and words.endswith(closing)
    return rest if is_whole and not any(mark in rest for mark in (words[0], closing)) else words
