"""The language that the command speaks, and its sentences."""

from __future__ import annotations

import os

from apego.practice import sentences
from apego.practice.content import Language


def spoken_here() -> Language:
    """Give the machine's language, by the variables that every Unix reads, in their order."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "es" if value.lower().startswith("es") else "en"
    return "en"


SPOKEN = spoken_here()


def say(sentence_id: str, language: Language | None = None, /, **slots: str | int) -> str:
    """Give a sentence in the language asked for, or in the machine's."""
    return sentences.say(sentence_id, language or SPOKEN, **slots)
