"""Names written before the words: `Ana: ¿Cómo les fue?`, and what is stated at the top of a file.

A colon also stands in speech ("le dije: ya duérmete"). What stands before it is taken for a
name when the file as a whole says so: it comes back, or most lines have one, or it is a
word for a person of a visit. Which role a name has is the subject of `apego.listening.people`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from apego.listening.transcript import Role
from apego.practice.fields import is_months, is_no_name, is_telling, is_voice
from apego.practice.roles import role_of_name

LONGEST_NAME = 48
MOST_WORDS = 6
NAMED_SHARE = 5  # one line in five with a name makes a file whose lines have names

# A dash, a bullet or a line's number may stand before the name.
_COLON = re.compile(
    r"\s*(?:[-–—•*#>]+\s+)?(?:\d{1,5}[.)]?\s+)?([^\s:：][^:：\n]{0,60}?)\s*[:：](?![/：:])(?!(?<=\d:)\d)\s*"
)
_IN_BRACKETS = re.compile(r"[\[<(]([^\[\]<>()]+)[\])>]\Z")
_SPEECH_SIGNS = re.compile(r"[?!¿¡;,\"“”«»…]|\.(?:\s+\S+\s|\s*\Z)|\.{2}")
_KEY = re.compile(r"(?:^|[,;])\s*([^\W\d_]+(?: [^\W\d_]+){0,2})\s*:")
_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\(.*?\)")
_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What stands before a colon, and the words behind it."""

    name: str
    words: str


def candidate(line: str) -> Candidate | None:
    """Give what may be a name at the beginning of a line, with the words behind its colon.

    >>> candidate("Mamá de Teo: Mire.")
    Candidate(name='Mamá de Teo', words='Mire.')
    >>> candidate("Y le dije: ya duérmete.") is None, candidate("12:30 es la cita.") is None
    (True, True)
    """
    found = _COLON.match(line) if ":" in line or "：" in line else None
    if not found:
        return None
    name = tidy_name(found[1])
    return Candidate(name, line[found.end() :]) if may_be_name(name) else None


def tidy_name(written: str) -> str:
    """Give a name without the brackets and asterisks around it.

    >>> tidy_name("[Ana]"), tidy_name("**Luz (mamá)**")
    ('Ana', 'Luz (mamá)')
    """
    name = " ".join(written.strip(" \t*_").split())
    around = _IN_BRACKETS.match(name)
    return around[1].strip() if around else name


def may_be_name(name: str) -> bool:
    """True when the words could be a name by their form alone.

    >>> may_be_name("Dra. Ruiz"), may_be_name("Sí, mire"), may_be_name("👶"), may_be_name("10")
    (True, False, True, False)
    """
    if not name or len(name) > LONGEST_NAME or len(name.split()) > MOST_WORDS or is_no_name(name):
        return False
    if name.replace(" ", "").isdigit() or not any(sign.isalnum() or sign > "\u2000" for sign in name):
        return False
    return _SPEECH_SIGNS.search(name) is None and not is_telling(name)


def accepted(candidates: Iterable[str], lines: int) -> frozenset[str]:
    """Give the names among the candidates of a whole file with so many lines of words.

    >>> sorted(accepted(["Ana", "Luz", "Ana", "Le cuento que"], lines=8))
    ['Ana', 'Luz']
    >>> sorted(accepted(["Fíjese"], lines=40))
    []
    """
    counts = Counter(candidates)
    capital = {name: _looks_named(name) for name in counts}
    share = sum(count for name, count in counts.items() if capital[name]) * NAMED_SHARE >= lines
    return frozenset(
        name
        for name, count in counts.items()
        if (capital[name] and (share or count > 1)) or count > 2 or is_voice(name) or _is_person(name)
    )


def _looks_named(name: str) -> bool:
    """True when no longer word outside brackets begins with a small letter ("Mamá de Teo")."""
    words = _WORD.findall(_ASIDE.sub("", name))
    return not name[0].islower() and not any(word[0].islower() for word in words if len(word) > 3)


def _is_person(name: str) -> bool:
    return len(name.split()) <= 3 and role_of_name(name) is not None


@dataclass(slots=True)
class Stated:
    """What a note at the top of a file says of the people in it."""

    roles: dict[str, Role] = field(default_factory=dict)
    child_months: int | None = None


def stated_in(note: str) -> Stated:
    """Give the roles and the child's age that a note at the top states, in English or Spanish.

    >>> stated = stated_in("visitor: Ana, mamá: Luz, child: Teo, child months: 16")
    >>> stated.roles["Luz"], stated.child_months
    (<Role.PARENT: 'parent'>, 16)
    >>> stated_in("The recording begins late.").roles
    {}
    """
    stated = Stated()
    for line in note.splitlines():
        keys = list(_KEY.finditer(line))
        # A comment in plain words may hold a colon too; what states something begins with its key.
        if not keys or keys[0].start() or not (is_months(keys[0][1]) or _role_word(keys[0][1])):
            continue
        for at, key in enumerate(keys):
            end = keys[at + 1].start() if at + 1 < len(keys) else len(line)
            _state(stated, key[1], " ".join(line[key.end() : end].split()))
    return stated


def _state(stated: Stated, key: str, value: str) -> None:
    if is_months(key):
        number = _NUMBER.match(value)
        stated.child_months = int(number[0]) if number else stated.child_months
    elif value and (role := _role_word(key)):
        stated.roles[value] = role


def _role_word(word: str) -> Role | None:
    known = word.casefold() if word.casefold() in list(Role) else role_of_name(word)
    return Role(known) if known else None
