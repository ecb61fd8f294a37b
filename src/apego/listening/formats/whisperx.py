"""JSON of whisperX and Whisper: segments with words, times and, where they were told apart, speakers.

Also a bare list of segments, and whisper.cpp's `transcription`. A file that breaks off is
read up to there.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from apego.listening.formats.marks import bracketed, marks_of
from apego.listening.formats.source import Source
from apego.listening.formats.times import clock, milliseconds
from apego.listening.transcript import Repair, Role, Transcript, TranscriptUnreadable, Turn

SUFFIXES = (".json",)

LATEST = 10_000_000_000  # a number beyond is no time of a recording
LISTS = ("segments", "transcription")  # the second is whisper.cpp's

_STARTS = re.compile(r"\s*(?:\{\s*\"|\[\s*\{|\{\s*\}|\[\s*\])")
_LIST = re.compile(r"\"(?:segments|transcription)\"\s*:\s*\[|\A\s*\[")
_BETWEEN = re.compile(r"[\s,]*")


def fits(source: Source) -> bool:
    """True when the text begins as JSON does."""
    return bool(_STARTS.match(source.head))


def read(source: Source) -> Transcript:
    """Give the transcript in the JSON of whisperX or Whisper.

        >>> data = b'{"segments": [{"start": 0.5, "end": 1.25, "text": " Hola.", "speaker": "SPEAKER_00"}]}'
        >>> read(Source("v.json", data)).turns[0].end_ms
        1250

    Raises TranscriptUnreadable when it is JSON without segments, or nothing can be read of it.
    """
    text, found = source.text()
    repairs = list(found)
    segments = _segments(text, source.name, repairs)
    turns = [turn for number, each in enumerate(segments, 1) if (turn := _turn(number, each, repairs))]
    if not any(turn.speaker for turn in turns):
        if turns:
            repairs.append(Repair(1, "transcripts.repair-no-speakers"))
    else:
        repairs += [Repair(turn.line, "transcripts.repair-no-speaker") for turn in turns if not turn.speaker]
    repairs.sort(key=lambda repair: repair.line)
    return Transcript(tuple(turns), source.name, tuple(repairs))


def _segments(text: str, name: str, repairs: list[Repair]) -> list[Any]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):  # ValueError: not whole, or a number of thousands of digits
        segments = list(_salvaged(text))
        if not segments:
            raise TranscriptUnreadable("transcripts.json-broken", name=name) from None
        repairs.append(Repair(len(segments) + 1, "transcripts.repair-cut-off"))
        return segments
    if isinstance(whole, dict):
        found = next((whole[key] for key in LISTS if isinstance(whole.get(key), list)), None)
        # Whisper may be asked for nothing but the words.
        whole = found if found is not None else [whole] if isinstance(whole.get("text"), str) else None
    if not isinstance(whole, list) or not any(isinstance(each, dict) and _words(each) for each in whole):
        raise TranscriptUnreadable("transcripts.json-other", name=name)
    return whole


def _salvaged(text: str) -> Iterator[Any]:
    """Give the segments that stand whole before the place where the file breaks off."""
    begins = _LIST.search(text)
    decoder = json.JSONDecoder()
    at = begins.end() if begins else len(text)
    while at < len(text):
        between = _BETWEEN.match(text, at)
        try:
            segment, at = decoder.raw_decode(text, between.end() if between else at)
        except (ValueError, RecursionError):
            return
        yield segment


def _turn(number: int, segment: Any, repairs: list[Repair]) -> Turn | None:
    """Give a segment's turn; its line is its number in the list."""
    words = _words(segment) if isinstance(segment, dict) else ""
    text = bracketed(" ".join(words.split()))
    if not text:
        repairs.append(Repair(number, "transcripts.repair-segment", (("number", number),)))
        return None
    start, end = _span(segment)
    if start is not None and end is not None and end < start:
        slots = (("start", clock(start)), ("end", clock(end)))
        repairs.append(Repair(number, "transcripts.repair-time-backwards", slots))
        end = start
    language = segment.get("language")
    return Turn(
        _speaker(segment),
        text,
        Role.OTHER,
        start,
        end,
        language if isinstance(language, str) and language else None,
        marks_of(text),
        number,
    )


def _words(segment: dict[str, Any]) -> str:
    text = segment.get("text")
    if isinstance(text, str) and text.strip():
        return text
    return " ".join(str(word.get("word", "")) for word in _aligned(segment))


def _aligned(segment: dict[str, Any]) -> list[dict[str, Any]]:
    words = segment.get("words")
    return [word for word in words if isinstance(word, dict)] if isinstance(words, list) else []


def _speaker(segment: dict[str, Any]) -> str:
    """Give the segment's speaker, or the one of most of its words."""
    speaker = _name(segment.get("speaker"))
    if speaker:
        return speaker
    voices = Counter(name for word in _aligned(segment) if (name := _name(word.get("speaker"))))
    return voices.most_common(1)[0][0] if voices else ""


def _name(speaker: Any) -> str:
    if isinstance(speaker, bool) or not isinstance(speaker, str | int):
        return ""
    return " ".join(str(speaker).split()) if isinstance(speaker, str) or abs(speaker) < 1_000_000 else ""


def _span(segment: dict[str, Any]) -> tuple[int | None, int | None]:
    """Give the segment's times, or those of its first and last aligned word."""
    offsets = segment.get("offsets")
    if isinstance(offsets, dict):
        return _of_number(offsets.get("from"), 1), _of_number(offsets.get("to"), 1)
    words = _aligned(segment)
    start, end = _of_any(segment.get("start")), _of_any(segment.get("end"))
    if start is None:
        start = next((time for word in words if (time := _of_any(word.get("start"))) is not None), None)
    if end is None:
        end = next((time for word in reversed(words) if (time := _of_any(word.get("end"))) is not None), None)
    return start, end


def _of_any(time: Any) -> int | None:
    return milliseconds(time) if isinstance(time, str) else _of_number(time, 1000)


def _of_number(number: Any, scale: int) -> int | None:
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    # False of NaN as well, and before an integer of hundreds of digits meets a float.
    return round(number * scale) if 0 <= number < LATEST else None
