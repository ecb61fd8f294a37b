"""The counts of a conversation, for research: JSON, CSV and one folded table, never a sentence.

What each measure is and where its definition comes from stands in `apego.practice.measures`.
A measure made from fewer than ten cases is silent: its value is None and its n is given.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from apego.listening.conversation import Conversation
from apego.listening.transcript import Role, Turn
from apego.listening.turns import Counted, turns

FEWEST_CASES = 10
WINDOWS_MS = {"answered_within_2_s": 2_000, "answered_within_5_s": 5_000}


@dataclass(frozen=True, slots=True)
class Count:
    """One measure of one speaker, or of a pair; `who` are speakers as the transcript names them, or roles."""

    measure: str
    who: tuple[str, ...]
    value: float | None
    n: int


def counts(conversation: Conversation) -> tuple[Count, ...]:
    """Give every measure that this transcript can give; those that need times are absent without them."""
    return (
        *_words(conversation),
        *_questions_and_reflections(conversation),
        *_turns(conversation),
        *_answered(conversation),
    )


def _words(conversation: Conversation) -> Iterator[Count]:
    said: Counter[str] = Counter()
    spoke: Counter[str] = Counter()
    for turn in conversation.turns:
        if turn.role != Role.INTERPRETER:
            said[turn.speaker] += turn.words
            spoke[turn.speaker] += 1
    total = said.total()
    for speaker, words in said.items():
        yield Count("words", (speaker,), words, spoke[speaker])
    for speaker, words in said.items():
        yield Count("talk_share", (speaker,), words / total if total >= FEWEST_CASES else None, total)


def _questions_and_reflections(conversation: Conversation) -> Iterator[Count]:
    own = [place for place, turn in enumerate(conversation.turns) if turn.role == Role.VISITOR]
    if not own:
        return
    visitors = conversation.speakers(Role.VISITOR)
    heard = {
        label: sum(conversation.heard(turn, label) for turn in own)
        for label in ("open_question", "closed_question", "reflect")
    }
    questions = heard["open_question"] + heard["closed_question"]
    both = questions + heard["reflect"]
    yield Count("open_questions", visitors, heard["open_question"], len(own))
    yield Count("closed_questions", visitors, heard["closed_question"], len(own))
    yield Count("reflections", visitors, heard["reflect"], len(own))
    ratio = heard["reflect"] / questions if questions and both >= FEWEST_CASES else None
    yield Count("reflections_for_each_question", visitors, ratio, both)


def _turns(conversation: Conversation) -> Iterator[Count]:
    counted = turns(conversation.transcript)
    if counted is None:
        return
    between: tuple[tuple[Role, Role, Counted], ...] = (
        (Role.PARENT, Role.CHILD, counted.parent_child),
        (Role.VISITOR, Role.CHILD, counted.visitor_child),
        (Role.VISITOR, Role.PARENT, counted.visitor_parent),
    )
    present = {turn.role for turn in conversation.turns}
    for one, other, both in between:
        if {one, other} <= present:
            enough = both.segments >= FEWEST_CASES
            who = (*conversation.speakers(one), *conversation.speakers(other))
            yield Count("turns_of_conversation", who, both.pairs if enough else None, both.segments)
            yield Count("alternations", who, both.alternations if enough else None, both.segments)


def _answered(conversation: Conversation) -> Iterator[Count]:
    """Count the child's segments after which a parent begins within each window."""
    timed = [turn for turn in conversation.turns if turn.start_ms is not None and turn.end_ms is not None]
    child = [turn for turn in timed if turn.role == Role.CHILD]
    begins = sorted(turn.start_ms or 0 for turn in timed if turn.role == Role.PARENT)
    if not child or not begins:
        return
    who = (*conversation.speakers(Role.PARENT), *conversation.speakers(Role.CHILD))
    for measure, window_ms in WINDOWS_MS.items():
        met = sum(_is_answered(turn, begins, window_ms) for turn in child)
        yield Count(measure, who, met if len(child) >= FEWEST_CASES else None, len(child))


def _is_answered(turn: Turn, begins: list[int], window_ms: int) -> bool:
    """True when a parent begins after the child has begun and within the window after the child has ended."""
    after = bisect_right(begins, turn.start_ms or 0)
    return after < len(begins) and begins[after] <= (turn.end_ms or 0) + window_ms
