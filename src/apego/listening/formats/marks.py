"""What a turn holds besides words: laughter, song, crying, acts, as transcripts write them.

Transcripts write `[laughs]`, `(risas)`, `*coos*`, `♪`, or `jajaja`. Here they become one
form, square brackets, and are told apart by the words of `apego.practice.marks`. Signs
that only one format has (CHAT's `&=laughs`) are that format's to turn into brackets.
"""

from __future__ import annotations

import re
from functools import cache

from apego.listening.transcript import Mark
from apego.practice import marks as content

MOST_WORDS_ASIDE = 5  # a longer aside in round brackets is somebody speaking

_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_ASIDES = re.compile(r"\(([^()\n]{1,60})\)|(?<![\w*])\*([^*\n]{1,60})\*(?![\w*])")
_LETTERS = re.compile(r"\w+")
_MAY_LAUGH = re.compile(r"[jJhH][aeioAEIO][jJhH]")  # cheap, and wider than the content's pattern
_EMPTY: frozenset[Mark] = frozenset()


def marks_of(text: str) -> frozenset[Mark]:
    """Give the marks of a turn's text: what stands in square brackets, notes of music, spelled-out laughter.

        >>> sorted(marks_of("[se ríe] Mire, [señala la tapa] ahí"))
        [<Mark.ACT: 'act'>, <Mark.LAUGHTER: 'laughter'>]
        >>> marks_of("♪ los pollitos dicen ♪")
        frozenset({<Mark.SONG: 'song'>})

    Brackets that tell of nobody's doing ([music], [pause], [00:12]) give no mark; brackets with
    words that are on no list are acts, since that is what transcribers most use them for.
    """
    found: set[Mark] = set()
    if "[" in text:
        found.update(mark for inside in _BRACKETS.findall(text) for mark in _marks_inside(inside))
    if _MAY_LAUGH.search(text) and content.spelled_laughter().search(text):
        found.add(Mark.LAUGHTER)
    if "♪" in text or "♫" in text or "♩" in text or "♬" in text:
        found.add(Mark.SONG)
    return frozenset(found) if found else _EMPTY


def bracketed(text: str) -> str:
    """Give the text with sounds and laughter in round brackets or asterisks set in square ones.

        >>> bracketed("(risas) Ay, no (bueno, a veces)")
        '[risas] Ay, no (bueno, a veces)'

    Only what the lists know moves: round brackets also hold what somebody said aside.
    """
    if "(" not in text and "*" not in text:
        return text
    return _ASIDES.sub(_aside, text)


def is_mark(words: str) -> bool:
    """True when words on their own tell of a sound, and are no speech.

    >>> is_mark("se ríe"), is_mark("bueno")
    (True, False)
    """
    return bool(_known(words))


def _aside(found: re.Match[str]) -> str:
    inside: str = found[1] or found[2]
    if len(inside.split()) > MOST_WORDS_ASIDE or "[" in inside or "]" in inside:
        return found[0]
    return f"[{inside}]" if _known(inside) else found[0]


@cache
def _kinds() -> dict[str, tuple[Mark | None, ...]]:
    """Give the marks that a word or phrase tells; None is for what is nobody's doing."""
    kinds: dict[str, tuple[Mark | None, ...]] = {}
    for kind in content.KINDS:
        for word in content.words_of(kind):
            kinds[word] = (*kinds.get(word, ()), Mark(kind))
    return dict.fromkeys(content.words_of(content.NOTHING), (None,)) | kinds


def _known(inside: str) -> frozenset[Mark | None]:
    """Give the marks that the words inside tell; None where they tell of nobody's doing.

    Of nobody's doing only as a whole: [phone rings], [long pause], but not [puts the phone to her ear].
    """
    words = _LETTERS.findall(content.plain(inside))
    kinds = _kinds()
    found: set[Mark | None] = set()
    for size in (1, 2, 3):
        for at in range(len(words) - size + 1):
            told = kinds.get(" ".join(words[at : at + size]), ())
            found.update(mark for mark in told if mark or at == 0 or len(words) == 2)
    return frozenset(found)


def _marks_inside(inside: str) -> frozenset[Mark]:
    known = _known(inside)
    if known:
        return frozenset(mark for mark in known if mark)
    if not any(sign.isalpha() for sign in inside):
        # [00:01:02] is a time, [ ] is nothing, [?] is a word that the transcriber could not hear.
        return frozenset({Mark.UNINTELLIGIBLE}) if "?" in inside else _EMPTY
    return frozenset({Mark.ACT})
