"""SubRip: numbered captions with a comma before the milliseconds.

Many programs write the one under the name of the other, so both are read by `cues`.
"""

from __future__ import annotations

import re
from operator import attrgetter

from apego.listening.formats.cues import cues_of, turns_of
from apego.listening.formats.source import Source
from apego.listening.transcript import Repair, Transcript

SUFFIXES = (".srt",)

# Two digits for the minutes: Teams once wrote 0:0:3.2 --> 0:0:5.1 over lines that the text reader knows.
_TIMING = re.compile(r"^[ \t]*(?:\d{1,3}:)?\d\d:\d\d(?:[.,]\d{1,6})?[ \t]*-->", re.MULTILINE)


def fits(source: Source) -> bool:
    """True when the beginning has time lines, whatever the file is called."""
    return "-->" in (head := source.head) and bool(_TIMING.search(head))


def read(source: Source) -> Transcript:
    """Give the transcript in an SRT file.

    >>> read(Source("v.srt", b"1\\n00:00:01,500 --> 00:00:02,000\\nAna: Hola.")).turns[0].start_ms
    1500
    """
    text, found = source.text()
    repairs = list(found)
    head, cues = cues_of(text, repairs)
    passed = sum(bool(line.strip()) for line in head)
    if passed:
        repairs.append(Repair(1, "transcripts.repair-before-first", (("count", passed),)))
    turns, roles = turns_of(cues, repairs, {})
    repairs.sort(key=attrgetter("line"))
    return Transcript(turns, source.name, tuple(repairs), roles)
