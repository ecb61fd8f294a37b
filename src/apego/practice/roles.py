"""By what a person in a transcript is known: codes, the words of a name, and how people talk.

The lists stand in `content/roles.toml`. Who is who in one transcript is decided in
`apego.listening.people`; here only the field's words are known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from apego.practice.content import LANGUAGES, ContentError, Text, load, text
from apego.practice.marks import plain

# In the order in which a name is searched.
ROLES = ("interpreter", "visitor", "other", "parent", "child")
ADULT = "adult"
TALKERS = ("visitor", "parent")

_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"[\W_]*\d+$")


def role_of_code(code: str) -> str | None:
    """Give the role that a transcriber's code stands for; "adult" where it tells no more than that.

        >>> role_of_code("CHI"), role_of_code("INV2"), role_of_code("FA1"), role_of_code("Rosa")
        ('child', 'visitor', 'adult', None)

    A code is written in capital letters, alone or with a number; `*` and blanks around it do not matter.
    """
    bare = code.strip(" \t*:._-")
    codes = _codes()
    return codes.get(bare) or codes.get(_NUMBERED.sub("", bare))


def roles_of_chat(stated: Mapping[str, str]) -> dict[str, str]:
    """Give the roles of a CHAT file's speakers from the standard roles in its header.

        >>> roles_of_chat({"CHI": "Target_Child", "MOT": "Mother", "PLA": "Child", "ADU": "Adult"})
        {'CHI': 'child', 'MOT': 'parent', 'PLA': 'other'}
        >>> roles_of_chat({"CHI": "Child"})
        {'CHI': 'child'}

    "Child" is the child only where nobody is the Target_Child. A role that tells nothing about
    the family (Adult, Participant, Speaker) is left out.
    """
    known = _chat_roles()
    roles = {code: known[role.casefold()] for code, role in stated.items() if role.casefold() in known}
    second = frozenset(role.casefold() for role in _table("child")["chat_else"])
    children = [code for code, role in stated.items() if role.casefold() in second]
    place = "other" if "child" in roles.values() else "child"
    return roles | dict.fromkeys(children, place)


def role_of_name(name: str) -> str | None:
    """Give the role that the words of a name tell, in English or Spanish.

    >>> role_of_name("Mamá de Luis"), role_of_name("Home Visitor (Ana)"), role_of_name("baby's mother")
    ('parent', 'visitor', 'parent')
    >>> role_of_name("Rosa") is None
    True
    """
    said = " ".join(_WORD.findall(plain(name)))
    for role, pattern in _names().items():
        if pattern.search(said):
            return role
    return None


def in_the_family(speaker: str) -> Text | None:
    """Give how somebody is spoken of where the transcript names them by a family word or its code.

    >>> in_the_family("MOT").en, in_the_family("Abuelita").es
    ('the mother', 'la abuela')
    >>> in_the_family("Rosa") is None
    True
    """
    return _family_words().get(_bare(speaker))


def is_no_name(speaker: str) -> bool:
    """True where a speaker is a code, a number, or a word for the part they have.

    >>> is_no_name("SPEAKER_01"), is_no_name("client"), is_no_name("CHI"), is_no_name("Rosa")
    (True, True, True, False)
    """
    return (
        not _bare(speaker)
        or _bare(speaker) in map(plain, load("roles")["part"]["words"])
        or bool(role_of_code(speaker))
    )


def is_no_talk(tier: str) -> bool:
    """True when a tier's name says that it holds something else than talk.

    >>> is_no_talk("Ana - phones"), is_no_talk("code_periodic"), is_no_talk("Ana")
    (True, True, False)
    """
    words = frozenset(plain(word) for word in load("roles")["tiers"]["words"])
    return not words.isdisjoint(re.findall(r"[^\W_]+", plain(tier)))


@cache
def talk(role: str) -> re.Pattern[str]:
    """Give the pattern of how a visitor or a parent talks, both languages in one, for plain text.

    >>> bool(talk("visitor").search("cuenteme, como le fue")), bool(talk("parent").search("ven, mi amor"))
    (True, True)
    """
    entry: Mapping[str, list[str]] = _talk()[role]
    return re.compile("|".join(f"(?:{pattern})" for language in LANGUAGES for pattern in entry[language]))


@cache
def question() -> re.Pattern[str]:
    """Give the pattern of how a question begins, for plain text without question marks.

    >>> bool(question().match("and how did it go"))
    True
    """
    return _form("question")


@cache
def assent() -> re.Pattern[str]:
    """Give the pattern of a whole turn that only says that one listens, for plain text.

    >>> bool(assent().fullmatch("aja, si.")), bool(assent().fullmatch("agua"))
    (True, False)
    """
    return _form("assent")


def _form(name: str) -> re.Pattern[str]:
    entry: Mapping[str, str] = _talk()[name]
    return re.compile("|".join(f"(?:{entry[language]})" for language in LANGUAGES))


@cache
def _talk() -> Mapping[str, Any]:
    talk: Mapping[str, Any] = load("roles").get("talk", {})
    for name in (*TALKERS, "question", "assent"):
        for language in LANGUAGES:
            if not talk.get(name, {}).get(language):
                raise ContentError(f"roles: talk of {name} has no {language}")
    return talk


@cache
def _table(name: str) -> Mapping[str, Any]:
    """Give a role's lists. Raises ContentError when one of them is missing."""
    table: Mapping[str, Any] = load("roles").get(name, {})
    needed = ("codes", "chat", *LANGUAGES) if name in ROLES else ("codes", "chat")
    for key in needed:
        if not table.get(key):
            raise ContentError(f"roles: {name} has no {key}")
    return table


def _bare(speaker: str) -> str:
    return plain(_NUMBERED.sub("", speaker).strip(" _-*:"))


@cache
def _family_words() -> dict[str, Text]:
    entries: Mapping[str, Any] = load("roles")["family"]
    return {
        plain(word): text(entry, f"roles: family.{name}")
        for name, entry in entries.items()
        for word in entry["words"]
    }


@cache
def _codes() -> dict[str, str]:
    return {code: role for role in (*ROLES, ADULT) for code in _table(role)["codes"]}


@cache
def _chat_roles() -> dict[str, str]:
    return {chat.casefold(): role for role in ROLES for chat in _table(role)["chat"]}


@cache
def _names() -> dict[str, re.Pattern[str]]:
    return {role: _any_of(_table(role)) for role in ROLES}


def _any_of(table: Mapping[str, list[str]]) -> re.Pattern[str]:
    words = sorted({plain(word) for language in LANGUAGES for word in table[language]}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b")
