"""What was said: speakers, turns, and the transcript that holds them.

Everything here is immutable. How a file becomes a transcript is the subject of
`apego.listening.formats`; who is who is the subject of `apego.listening.people`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Role(StrEnum):
    """Who someone is to the visit."""

    VISITOR = "visitor"
    PARENT = "parent"
    CHILD = "child"
    INTERPRETER = "interpreter"
    OTHER = "other"


class Mark(StrEnum):
    """What a turn holds besides words."""

    LAUGHTER = "laughter"
    SONG = "song"
    CRYING = "crying"
    ACT = "act"  # something done and not said: [points at the lid]
    SOUND = "sound"  # a voice without words: babble, a squeal
    UNINTELLIGIBLE = "unintelligible"


class TranscriptUnreadable(Exception):
    """A file that cannot be read as a transcript: what it looks like, what was expected, what to do.

    `code` names the sentence in content; `slots` fill it. No word of the file stands in either.
    """

    def __init__(self, code: str, **slots: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.slots = slots


@dataclass(frozen=True, slots=True)
class Repair:
    """A place that was mended or passed over while reading. `code` names the sentence in content."""

    line: int
    code: str
    slots: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's words until somebody else speaks or the source begins anew.

    Times are whole milliseconds from the start of the recording, or None where the
    source has none. `text` is what a reader would see: words, punctuation, and acts
    in square brackets; the signs of the format are gone. `line` is the line in the
    source (or the ordinal of the segment), from 1.

        >>> Turn("Marta", "¿Qué hizo después?", Role.VISITOR, 8_120, 9_400).words
        3
    """

    speaker: str
    text: str
    role: Role = Role.OTHER
    start_ms: int | None = None
    end_ms: int | None = None
    language: str | None = None
    marks: frozenset[Mark] = frozenset()
    line: int = 0

    @property
    def spoken(self) -> str:
        """The text without what stands in square brackets."""
        return " ".join(outside_brackets(self.text).split())

    @property
    def words(self) -> int:
        """How many words were spoken; acts in brackets are not words."""
        return sum(any(sign.isalnum() for sign in word) for word in self.spoken.split())


@dataclass(frozen=True, slots=True)
class Transcript:
    """The turns of one conversation in the order of the source.

    `source` is the name of the file, without its folder. `stated` maps a speaker to
    the role that the source itself gives (participant codes, a note at the top).
    """

    turns: tuple[Turn, ...]
    source: str = ""
    repairs: tuple[Repair, ...] = ()
    stated: dict[str, Role] = field(default_factory=dict)
    child_months: int | None = None

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everyone who speaks, in the order they are first heard.

        >>> Transcript((Turn("B", "hi"), Turn("A", "hello"), Turn("B", "so"))).speakers
        ('B', 'A')
        """
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))

    @property
    def is_timed(self) -> bool:
        """True when most turns have a start and an end."""
        timed = sum(turn.start_ms is not None and turn.end_ms is not None for turn in self.turns)
        return bool(self.turns) and timed * 2 > len(self.turns)

    def with_roles(self, roles: dict[str, Role]) -> Transcript:
        """Give the same transcript with each speaker's role set; speakers not named become OTHER."""
        turns = tuple(replace(turn, role=roles.get(turn.speaker, Role.OTHER)) for turn in self.turns)
        return replace(self, turns=turns)


def outside_brackets(text: str) -> str:
    """Give the text with everything in square brackets taken out; an unclosed bracket stays as text.

    >>> outside_brackets("Mira [points at the lid] la tapa")
    'Mira  la tapa'
    """
    kept: list[str] = []
    at = 0
    while (opened := text.find("[", at)) >= 0:
        closed = text.find("]", opened)
        if closed < 0:
            break
        kept.append(text[at:opened])
        at = closed + 1
    kept.append(text[at:])
    return "".join(kept)
