"""Tiers, as ELAN and Praat keep talk: one line of marked stretches of time for each speaker.

Which tiers hold talk, whose it is, and how their stretches become turns; the two file
formats themselves are read in `elan` and `textgrid`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from apego.listening.formats.chat_words import readable
from apego.listening.formats.marks import bracketed, marks_of
from apego.listening.formats.times import clock
from apego.listening.transcript import Mark, Repair, Role, Transcript, Turn
from apego.practice.roles import ADULT, is_no_talk, role_of_code, role_of_name

SOUND = "[sound]"

# Signs of CHAT, which many annotators write inside ELAN and Praat (the ACLEW scheme does).
_CHAT = re.compile(r"&=|&-|\b(?:xxx|yyy|www)\b|\[=!|\[/+\]|\[: |<[^<>]+> \[|\w@[a-z]")
# What ACLEW's "vcm" tiers say of a stretch without words: a cry, a laugh; the rest is voice.
_CRY, _LAUGH = "Y", "L"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One marked stretch of a tier. `kind` is a code that another tier has for it."""

    text: str
    start_ms: int | None
    end_ms: int | None
    line: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier; `participant` is who speaks on it, where the file says so."""

    name: str
    stretches: tuple[Stretch, ...]
    participant: str = ""
    language: str | None = None
    line: int = 0


@dataclass(slots=True)
class _Speakers:
    names: dict[str, str] = field(default_factory=dict)
    stated: dict[str, Role] = field(default_factory=dict)


def transcript_of(tiers: Sequence[Tier], source: str, repairs: Iterable[Repair]) -> Transcript:
    """Give the talk on all tiers as turns in the order of time.

        >>> child, mother = Stretch("ba", 900, 1_200, line=2), Stretch("¿Ba?", 100, 700, line=4)
        >>> visit = transcript_of([Tier("CHI", (child,)), Tier("MOT", (mother,))], "a.eaf", ())
        >>> [(turn.speaker, turn.role.value) for turn in visit.turns]
        [('MOT', 'parent'), ('CHI', 'child')]

    A stretch that is marked but has no word is a sound. A tier that holds no talk (notes, single
    sounds, names of other tiers) is left out, and said to be.
    """
    said = list(repairs)
    talk = [tier for tier in tiers if _is_talk(tier, tiers)]
    for tier in tiers:
        if tier not in talk and tier.stretches:
            said.append(left_out(tier.name, len(tier.stretches), tier.line))
    speakers = _speakers(talk)
    named = [(each, tier, speakers.names[tier.name]) for tier in talk for each in tier.stretches]
    turns = [_turn(each, speaker, tier.language, said) for each, tier, speaker in named]
    turns.sort(key=lambda turn: (turn.start_ms is None, turn.start_ms or 0))
    transcript = Transcript(
        tuple(turns), source, tuple(sorted(said, key=lambda repair: repair.line)), speakers.stated
    )
    return transcript.with_roles(speakers.stated)


def left_out(name: str, count: int, line: int) -> Repair:
    """Say that a tier was not read as talk."""
    return Repair(line, "transcripts.repair-tier-left-out", (("tier", _tidy(name)), ("count", count)))


def _is_talk(tier: Tier, tiers: Sequence[Tier]) -> bool:
    if not tier.stretches or is_no_talk(tier.name):
        return False
    is_named = bool(tier.participant) or role_of_code(_bare(tier.name)) is not None
    if not is_named and any(each.participant for each in tiers):
        return False
    names = {each.name.strip() for each in tiers}
    written = {each.text.strip() for each in tier.stretches} - {""}
    return not written or not written <= names  # ACLEW's "Remember-me" points at other tiers


def _speakers(talk: Sequence[Tier]) -> _Speakers:
    """Give each tier's speaker: the participant, where it is one tier's alone, else the tier's own name."""
    shared = Counter(tier.participant for tier in talk)
    taken = Counter(_bare(tier.name) for tier in talk)
    found = _Speakers()
    for tier in talk:
        is_own = bool(tier.participant) and shared[tier.participant] == 1
        bare = _bare(tier.name)
        speaker = _tidy(tier.participant if is_own else bare if taken[bare] == 1 else tier.name)
        found.names[tier.name] = speaker
        role = (is_own and role_of_name(tier.participant)) or role_of_code(bare) or role_of_code(speaker)
        if role and role != ADULT:
            found.stated[speaker] = Role(role)
    return found


def _bare(name: str) -> str:
    """Give a tier's name without what it says of itself: `CHI*`, `transcription@CHI`."""
    return _tidy(name.rpartition("@")[2].strip(" \t*:"))


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _turn(each: Stretch, speaker: str, language: str | None, repairs: list[Repair]) -> Turn:
    start, end = _span(each, repairs)
    text = " ".join(each.text.split())
    marks: frozenset[Mark] = frozenset()
    if _CHAT.search(text):
        seen = readable(text)
        text, marks = seen.text, seen.marks
    elif any(sign.isalpha() for sign in text):
        text = bracketed(text)
    else:
        text = ""  # "0.", "1", "x": a voice was marked, and nothing written
    if not text:
        text = {_CRY: "[cries]", _LAUGH: "[laughs]"}.get(each.kind, SOUND)
        marks = frozenset() if each.kind in (_CRY, _LAUGH) else frozenset({Mark.SOUND})
    return Turn(speaker, text, Role.OTHER, start, end, language, marks | marks_of(text), each.line)


def _span(each: Stretch, repairs: list[Repair]) -> tuple[int | None, int | None]:
    start, end = each.start_ms, each.end_ms
    if start is None or end is None:
        repairs.append(Repair(each.line, "transcripts.repair-time"))
    elif end < start:
        slots = (("start", clock(start)), ("end", clock(end)))
        repairs.append(Repair(each.line, "transcripts.repair-time-backwards", slots))
        end = start
    return start, end
