"""LENA (`.its`): who sounded when in a day's recording, as an algorithm heard it. No words.

Only the segments that LENA itself counts are turns: the key child, another child, a woman
or a man near the recorder, and overlapping voices, which break a conversation. Far and
faint segments, television, noise and silence are left out, and said to be.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from apego.listening.formats.markup import elements, line_of
from apego.listening.formats.source import Source, without_entities
from apego.listening.transcript import Mark, Repair, Role, Transcript, TranscriptUnreadable, Turn
from apego.practice.roles import ADULT, role_of_code

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SUFFIXES: tuple[str, ...] = (".its",)

_CHILD = "CHN"
_VOICES = frozenset((_CHILD, "CXN", "FAN", "MAN", "OLN"))
_TAGS = ("Segment", "ChildInfo", "PrimaryChild", "Recording")
# LENA's files name an outside DTD and declare nothing of their own; it is never fetched.
_OUTSIDE_DTD = re.compile(r"<!DOCTYPE\s+ITS(?:\s+SYSTEM\s+(?:\"[^\"]*\"|'[^']*'))?\s*>")
_SECONDS = re.compile(r"PT?(\d{1,7}(?:\.\d+)?)S")
_MONTHS = re.compile(r"P(?:(\d{1,2})Y)?(?:(\d{1,3})M)?")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def fits(source: Source) -> bool:
    """True when the beginning has LENA's root element."""
    return re.search(r"<ITS[\s>]", source.head) is not None


def read(source: Source) -> Transcript:
    """Give the segments near the recorder as turns without words.

        >>> visit = read(Source("a.its", b'''<ITS><ChildInfo chronologicalAge="P22M"/>
        ... <Segment spkr="CHN" startTime="PT1.20S" endTime="PT2.00S" childUttCnt="1"/>
        ... <Segment spkr="SIL" startTime="PT2.00S" endTime="PT9.00S"/></ITS>'''))
        >>> visit.turns[0].text, visit.turns[0].start_ms, visit.child_months
        ('[sound]', 1200, 22)

    A child's segment with no utterance in it is a cry, or a cough or breath. Who the woman
    and the man are LENA does not know; that is left to `apego.listening.people`.
    """
    text, decoded = source.text()
    bare = _OUTSIDE_DTD.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    repairs = list(decoded)
    turns: list[Turn] = []
    passed_over: Counter[str] = Counter()
    facts: dict[str, str] = {}  # the first of each: the first recording's start
    is_lena = False
    for element in elements(without_entities(Source(source.name, bare.encode())), _TAGS, repairs):
        is_lena = True
        if element.tag != "Segment":
            facts = {str(key): str(value) for key, value in element.attrib.items()} | facts
        elif element.get("spkr") in _VOICES:
            turns.append(_turn(element, repairs))
        else:
            passed_over[str(element.get("spkr", "?"))] += 1
    if not is_lena:
        raise TranscriptUnreadable("transcripts.lena-no-segments", name=source.name)
    if passed_over:
        count = sum(passed_over.values())
        repairs.append(Repair(1, "transcripts.repair-lena-left-out", (("count", count),)))
    heard = dict.fromkeys(turn.speaker for turn in turns)
    stated = {speaker: role for speaker in heard if (role := _role(speaker))}
    transcript = Transcript(tuple(turns), source.name, tuple(repairs), stated, _child_months(facts))
    return transcript.with_roles(stated)


def _turn(segment: Element, repairs: list[Repair]) -> Turn:
    speaker, line = str(segment.get("spkr")), line_of(segment)
    start, end = _milliseconds(segment.get("startTime")), _milliseconds(segment.get("endTime"))
    if start is None or end is None or end < start:
        repairs.append(Repair(line, "transcripts.repair-time"))
        start = end = None
    text, mark = _heard(segment)
    return Turn(speaker, text, Role.OTHER, start, end, None, frozenset({mark}), line)


def _heard(segment: Element) -> tuple[str, Mark]:
    """Give what the segment holds: speech or what is like it, a cry, or a sound of the body."""
    if segment.get("spkr") != _CHILD or segment.get("childUttCnt", "1") != "0":
        return "[sound]", Mark.SOUND
    if any(name.startswith("startCry") for name in map(str, segment.attrib)):
        return "[cries]", Mark.CRYING
    return "[coughs, or another sound of the body]", Mark.SOUND


def _milliseconds(duration: str | None) -> int | None:
    found = _SECONDS.fullmatch(duration or "")
    return round(float(found[1]) * 1000) if found else None


def _role(speaker: str) -> Role | None:
    role = role_of_code(speaker)
    return Role(role) if role and role != ADULT else None


def _child_months(facts: dict[str, str]) -> int | None:
    """Give the child's age at the recording: as LENA states it, else from the day of birth."""
    stated = _MONTHS.fullmatch(facts.get("chronologicalAge", ""))
    if stated and (stated[1] or stated[2]):
        return int(stated[1] or 0) * 12 + int(stated[2] or 0)
    born = _date(facts.get("dob") or facts.get("DOB"))
    recorded = _date(facts.get("startClockTime"))
    if born is None or recorded is None or recorded < born:
        return None
    return (recorded.year - born.year) * 12 + recorded.month - born.month - (recorded.day < born.day)


def _date(text: str | None) -> date | None:
    found = _DAY.match(text or "")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
