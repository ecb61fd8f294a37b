"""What is wrong with a text before anybody reads it: languages mixed up, marks, tú where usted belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from apego.practice.content import Text
from apego.practice.sources import Source

SAID_TO_SOMEONE = re.compile(r"“[^”]*”")
SPANISH_ONLY = re.compile(r"[¿¡ñáéíóúü]", re.IGNORECASE)
SPANISH_NAMES = re.compile(r"\b(mamá|José|Inés|Óscar|Lucía|lotería)\b")
# Forms that only tú has. Parents and visitors are spoken to with usted; what is said to a child is quoted.
TU = re.compile(
    r"\b(tú|ti|contigo|tuy[oa]s?|tienes|puedes|quieres|haces|dices|sabes|eres|estás|cuéntame|platícame|dime)\b",
    re.IGNORECASE,
)
HEADINGS = ("name", "scene", "heading", "title")  # no sentences, so no stop at their end


def faults(thing: object) -> list[str]:
    """Give every fault in the texts of typed content, with the path to it; nothing where all is sound."""
    return [f"{where}: {fault}" for where, text in texts_in(thing) for fault in _faults_in(text, where)]


def texts_in(thing: object, where: str = "") -> Iterator[tuple[str, Text]]:
    """Give every text of ours inside typed content, with its path; the titles of sources are not ours."""
    if isinstance(thing, Text):
        yield where, thing
    elif isinstance(thing, tuple):
        for number, value in enumerate(thing, start=1):
            yield from texts_in(value, f"{where} {number}")
    elif is_dataclass(thing) and not isinstance(thing, Source):
        for field in fields(thing):
            yield from texts_in(getattr(thing, field.name), f"{where} {field.name}".strip())


def _faults_in(text: Text, where: str) -> Iterator[str]:
    said = (text.en, text.es)
    if text.en == text.es:
        yield "both languages say the same"
    if SPANISH_ONLY.search(SPANISH_NAMES.sub("", SAID_TO_SOMEONE.sub("", text.en))):
        yield "Spanish stands in the English"
    if TU.search(SAID_TO_SOMEONE.sub("", text.es)):
        yield "tú where usted belongs"
    if any(text.es.count(opens) != text.es.count(closes) for opens, closes in ("¿?", "¡!")):
        yield "a question or a cry is not opened"
    if any(one.count("“") != one.count("”") or '"' in one for one in said):
        yield "a quotation is not closed, or has straight marks"
    if any(one != " ".join(one.split()) for one in said):
        yield "spaces at an end, or doubled"
    if not where.endswith(HEADINGS) and not all(one.rstrip("”")[-1:] in tuple(".?!…") for one in said):
        yield "no stop at the end"
