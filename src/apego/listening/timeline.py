"""Who spoke when: a lane for each speaker, with the moments that the reflection quotes.

Where the transcript has no times the lanes run over the order of the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apego.listening.conversation import Conversation
from apego.listening.findings import Finding
from apego.listening.names import Names, clock
from apego.listening.transcript import Role

# Lanes are drawn on a line of this many units; neighbours closer than JOIN are one bar.
WIDTH = 1000
JOIN = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of talk: from `left`, `width` long, in units of the line."""

    left: int
    width: int
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One speaker's talk; `quoted` are the places of the quoted moments, `said` the number of words."""

    who: str
    role: Role
    bars: tuple[Bar, ...]
    quoted: tuple[int, ...]
    quoted_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    lanes: tuple[Lane, ...]
    is_timed: bool
    start: str
    end: str


def timeline(conversation: Conversation, findings: Iterable[Finding], names: Names) -> Timeline:
    """Lay the turns out on a line, by time or by words, and mark what is quoted."""
    timed = conversation.transcript.is_timed
    spans = _times(conversation) if timed else _words(conversation)
    first, last = (
        min((s for s, _ in spans.values()), default=0),
        max((e for _, e in spans.values()), default=0),
    )
    scale = WIDTH / ((last - first) or 1)
    quoted = sorted({quote.first for finding in findings for quote in finding.quotes} & spans.keys())
    lanes = []
    for speaker in conversation.transcript.speakers:
        own = [turn for turn in spans if conversation.turns[turn].speaker == speaker]
        if own:
            marked = [turn for turn in quoted if conversation.turns[turn].speaker == speaker]
            places = [round((spans[turn][0] - first) * scale) for turn in marked]
            at = [clock(spans[turn][0]) if timed else "" for turn in marked]
            bars = _bars([spans[turn] for turn in own], first, scale, timed)
            role = conversation.turns[own[0]].role
            lanes.append(Lane(names.of(speaker), role, bars, tuple(places), tuple(at)))
    return Timeline(tuple(lanes), timed, clock(first) if timed else "", clock(last) if timed else "")


def _times(conversation: Conversation) -> dict[int, tuple[int, int]]:
    return {
        place: (turn.start_ms, turn.end_ms)
        for place, turn in enumerate(conversation.turns)
        if turn.start_ms is not None and turn.end_ms is not None
    }


def _words(conversation: Conversation) -> dict[int, tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    at = 0
    for place, turn in enumerate(conversation.turns):
        spans[place] = (at, at + max(1, turn.words))
        at += max(1, turn.words)
    return spans


def _bars(spans: list[tuple[int, int]], first: int, scale: float, timed: bool) -> tuple[Bar, ...]:
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        if joined and (start - joined[-1][1]) * scale < JOIN:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return tuple(
        Bar(
            round((start - first) * scale),
            max(2, round((end - start) * scale)),
            clock(start) if timed else "",
            clock(end) if timed else "",
        )
        for start, end in joined
    )
