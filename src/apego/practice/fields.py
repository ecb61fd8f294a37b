"""The names that transcripts give to their fields: columns, headings, voices without a name.

The lists stand in `content/fields.toml`. What a file says under them is the subject of
`apego.listening.formats`; the words that tell a role are the subject of `apego.practice.roles`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from apego.practice.content import LANGUAGES, ContentError, load
from apego.practice.marks import plain

COLUMNS = ("speaker", "role", "text", "start", "end", "duration", "language")
UNITS = ("milliseconds", "seconds")

_BETWEEN = re.compile(r"[^\w]+|_+")


def column_of(heading: str) -> str | None:
    """Give what a column with this heading holds; None where the heading is not known.

    >>> column_of("Hora de inicio (ms)"), column_of("SPEAKER_NAME"), column_of("colour")
    ('start', 'speaker', None)
    """
    return _known("columns", COLUMNS).get(_without_unit(heading))


def unit_of(heading: str) -> str | None:
    """Give the unit that a heading names, "milliseconds" or "seconds", or None.

    >>> unit_of("start_ms"), unit_of("Inicio (seg)"), unit_of("start")
    ('milliseconds', 'seconds', None)
    """
    words = _tidy(heading).split()
    return _known("units", UNITS).get(words[-1]) if len(words) > 1 else None


def is_months(key: str) -> bool:
    """True when a key at the top of a file gives the child's age in months.

    >>> is_months("child months"), is_months("Edad")
    (True, True)
    """
    return _tidy(key) in _words("months")


def is_voice(name: str) -> bool:
    """True when a name is a program's word for a voice, with or without a number.

    >>> is_voice("SPEAKER_00"), is_voice("Hablante 2"), is_voice("Ana")
    (True, True, False)
    """
    return _tidy(name).rstrip("0123456789 ") in _words("voices")


def is_no_name(words: str) -> bool:
    """True when these words before a colon are a heading or an opening of speech, and nobody's name.

    >>> is_no_name("Fecha"), is_no_name("Bueno"), is_no_name("Luz")
    (True, True, False)
    """
    return _tidy(words) in _words("not_names")


def is_telling(words: str) -> bool:
    """True when these words before a colon tell that somebody says something.

    >>> is_telling("Entonces mi suegra me dijo"), is_telling("Luz")
    (True, False)
    """
    return _tidy(words).rpartition(" ")[2] in _words("telling")


def is_added(line: str) -> bool:
    """True when a line was added by a program, and nobody said it.

    >>> is_added("Transcribed by https://otter.ai")
    True
    """
    return _tidy(line[:120]).startswith(tuple(_words("added")))


def _tidy(text: str) -> str:
    return " ".join(_BETWEEN.sub(" ", plain(text)).split())


def _without_unit(heading: str) -> str:
    words = _tidy(heading).split()
    return " ".join(words[:-1] if unit_of(heading) else words)


@cache
def _known(table: str, keys: tuple[str, ...]) -> dict[str, str]:
    entries = load("fields")[table]
    return {word: key for key in keys for word in _listed(entries[key], f"{table}.{key}")}


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(_listed(load("fields")[table], table))


def _listed(entry: dict[str, Any], where: str) -> list[str]:
    for language in LANGUAGES:
        if not entry.get(language):
            raise ContentError(f"fields: {where} has no {language}")
    return [_tidy(word) for language in LANGUAGES for word in entry[language]]
