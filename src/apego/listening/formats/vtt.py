"""WebVTT: captions of video meetings and sites, and the form in which Apego keeps a transcript.

Read leniently, since every program writes it a little differently; written strictly.
What WebVTT has no place for is said in notes and ids that other readers pass over:
roles at the top, `untimed` where the source had no times, as a voice's class (`<v.sound Teo>`)
what the words themselves do not tell.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from apego.listening.formats.cues import Cue, cues_of, turns_of
from apego.listening.formats.marks import marks_of
from apego.listening.formats.named import stated_in
from apego.listening.formats.source import Source
from apego.listening.formats.times import clock
from apego.listening.transcript import Repair, Role, Transcript, Turn

SUFFIXES = (".vtt", ".webvtt")

HEADING = "WEBVTT"
UNTIMED, NO_END, NO_START = "untimed", "no end", "no start"
UNTIMED_TURN_MS = 3_000

_OURS = re.compile(rf"({UNTIMED}|{NO_END}|{NO_START}) \d+")
_SETTINGS_BLOCKS = ("STYLE", "REGION")
# What would be taken for something else in words without a voice: a name, a change of speaker, a dialogue.
_NEEDS_VOICE = re.compile(r"[:：]|>>|^[-–—]")


def fits(source: Source) -> bool:
    """True when the text begins with WEBVTT, or has time lines under the name of a WebVTT file."""
    head = source.head
    return head.lstrip().startswith(HEADING) or (source.suffix in SUFFIXES and "-->" in head)


def read(source: Source) -> Transcript:
    """Give the transcript in a WebVTT file; every voice of a cue is a turn of its own.

        >>> visit = read(Source("v.vtt", b"WEBVTT\\n\\n00:01.000 --> 00:02.500\\n<v Ana>Hola.</v>"))
        >>> visit.turns[0].speaker, visit.turns[0].end_ms
        ('Ana', 2500)

    A voice's class may give a role (`<v.parent Luz>`); so may a note before the first cue
    (`NOTE visitor: Ana, parent: Luz, child: Teo, child months: 16`).
    """
    text, found = source.text()
    repairs = list(found)
    if not text.lstrip().startswith(HEADING):
        repairs.append(Repair(1, "transcripts.repair-no-heading"))
    head, cues = cues_of(text, repairs)
    notes = _notes(head, repairs)
    stated = stated_in("\n".join(notes))
    turns, roles = turns_of(_with_our_times(cues, UNTIMED in notes), repairs, stated.roles)
    repairs.sort(key=attrgetter("line"))
    return Transcript(turns, source.name, tuple(repairs), roles, stated.child_months)


def _notes(head: list[str], repairs: list[Repair]) -> list[str]:
    """Give the notes before the first cue; other lines are listed, but for the heading and settings."""
    notes: list[str] = []
    passed, first = 0, 0
    number = 0
    for is_blank, group in groupby(head, key=lambda line: not line):
        block = list(group)
        number += len(block)
        if is_blank or block[0].lstrip().startswith((HEADING, *_SETTINGS_BLOCKS)):
            continue
        if block[0][:4] == "NOTE":
            notes.append(html.unescape("\n".join(block)[4:].strip()))
        else:
            passed += len(block)
            first = first or number - len(block) + 1
    if passed:
        repairs.append(Repair(first, "transcripts.repair-before-first", (("count", passed),)))
    return notes


def _with_our_times(cues: list[Cue], untimed: bool) -> list[Cue]:
    """Take away the times that were only written because WebVTT needs them."""
    if untimed:
        return [cue._replace(start_ms=None, end_ms=None) for cue in cues]
    return [_with_our_time(cue) if cue.identifier else cue for cue in cues]


def _with_our_time(cue: Cue) -> Cue:
    found = _OURS.fullmatch(cue.identifier)
    if not found:
        return cue
    start = cue.start_ms if found[1] == NO_END else None
    end = cue.end_ms if found[1] == NO_START else None
    return cue._replace(start_ms=start, end_ms=end)


def write(transcript: Transcript) -> str:
    """Give the transcript as WebVTT. Reading it back gives the same, as far as WebVTT can hold it.

        >>> print(write(Transcript((Turn("Ana", "Hola.", Role.VISITOR, 0, 900),))), end="")
        WEBVTT
        <BLANKLINE>
        NOTE visitor: Ana
        <BLANKLINE>
        00:00:00.000 --> 00:00:00.900
        <v Ana>Hola.

    WebVTT needs times. A transcript that has none gets evenly spaced ones and a note that says so;
    where only some are missing, the id of the cue says which.
    """
    roles = _roles(transcript)
    noted = {name: role for name, role in roles.items() if _can_be_noted(name, role)}
    blocks = [HEADING, *_note(noted, transcript.child_months)]
    turns = transcript.turns
    if turns and all(turn.start_ms is None and turn.end_ms is None for turn in turns):
        blocks.append(f"NOTE {UNTIMED}")
        timings: Iterable[str] = map(_even_timing, range(len(turns)))
    else:
        timings = _timings(turns)
    awkward = roles.keys() - noted.keys()
    for turn, timing in zip(turns, timings, strict=True):
        is_known = turn.role == noted.get(turn.speaker, Role.OTHER) and turn.speaker not in awkward
        classes = [] if is_known else [turn.role.value]
        classes += sorted(turn.marks - marks_of(turn.text))
        blocks.append(f"{timing}\n{_words(turn, ''.join(f'.{each}' for each in classes))}")
    return "\n\n".join(blocks) + "\n"


def _roles(transcript: Transcript) -> dict[str, Role]:
    """Give the stated roles, and those of the turns."""
    roles = dict(transcript.stated)
    for turn in transcript.turns:
        if turn.speaker and turn.role != Role.OTHER:
            roles.setdefault(turn.speaker, turn.role)
    return roles


def _can_be_noted(name: str, role: Role) -> bool:
    """False of a name that a note would garble ("Ana, parent: Luz"); its turns carry its role."""
    return stated_in(f"{role}: {name}").roles == {name: role}


def _note(roles: dict[str, Role], child_months: int | None) -> list[str]:
    stated = [f"{role}: {_escaped(name)}" for name, role in roles.items()]
    if child_months is not None:
        stated.append(f"child months: {child_months}")
    return [f"NOTE {', '.join(stated)}"] if stated else []


def _even_timing(number: int) -> str:
    start = number * UNTIMED_TURN_MS
    return f"{clock(start)} --> {clock(start + UNTIMED_TURN_MS)}"


def _timings(turns: tuple[Turn, ...]) -> Iterator[str]:
    """Give each turn's time line, with an id above it where a time is only there for WebVTT's sake."""
    latest = 0
    for number, turn in enumerate(turns, 1):
        start, end, above = turn.start_ms, turn.end_ms, ""
        if start is None and end is None:
            above = f"{UNTIMED} {number}\n"
        elif end is None:
            above = f"{NO_END} {number}\n"
        elif start is None:
            above = f"{NO_START} {number}\n"
        if start is None:
            start = latest if end is None else min(latest, end)
        latest = start
        yield f"{above}{clock(start)} --> {clock(start + 1 if end is None else end)}"


def _words(turn: Turn, classes: str) -> str:
    words = _escaped(turn.text)
    if turn.language:
        words = f"<lang {turn.language}>{words}</lang>"
    if turn.speaker or classes or not words or _NEEDS_VOICE.search(turn.text):
        words = f"<v{classes} {_escaped(turn.speaker)}>{words}"
    return words


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("{\\", "&#123;\\")
