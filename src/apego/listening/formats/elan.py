"""ELAN (`.eaf`): tiers of annotations that are tied to time, or to annotations of another tier.

Talk is read from the tiers that stand in time by themselves; what depends on them says
something about the talk (its addressee, its kind), and is read only where it holds the words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from apego.listening.formats.markup import elements, line_of
from apego.listening.formats.source import Source, without_entities
from apego.listening.formats.tiers import Stretch, Tier, left_out, transcript_of
from apego.listening.transcript import Repair, Transcript, TranscriptUnreadable
from apego.practice.roles import is_no_talk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SUFFIXES: tuple[str, ...] = (".eaf",)

_LANGUAGES = {"eng": "en", "en": "en", "spa": "es", "es": "es"}
_TIME = re.compile(r"\d{1,12}")
# Dependent tiers whose values are codes about an utterance (ACLEW): its voice, addressee, words.
_CODES = re.compile(r"(?:vcm|xds|lex|mwu|msc)@", re.IGNORECASE)
_KINDS = re.compile(r"vcm@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Note:
    """One annotation: tied to two time slots, or to another annotation (`about`)."""

    id: str
    text: str
    line: int
    start: str = ""
    end: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class _Level:
    """One TIER as the file has it."""

    name: str
    parent: str
    participant: str
    language: str
    line: int
    notes: tuple[_Note, ...]


@dataclass(slots=True)
class _Document:
    """What stands in the file: the times by slot, and the tiers."""

    slots: dict[str, int] = field(default_factory=dict)
    levels: list[_Level] = field(default_factory=list)


def fits(source: Source) -> bool:
    """True when the beginning has ELAN's root element."""
    return "<ANNOTATION_DOCUMENT" in source.head


def read(source: Source) -> Transcript:
    """Give the annotations of the speakers' tiers as turns, in the order of time.

        >>> visit = read(Source("a.eaf", b'''<ANNOTATION_DOCUMENT><TIME_ORDER>
        ... <TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="0"/>
        ... <TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="950"/></TIME_ORDER>
        ... <TIER TIER_ID="MOT"><ANNOTATION>
        ... <ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t2">
        ... <ANNOTATION_VALUE>mira</ANNOTATION_VALUE>
        ... </ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>'''))
        >>> visit.turns[0].text, visit.turns[0].end_ms, visit.stated
        ('mira', 950, {'MOT': <Role.PARENT: 'parent'>})

    The speaker is the tier's PARTICIPANT where one tier alone has it, else the tier's name.
    """
    repairs = list(source.text()[1])
    document = _document(without_entities(source), repairs)
    if not document.levels:
        raise TranscriptUnreadable("transcripts.elan-no-tiers", name=source.name)
    return transcript_of(_tiers(document, repairs), source.name, repairs)


def _document(text: str, repairs: list[Repair]) -> _Document:
    document = _Document()
    for element in elements(text, ("TIME_SLOT", "TIER"), repairs):
        if element.tag == "TIER":
            document.levels.append(_level(element))
        elif _TIME.fullmatch(value := element.get("TIME_VALUE", "")):
            document.slots[element.get("TIME_SLOT_ID", "")] = int(value)
    return document


def _level(element: Element) -> _Level:
    return _Level(
        name=element.get("TIER_ID", ""),
        parent=element.get("PARENT_REF", ""),
        participant=element.get("PARTICIPANT", "").strip(),
        language=element.get("LANG_REF", ""),
        line=line_of(element),
        notes=tuple(_note(each) for each in element.iter("ALIGNABLE_ANNOTATION", "REF_ANNOTATION")),
    )


def _note(element: Element) -> _Note:
    return _Note(
        id=element.get("ANNOTATION_ID", ""),
        text=element.findtext("ANNOTATION_VALUE") or "",
        line=line_of(element),
        start=element.get("TIME_SLOT_REF1", ""),
        end=element.get("TIME_SLOT_REF2", ""),
        about=element.get("ANNOTATION_REF", ""),
    )


def _tiers(document: _Document, repairs: list[Repair]) -> list[Tier]:
    """Give the tiers that stand in time, with the words and kinds that dependent tiers have for them."""
    below: dict[str, list[_Level]] = defaultdict(list)
    for level in document.levels:
        if level.parent:
            below[level.parent].append(level)
    tops = [level for level in document.levels if not level.parent]
    tiers = [_tier(level, below.pop(level.name, []), document.slots, repairs) for level in tops]
    # The rest depends on what itself depends, or on a tier that is not there.
    repairs.extend(_left_out(level) for levels in below.values() for level in levels if level.notes)
    return tiers


def _tier(level: _Level, below: list[_Level], slots: dict[str, int], repairs: list[Repair]) -> Tier:
    """Give a tier; a note's kind comes from the tier that has it, and its words where its own has none."""
    has_words = any(sign.isalpha() for note in level.notes for sign in note.text)
    words: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for each in below:
        told = {note.about: note.text for note in each.notes}
        if _KINDS.match(each.name):
            kinds |= told
        elif not (has_words or words or _CODES.match(each.name) or is_no_talk(each.name)):
            words = told
        elif each.notes:
            repairs.append(_left_out(each))
    stretches = tuple(
        replace(
            _stretch(note, slots), text=words.get(note.id, note.text), kind=kinds.get(note.id, "").strip()
        )
        for note in level.notes
    )
    return Tier(level.name, stretches, level.participant, _LANGUAGES.get(level.language), level.line)


def _stretch(note: _Note, slots: dict[str, int]) -> Stretch:
    return Stretch(note.text, slots.get(note.start), slots.get(note.end), note.line)


def _left_out(level: _Level) -> Repair:
    return left_out(level.name, len(level.notes), level.line)
