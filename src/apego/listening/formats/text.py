"""Plain text: conversations as people type them and as meeting programs export them.

`Name: words` with a time before, behind or above, in the usual spellings; a name on a line
of its own with the words under it; wrapped lines. It fits any text, so it is asked last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from apego.listening.formats.marks import bracketed, marks_of
from apego.listening.formats.named import Stated, accepted, candidate, may_be_name, stated_in, tidy_name
from apego.listening.formats.source import Source
from apego.listening.formats.times import RANGE, clock, milliseconds
from apego.listening.transcript import Repair, Role, Transcript, TranscriptUnreadable, Turn
from apego.practice.fields import is_added

SUFFIXES = (".txt", ".text", ".md", ".sbv")

TOP_LINES = 12  # a title, a date, who was there

# [00:01:02] or 0:12 - before the name; 0:0:3.2 --> 0:0:5.1 as a meeting program writes it.
_TIME_FIRST = re.compile(
    rf"\s*(?:[\[(<{{]\s*{RANGE}\s*[\])>}}]|{RANGE}(?=[\s|]|\Z))\s*(?:[-–—|:]\s+)?",
)
# Ana (00:01:02): or Ana [0:12] or Ana 0:12, then a colon, a tab or the end of the line.
_TIME_BEHIND = re.compile(
    r"\s*([^\n:：]{1,60}?)[\s,|]*"
    rf"(?:[\[(]\s*{RANGE}\s*[\])]|(?<=[\s,|]){RANGE})\s*(?:[:：]|[-–—]\s|\t|\Z)\s*"
)
_BROKEN_TIME = re.compile(r"\s*[\[(](?=[^\])]*:)[\d:.,;\s]{3,24}[\])]\s*")  # [00:09:025]
_TAB = re.compile(r"\s*([^\t]{1,48})\t+(?=\S)")
_DASH = re.compile(r"\s*[-–—•]\s*(?=\S)")
_MARKDOWN = re.compile(r"\*\*|__|^#{1,6} |^> ")
_ENDINGS = tuple('.?!…♪]"”»')
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|[a-z][\w:-]*(?:\s+[\w:-]+=|>\s*<))", re.IGNORECASE)


@dataclass(slots=True)
class _Line:
    """A line taken apart. `words` stand behind the name, `whole` is the line without its first time."""

    number: int
    whole: str
    name: str | None = None
    words: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    behind: tuple[int | None, int | None] | None = None  # a time that counts only if the name is one
    is_bare: bool = False  # the first time stands without brackets, as "12:30 is the appointment" does

    @property
    def has_time(self) -> bool:
        return self.start_ms is not None

    @property
    def is_time(self) -> bool:
        """True when a time is all there is."""
        return self.has_time and not self.whole


@dataclass(slots=True)
class _Said:
    """A turn in the making."""

    line: int
    speaker: str
    start_ms: int | None = None
    end_ms: int | None = None
    lines: list[str] = field(default_factory=list)


def fits(source: Source) -> bool:
    """True of any text."""
    return "\0" not in source.head


def read(source: Source) -> Transcript:
    """Give the transcript in a text.

        >>> visit = read(Source("v.txt", "[00:01:02] Mamá: Mire,\\nya se paró.\\nAna (1:10): Sola.".encode()))
        >>> visit.turns[0].speaker, visit.turns[0].text, visit.turns[1].start_ms
        ('Mamá', 'Mire, ya se paró.', 70000)

    A text that names nobody is one unnamed speaker, and a repair says so. Raises
    TranscriptUnreadable for a web page or XML, where signs of the page would be taken for talk.
    """
    text, repairs = source.text()
    if _MARKUP.match(text):
        code = "transcripts.web-page" if "<html" in text[:2_000].lower() else "transcripts.xml-other"
        raise TranscriptUnreadable(code, name=source.name)
    return of_lines(text.split("\n"), source.name, list(repairs))


def of_lines(lines: list[str], name: str, repairs: list[Repair]) -> Transcript:
    """Give the transcript in the lines of a text, or in the paragraphs of a document."""
    apart = _taken_apart(lines, repairs)
    stated, apart = _stated(apart)
    _find_headings(apart)
    spoken = sum(bool(line.whole) for line in apart)
    names = accepted((line.name for line in apart if line.name), spoken)
    apart = _without_title(apart, names, repairs)
    said = list(_named_turns(apart, names) if names else _unnamed_turns(apart))
    if said and not names:
        repairs.append(Repair(said[0].line, "transcripts.repair-no-speakers"))
    turns = [_turn(each, stated.roles, repairs) for each in said]
    for turn in turns:
        if not turn.text:
            repairs.append(Repair(turn.line, "transcripts.repair-no-words"))
    repairs.sort(key=lambda repair: repair.line)
    kept = tuple(turn for turn in turns if turn.text)
    return Transcript(kept, name, tuple(repairs), stated.roles, stated.child_months)


def _taken_apart(lines: list[str], repairs: list[Repair]) -> list[_Line]:
    apart = []
    for number, line in enumerate(lines, 1):
        line = _MARKDOWN.sub("", line) if "*" in line or "_" in line or line[:1] in "#>" else line
        if is_added(line):
            repairs.append(Repair(number, "transcripts.repair-not-said"))
            continue
        if (broken := _BROKEN_TIME.match(line)) and not _TIME_FIRST.match(line):
            repairs.append(Repair(number, "transcripts.repair-time"))
            line = line[broken.end() :]
        apart.append(_line(number, line))
    bare = [at for at, line in enumerate(apart) if line.is_bare]
    if len(bare) == 1 and len(apart) > 2 and apart[bare[0]].whole[:1].islower():
        only = apart[bare[0]].number
        apart[bare[0]] = _Line(only, lines[only - 1].strip())
    return apart


def _line(number: int, text: str) -> _Line:
    """Take a line apart: first its time, then the name that it may begin with."""
    first = _TIME_FIRST.match(text)
    whole = (text[first.end() :] if first else text).strip()
    line = _Line(number, whole)
    if first:
        line.start_ms, line.end_ms = _times(first.groups())
        line.is_bare = bool(first[3])
    behind = _TIME_BEHIND.match(whole) if not first else None
    if behind and may_be_name(tidy_name(behind[1])):
        line.name, line.words = tidy_name(behind[1]), whole[behind.end() :]
        line.behind = _times(behind.groups()[1:])
    elif named := candidate(whole):
        line.name, line.words = named.name, named.words
    elif (tab := _TAB.match(whole)) and may_be_name(tidy_name(tab[1])):
        line.name, line.words = tidy_name(tab[1]), whole[tab.end() :]
    return line


def _times(found: tuple[str | None, ...]) -> tuple[int | None, int | None]:
    start, end = found[0] or found[2], found[1] or found[3]
    return milliseconds(start) if start else None, milliseconds(end) if end else None


def _stated(lines: list[_Line]) -> tuple[Stated, list[_Line]]:
    """Take out the lines at the top that say who is who, and give what they say.

    "visitor: Ana, parent: Luz" is such a line; so is "Visitor: Ana" where Ana speaks further down.
    """
    speakers = {line.name for line in lines}
    stated, kept = Stated(), []
    for line in lines[:TOP_LINES]:
        found = stated_in(line.whole.removeprefix("NOTE ")) if ":" in line.whole else Stated()
        if (
            len(found.roles) > 1
            or found.child_months is not None
            or (found.roles and speakers >= found.roles.keys())
        ):
            stated.roles |= found.roles
            stated.child_months = found.child_months or stated.child_months
        else:
            kept.append(line)
    return stated, kept + lines[TOP_LINES:]


def _find_headings(lines: list[_Line]) -> None:
    """Find names that stand alone behind or under a time, with the words in the lines below."""
    filled = [line for line in lines if line.whole or line.has_time]
    for above, line, below in zip([None, *filled], filled, [*filled[1:], None], strict=False):
        stands_alone = line.has_time or (above is not None and above.is_time)
        followed = below is not None and not below.has_time and (below.name is None or bool(below.behind))
        if stands_alone and followed and line.name is None and may_be_name(line.whole):
            line.name = tidy_name(line.whole)


def _without_title(lines: list[_Line], names: frozenset[str], repairs: list[Repair]) -> list[_Line]:
    """Leave out the few lines before the first named one: a title, a date, who was there."""
    first = next((at for at, line in enumerate(lines) if line.name in names or line.has_time), 0)
    title = [line for line in lines[:first] if line.whole]
    if not title or len(title) > TOP_LINES:
        return lines
    repairs.append(Repair(title[0].number, "transcripts.repair-before-first", (("count", len(title)),)))
    return lines[first:]


def _named_turns(lines: list[_Line], names: frozenset[str]) -> Iterator[_Said]:
    """Give the turns of a text with names: each goes on until the next name or time."""
    said: _Said | None = None
    pending: tuple[int | None, int | None] = (None, None)
    for line in lines:
        if line.is_time:
            pending = line.start_ms, line.end_ms
            continue
        times = (line.start_ms, line.end_ms) if line.has_time else pending
        if line.name in names:
            if said:
                yield said
            said = _Said(line.number, line.name or "", *(line.behind or times), [line.words])
        elif not line.whole:
            continue
        elif said is None or times[0] is not None:
            if said:
                yield said
            said = _Said(line.number, said.speaker if said else "", *times, [line.whole])
        else:
            said.lines.append(line.whole)
        pending = (None, None)
    if said:
        yield said


def _unnamed_turns(lines: list[_Line]) -> Iterator[_Said]:
    """Give the turns of a text without names: each line, with those that were wrapped joined to it."""
    said: _Said | None = None
    pending: tuple[int | None, int | None] = (None, None)
    for line in lines:
        if line.is_time:
            pending = line.start_ms, line.end_ms
            continue
        times = (line.start_ms, line.end_ms) if line.has_time else pending
        dash = _DASH.match(line.whole)
        if said and times[0] is None and not dash and _goes_on(said.lines[-1], line.whole):
            said.lines.append(line.whole)
            continue
        if said:
            yield said
        words = line.whole[dash.end() :] if dash else line.whole
        said = _Said(line.number, "", *times, [words]) if words else None
        pending = (None, None) if words else pending
    if said:
        yield said


def _goes_on(above: str, below: str) -> bool:
    """True when a sentence was wrapped: the line above does not end it, and the one below begins small."""
    return bool(below) and not above.endswith(_ENDINGS) and below[0].islower()


def _turn(said: _Said, roles: dict[str, Role], repairs: list[Repair]) -> Turn:
    start, end = said.start_ms, said.end_ms
    if start is not None and end is not None and end < start:
        slots = (("start", clock(start)), ("end", clock(end)))
        repairs.append(Repair(said.line, "transcripts.repair-time-backwards", slots))
        end = start
    text = bracketed(" ".join(" ".join(said.lines).split()))
    role = roles.get(said.speaker, Role.OTHER)
    return Turn(said.speaker, text, role, start, end, None, marks_of(text), said.line)
