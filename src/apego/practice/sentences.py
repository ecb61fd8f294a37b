"""Every sentence that Apego can say to a person, in both languages.

The sentences stand in `content/sentences/<subject>.toml`; an id is `<subject>.<key>`
and is permanent. Slots are written `{name}`. Nothing is said that does not stand there.
"""

from __future__ import annotations

import string
from functools import cache

from apego.practice.content import ContentError, Language, Text, load, text

SUBJECTS = ("command", "lessons", "reflection", "transcripts")


@cache
def sentences(subject: str) -> dict[str, Text]:
    """Give the sentences of one subject by their key."""
    entries = load(f"sentences/{subject}")
    return {key: text(entry, f"sentences/{subject}: {key}") for key, entry in entries.items()}


def say(sentence_id: str, language: Language, /, **slots: str | int) -> str:
    """Give the sentence with its slots filled.

        >>> say("transcripts.missing", "en", path="visit.vtt")
        'There is no file at visit.vtt. Check the name, or drag the file onto the terminal to write its path.'

    Raises ContentError when there is no such sentence, or a slot is left empty.
    """
    subject, _, key = sentence_id.partition(".")
    try:
        return sentences(subject)[key][language].format(**slots)
    except KeyError as missing:
        raise ContentError(f"{sentence_id}: nothing stands for {missing} in {language}") from None


def slots_of(sentence: str) -> frozenset[str]:
    """Give the names of the slots in a sentence.

    >>> sorted(slots_of("{name} spoke at {time}."))
    ['name', 'time']
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name)
