"""Turns between two speakers, counted as the literature counts them.

Two definitions, each named, because they differ by a factor of about two to three on the
same day of talk: *pairs* (the rule of LENA's conversational turns) and *alternations*
(every change of speaker, as ChildProject counts). Both need times. They count who sounded
after whom, not what it meant; neither is a measure of attachment, nor of anybody's worth.
What parent and child did in an exchange is the subject of `apego.listening.exchanges`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from apego.listening.transcript import Mark, Role, Transcript, Turn
from apego.practice.marks import plain, words_of

MAX_GAP_MS = 5_000

# What a segment is to the two whose turns are counted.
PASSED_OVER: Final = 0  # a cry, a silent act, an interpreter: as if it were not there
ONE: Final = 1
THE_OTHER: Final = 2
SOMEBODY_ELSE: Final = 4  # another voice; the sum of two neighbours is ONE + THE_OTHER only between the two

Sides = NDArray[np.int8]
Times = NDArray[np.int64]

_SPEECH = frozenset({Mark.SOUND, Mark.UNINTELLIGIBLE, Mark.SONG})
_VOICE = _SPEECH | {Mark.CRYING, Mark.LAUGHTER}
_WORD = re.compile(r"\w+")
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Counted:
    """The turns between two, as pairs and as alternations, and how many of their segments were there."""

    pairs: int
    alternations: int
    segments: int


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a visit, apart for each two of the three. `untimed` turns are in none of them."""

    parent_child: Counted
    visitor_child: Counted
    visitor_parent: Counted
    untimed: int


def turns(transcript: Transcript, max_gap_ms: int = MAX_GAP_MS, inclusive: bool = False) -> Turns | None:
    """Count the turns between parent and child, visitor and child, visitor and parent.

        >>> said = [
        ...     Turn("Teo", "[babbles]", Role.CHILD, 0, 900, marks=frozenset({Mark.SOUND})),
        ...     Turn("Luz", "¿Sí? ¿Y luego?", Role.PARENT, 1_200, 2_000),
        ...     Turn("Teo", "¡Ba!", Role.CHILD, 2_500, 3_000),
        ...     Turn("Ana", "Le contestó.", Role.VISITOR, 3_600, 4_400),
        ... ]
        >>> turns(Transcript(tuple(said))).parent_child
        Counted(pairs=1, alternations=2, segments=3)

    Pairs are counted from what is speech or like speech (words, babble, song, words that could
    not be made out), alternations from any voice (crying and laughter too); an act without a
    voice is in neither. In some files the child's acts carry the time of the parent's words,
    and counting them would make a lively talk out of somebody who looked on in silence.
    None where not even half of the turns have times.
    """
    if not transcript.is_timed:
        return None
    timed = [turn for turn in transcript.turns if turn.start_ms is not None and turn.end_ms is not None]
    timed.sort(key=lambda turn: turn.start_ms or 0)
    starts = np.array([turn.start_ms for turn in timed], dtype=np.int64)
    ends = np.array([turn.end_ms for turn in timed], dtype=np.int64)
    speech = [is_speech(turn) for turn in timed]
    voices = [heard or not turn.marks.isdisjoint(_VOICE) for heard, turn in zip(speech, timed, strict=True)]

    def between(one: Role, other: Role) -> Counted:
        spoken = _sides(timed, speech, one, other)
        voiced = _sides(timed, voices, one, other)
        return Counted(
            pairs=pairs(spoken, starts, ends, max_gap_ms, inclusive),
            alternations=alternations(voiced, starts, ends, max_gap_ms, inclusive),
            segments=int(np.count_nonzero((voiced == ONE) | (voiced == THE_OTHER))),
        )

    return Turns(
        parent_child=between(Role.PARENT, Role.CHILD),
        visitor_child=between(Role.VISITOR, Role.CHILD),
        visitor_parent=between(Role.VISITOR, Role.PARENT),
        untimed=len(transcript.turns) - len(timed),
    )


