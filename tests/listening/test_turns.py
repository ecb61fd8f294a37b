"""Turns counted as pairs and as alternations: the published cases, and what must hold of any talk."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.transcript import Mark, Role, Transcript, Turn
from apego.listening.turns import (
    ONE,
    PASSED_OVER,
    SOMEBODY_ELSE,
    THE_OTHER,
    Counted,
    Sides,
    Times,
    alternations,
    is_speech,
    pairs,
    turns,
)

CASES = json.loads((Path(__file__).parents[1] / "cases" / "turns.json").read_text(encoding="utf-8"))["cases"]
ROLES = {"c": Role.CHILD, "a": Role.PARENT, "v": Role.VISITOR, "o": Role.OTHER, "i": Role.INTERPRETER}
HOW = {"-": ("[cries]", Mark.CRYING), "0": ("[looks up]", Mark.ACT)}

Segment = tuple[int, int, int]  # side, start, end


def visit(said: list[tuple[str, float, float]]) -> Transcript:
    made = []
    for who, start, end in said:
        text, mark = HOW.get(who[0], ("hola", None))
        marks = frozenset({mark} if mark else ())
        made.append(Turn(who[-1], text, ROLES[who[-1]], round(start * 1000), round(end * 1000), marks=marks))
    return Transcript(tuple(made))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_turns_are_counted_as_the_definitions_say(case: dict[str, object]) -> None:
    said: list[tuple[str, float, float]] = case["said"]  # type: ignore[assignment]
    counted = turns(visit(said))
    found = counted and (counted.parent_child.pairs, counted.parent_child.alternations)
    assert found == (None if case["pairs"] is None else (case["pairs"], case["alternations"]))
    if "inclusive" in case:
        counted = turns(visit(said), inclusive=True)
        assert counted is not None
        assert [counted.parent_child.pairs, counted.parent_child.alternations] == case["inclusive"]


def test_each_two_of_three_are_counted_apart() -> None:
    counted = turns(visit([("v", 0, 1), ("a", 2, 3), ("c", 4, 5), ("v", 6, 7)]))
    assert counted is not None
    assert counted.visitor_parent == Counted(pairs=1, alternations=2, segments=3)
    assert counted.parent_child == Counted(pairs=1, alternations=1, segments=2)
    assert counted.visitor_child == Counted(pairs=1, alternations=2, segments=3)


def test_turns_without_times_are_left_out_and_counted() -> None:
    timed = visit([("c", 0, 1), ("a", 2, 3)])
    counted = turns(Transcript((*timed.turns, Turn("a", "sí", Role.PARENT))))
    assert counted is not None
    assert (counted.untimed, counted.parent_child.pairs) == (1, 1)


def test_a_conversation_with_few_times_has_no_count() -> None:
    timed = visit([("c", 0, 1), ("a", 2, 3)])
    assert turns(Transcript((*timed.turns, *[Turn("a", "sí", Role.PARENT)] * 3))) is None


@pytest.mark.parametrize(
    ("text", "marks", "speech"),
    [
        ("ba", (), True),
        ("[babbles]", (Mark.SOUND,), True),
        ("[unintelligible]", (Mark.UNINTELLIGIBLE,), True),
        ("♪ la la ♪", (Mark.SONG,), True),
        ("[coughs]", (Mark.SOUND,), False),
        ("[tose]", (Mark.SOUND,), False),
        ("[coughs] [babbles]", (Mark.SOUND,), True),
        ("[coughs] ba", (Mark.SOUND,), True),
        ("[cries]", (Mark.CRYING,), False),
        ("[laughs]", (Mark.LAUGHTER,), False),
        ("[looks up]", (Mark.ACT,), False),
        ("", (), False),
    ],
)
def test_what_is_speech(text: str, marks: tuple[Mark, ...], speech: bool) -> None:
    assert is_speech(Turn("Teo", text, marks=frozenset(marks))) == speech


# ---- truths over any talk ----------------------------------------------------

segments = st.lists(
    st.tuples(
        st.sampled_from([PASSED_OVER, ONE, THE_OTHER, SOMEBODY_ELSE]),
        st.integers(0, 4_000),
        st.integers(1, 3_000),
    ),
    max_size=40,
)
gaps = st.integers(0, 6_000)


def arrays(made: list[tuple[int, int, int]]) -> tuple[Sides, Times, Times]:
    """Give segments of these sides, each so long after the one before begins, and so long."""
    sides = np.array([side for side, _, _ in made], dtype=np.int8)
    starts = np.cumsum(np.array([after for _, after, _ in made], dtype=np.int64))
    return sides, starts, starts + np.array([length for _, _, length in made], dtype=np.int64)


def pairs_one_by_one(sides: Sides, starts: Times, ends: Times, max_gap_ms: int) -> int:
    """Count pairs as LENA's rule is told: open a turn, close it, begin anew."""
    counted = 0
    waiting: tuple[int, int] | None = None
    for side, start, end in zip(sides.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if side == PASSED_OVER:
            continue
        if side == SOMEBODY_ELSE:
            waiting = None
        elif waiting and side != waiting[0] and 0 <= start - waiting[1] < max_gap_ms:
            counted += 1
            waiting = None
        else:
            waiting = (side, end)
    return counted


def alternations_one_by_one(sides: Sides, starts: Times, ends: Times, max_gap_ms: int) -> int:
    theirs = [each for each in zip(sides, starts, ends, strict=True) if each[0] in (ONE, THE_OTHER)]
    return sum(
        now[0] != before[0] and now[1] - before[2] < max_gap_ms and now[1] >= before[1]
        for before, now in pairwise(theirs)
    )


@given(segments, gaps)
def test_counting_at_once_is_counting_one_by_one(made: list[Segment], gap: int) -> None:
    assert pairs(*arrays(made), gap) == pairs_one_by_one(*arrays(made), gap)
    assert alternations(*arrays(made), gap) == alternations_one_by_one(*arrays(made), gap)


@given(segments, gaps)
def test_it_does_not_matter_who_is_called_the_one(made: list[Segment], gap: int) -> None:
    sides, starts, ends = arrays(made)
    turned = np.select([sides == ONE, sides == THE_OTHER], [THE_OTHER, ONE], sides).astype(np.int8)
    assert pairs(sides, starts, ends, gap) == pairs(turned, starts, ends, gap)
    assert alternations(sides, starts, ends, gap) == alternations(turned, starts, ends, gap)


@given(segments, gaps, gaps)
def test_a_longer_gap_never_counts_less(made: list[Segment], gap: int, more: int) -> None:
    assert pairs(*arrays(made), gap) <= pairs(*arrays(made), gap + more)
    assert alternations(*arrays(made), gap) <= alternations(*arrays(made), gap + more)


@given(segments, gaps)
def test_there_are_never_more_turns_than_there_is_talk(made: list[Segment], gap: int) -> None:
    sides, starts, ends = arrays(made)
    fewer = min(np.count_nonzero(sides == ONE), np.count_nonzero(sides == THE_OTHER))
    assert pairs(sides, starts, ends, gap) <= fewer
    assert alternations(sides, starts, ends, gap) <= 2 * fewer
    assert pairs(sides, starts, ends, gap) <= alternations(sides, starts, ends, gap)


@given(segments, gaps)
def test_the_boundary_counts_where_it_is_asked_for(made: list[Segment], gap: int) -> None:
    assert pairs(*arrays(made), gap, inclusive=True) == pairs(*arrays(made), gap + 1)
    assert alternations(*arrays(made), gap, inclusive=True) == alternations(*arrays(made), gap + 1)


@given(segments, gaps)
def test_what_is_passed_over_might_as_well_not_be_there(made: list[Segment], gap: int) -> None:
    sides, starts, ends = arrays(made)
    there = sides != PASSED_OVER
    assert pairs(sides, starts, ends, gap) == pairs(sides[there], starts[there], ends[there], gap)
