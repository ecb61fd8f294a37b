"""Praat TextGrids (`.TextGrid`), the long and the short text form alike.

Praat reads such a file as a row of values: numbers, texts in double quotes, and flags in
angle brackets; whatever else stands there ("xmin =", "intervals [3]:") is for human eyes.
So it is read here. praatio goes by those words instead, ends a damaged short file without
telling, and refuses a time such as 1e-05, which Praat writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from apego.listening.formats.source import Source
from apego.listening.formats.tiers import Stretch, Tier, left_out, transcript_of
from apego.listening.transcript import Repair, Transcript, TranscriptUnreadable

SUFFIXES: tuple[str, ...] = (".textgrid",)

_BINARY = b"ooBinaryFile"
# A value stands alone: the 3 of "[3]" and of "item3" is none. A comment runs from ! to the end of the line.
# A text may hold line ends, but not what begins the next entry: then its closing quote is missing.
_VALUE = re.compile(
    r"\"((?:[^\"\n]|\"\"|\n(?![ \t]*(?:(?:item|class|name|intervals|points|xmin|text)\b|-?[\d.]+[ \t]*$)))*)"
    r"\"(?!\")"
    r"|\"((?:[^\"\n]|\"\")*)"
    r"|(?<![^\s=:,])(-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)(?![^\s,])"
    r"|(?<!\S)![^\n]*",
    re.MULTILINE,
)
_INTERVALS, _POINTS = "IntervalTier", "TextTier"


@dataclass(frozen=True, slots=True)
class _Value:
    text: str | None
    number: float | None
    line: int


def fits(source: Source) -> bool:
    """True for Praat's text files of a TextGrid, and for its binary ones, which cannot be read."""
    if source.data.startswith(_BINARY):
        return b"TextGrid" in source.data[:40]
    return "ooTextFile" in source.head and '"TextGrid"' in source.head


def read(source: Source) -> Transcript:
    """Give the labelled intervals of the speakers' tiers as turns, in the order of time.

        >>> visit = read(Source("a.TextGrid", b'''File type = "ooTextFile"
        ... Object class = "TextGrid"
        ... 0 2 <exists> 1 "IntervalTier" "MOT" 0 2 2 0 0.5 "" 0.5 2 "mira, mira"'''))
        >>> visit.turns[0].text, visit.turns[0].start_ms, visit.turns[0].end_ms
        ('mira, mira', 500, 2000)

    A tier is a speaker, named by the tier. Intervals without a label are silence. Points have
    no length and are no talk; they are left out, and said to be.
    """
    if source.data.startswith(_BINARY):
        raise TranscriptUnreadable("transcripts.textgrid-binary", name=source.name)
    text, decoded = source.text()
    repairs = list(decoded)
    tiers = list(_tiers(_values(text, repairs), repairs))
    if not tiers:
        raise TranscriptUnreadable("transcripts.textgrid-no-tiers", name=source.name)
    return transcript_of(tiers, source.name, repairs)


def _values(text: str, repairs: list[Repair]) -> list[_Value]:
    values: list[_Value] = []
    line, at = 1, 0
    for found in _VALUE.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        if found[3]:
            values.append(_Value(None, float(found[3]), line))
        elif found[1] is not None:
            values.append(_Value(found[1].replace('""', '"'), None, line))
        elif found[2] is not None:
            values.append(_Value(found[2].replace('""', '"').strip(), None, line))
            repairs.append(Repair(line, "transcripts.repair-label-open"))
    return values


def _tiers(values: list[_Value], repairs: list[Repair]) -> Iterator[Tier]:
    """Give the tiers: each begins with its class, its name, its bounds and how many entries it has."""
    heads = [at for at, value in enumerate(values) if value.text in (_INTERVALS, _POINTS)]
    for head, end in pairwise([*heads, len(values)]):
        if head + 1 >= end:
            repairs.append(Repair(values[head].line, "transcripts.repair-cut-off"))
            continue
        name = values[head + 1].text or ""
        if values[head].text == _POINTS:
            if points := sum(value.text is not None for value in values[head + 2 : end]):
                repairs.append(left_out(name, points, values[head].line))
            continue
        stretches = tuple(_stretches(values[head + 2 : end], repairs))
        yield Tier(name, stretches, line=values[head].line)


def _stretches(values: list[_Value], repairs: list[Repair]) -> Iterator[Stretch]:
    """Give the labelled intervals: a text, and the two numbers right before it."""
    promised = next((int(value.number) for value in values[2:3] if value.number is not None), 0)
    times: list[float] = []
    found = 0
    for value in values[3:]:
        if value.number is not None:
            times.append(value.number)
            continue
        found += 1
        start, end = times[-2:] if len(times) >= 2 else (None, None)
        times = []
        if value.text and value.text.strip():
            yield Stretch(value.text, _milliseconds(start), _milliseconds(end), value.line)
    if found < promised:
        line = values[-1].line if values else 0
        repairs.append(Repair(line, "transcripts.repair-fewer", (("expected", promised), ("found", found))))


def _milliseconds(seconds: float | None) -> int | None:
    # A negative start ("-0", or a recording that was cut in front) is the beginning.
    return None if seconds is None else max(0, round(min(seconds, 1e9) * 1000))