def pairs(
    sides: Sides, starts: Times, ends: Times, max_gap_ms: int = MAX_GAP_MS, inclusive: bool = False
) -> int:
    """Count conversational turns in pairs, by LENA's rule, from segments in the order of their start.

    A turn is a segment of one and a segment of the other, in either order, with less than
    `max_gap_ms` from the end of the first to the start of the second and nobody else's voice
    between. Each segment belongs to one turn at most: A B A is one turn, A B A B two.

        >>> sides = np.array([ONE, THE_OTHER, ONE, THE_OTHER], dtype=np.int8)
        >>> starts, ends = np.array([0, 1_000, 2_000, 8_000]), np.array([800, 1_900, 3_000, 8_500])
        >>> pairs(sides, starts, ends)
        1
        >>> pairs(sides, starts, ends, max_gap_ms=5_000, inclusive=True)
        2

    Segments that overlap are no turn (LENA leaves overlapping speech out). Whether a gap of
    exactly five seconds counts differs between LENA's own pages ("less than", "no more than"),
    so the boundary is a choice: `inclusive`.

    Source: LENA, Conversational Turns Report (LENA Pro support); Gilkerson et al. 2018, Romeo
    et al. 2018 for the use. LENA's own count from a recorder runs high against counts by hand,
    12 to 17 in a hundred of its turns being neighbours by chance (Behavior Research Methods 2023,
    doi 10.3758/s13428-023-02127-z): the rule is only as good as who is told apart from whom.
    """
    there = sides != PASSED_OVER
    sides, starts, ends = sides[there], starts[there], ends[there]
    gaps = starts[1:] - ends[:-1]
    linked = (sides[1:] + sides[:-1] == ONE + THE_OTHER) & (gaps >= 0) & _near(gaps, max_gap_ms, inclusive)
    # In a run of links every second one makes a turn, since both its segments are used up by it.
    edges = np.flatnonzero(np.diff(linked, prepend=False, append=False))
    lengths = edges[1::2] - edges[::2]
    return int(((lengths + 1) // 2).sum())


def alternations(
    sides: Sides, starts: Times, ends: Times, max_gap_ms: int = MAX_GAP_MS, inclusive: bool = False
) -> int:
    """Count changes from one of the two to the other, from segments in the order given.

    Of the two's segments alone, those that follow a segment of the other and start less than
    `max_gap_ms` after its end, or before its end: overlaps count, and so does what somebody
    else's voice stands between. A B A is two.

        >>> sides = np.array([ONE, THE_OTHER, SOMEBODY_ELSE, ONE], dtype=np.int8)
        >>> starts, ends = np.array([0, 700, 1_000, 1_500]), np.array([800, 1_200, 1_400, 2_000])
        >>> alternations(sides, starts, ends, max_gap_ms=1_000)
        2

    The same as ChildProject 0.4.6 gives as `simple_CTC` (Gautheron, Rochat & Cristia 2022,
    Language Resources and Evaluation), where a segment that starts before the one that stands
    above it does not count.
    """
    theirs = (sides == ONE) | (sides == THE_OTHER)
    sides, starts, ends = sides[theirs], starts[theirs], ends[theirs]
    changed = (sides[1:] != sides[:-1]) & (starts[1:] >= starts[:-1])
    return int(np.count_nonzero(changed & _near(starts[1:] - ends[:-1], max_gap_ms, inclusive)))


def is_speech(turn: Turn) -> bool:
    """True for words and for what is like speech: babble, song, words that could not be made out.

        >>> is_speech(Turn("Teo", "[babbles]", marks=frozenset({Mark.SOUND})))
        True
        >>> is_speech(Turn("Teo", "[cries]", marks=frozenset({Mark.CRYING})))
        False

    Crying and laughter are signals with a fixed form, coughs and burps the body's: caregivers
    answer them otherwise than speech (Yoo, Bowman & Oller 2018, Frontiers in Psychology 9:1510).
    """
    if turn.words:
        return True
    return not turn.marks.isdisjoint(_SPEECH) and not _is_bodily(turn)


def _is_bodily(turn: Turn) -> bool:
    """True when each bracket tells of a cough, a yawn, or the like."""
    bodily = words_of("bodily")
    told = [_WORD.findall(plain(inside)) for inside in _BRACKETED.findall(turn.text)]
    return bool(told) and not any(bodily.isdisjoint(words) for words in told)


def _near(gaps: Times, max_gap_ms: int, inclusive: bool) -> NDArray[np.bool_]:
    return gaps <= max_gap_ms if inclusive else gaps < max_gap_ms


def _sides(turns: Sequence[Turn], counts: Iterable[bool], one: Role, other: Role) -> Sides:
    side = {one: ONE, other: THE_OTHER, Role.INTERPRETER: PASSED_OVER}
    told = [
        side.get(turn.role, SOMEBODY_ELSE) if counted else PASSED_OVER
        for turn, counted in zip(turns, counts, strict=True)
    ]
    return np.array(told, dtype=np.int8)
