"""The content files, and the one way to read them.

What a file may hold is checked by the module that loads it; what is common to all
stands here: TOML, both languages side by side, permanent ids.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")


class ContentError(Exception):
    """A content file is not whole: which file, which entry, what is missing."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages.

    >>> Text("a spoon", "una cuchara")["es"]
    'una cuchara'
    """

    en: str
    es: str

    def __getitem__(self, language: Language) -> str:
        return self.es if language == "es" else self.en


@cache
def load(name: str) -> dict[str, Any]:
    """Give the tables of `content/<name>.toml`. Kept after the first reading; treat it as read-only.

    Raises ContentError with the file's name when it is absent or not TOML.
    """
    path = resources.files(__package__).joinpath(f"{name}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise ContentError(f"content/{name}.toml: {fault}") from fault


def text(entry: Mapping[str, Any], where: str) -> Text:
    """Give an entry's `en` and `es`. Raises ContentError when a language is missing or empty.

    >>> text({"en": "a spoon", "es": "una cuchara"}, "materials: spoon").en
    'a spoon'
    >>> text({"en": "a spoon"}, "materials: spoon")
    Traceback (most recent call last):
    apego.practice.content.ContentError: materials: spoon has no es
    """
    for language in LANGUAGES:
        if not isinstance(entry.get(language), str) or not entry[language].strip():
            raise ContentError(f"{where} has no {language}")
    return Text(entry["en"], entry["es"])
