"""Cues: a time line and the words under it, as WebVTT and SRT have them, read leniently.

One expression finds the time lines of the whole file; what stands between two of them
belongs to the first. So a missing blank line, a missing number or a broken time never
costs the words. What the two formats have on top is theirs: `vtt`, `srt`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from apego.listening.formats.marks import bracketed, is_mark, marks_of
from apego.listening.formats.named import accepted, candidate
from apego.listening.formats.times import clock
from apego.listening.transcript import Mark, Repair, Role, Turn

_CLOCK = r"(?:(\d{1,10}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d+))?(?![\d:])"
_TIMING = re.compile(
    rf"^[^\S\n]*{_CLOCK}[^\S\n]*(?:[-–—]+>|→)[^\S\n]*(?:{_CLOCK})?([^\n]*)$"
    # A time line that cannot be read: what stands before the arrow begins as a time does, or is no word.
    r"|^[ \t]*(?:\d[^\s<>]{0,15}|[\d:.,;\- \t]*)[ \t]*-->[^\n]*$",
    re.MULTILINE,
)
_TEAMS = re.compile(r"[0-9a-fA-F-]{32,36}(?:/\d+-\d+)?")  # 5f2b1c1e-…/12-0
_SETTING = re.compile(r"[^\s:]+:\S*|[\W\d_]+")
_COMMENT = re.compile(r"NOTE(?=[ \t]|\Z)|(?:STYLE|REGION)[ \t]*\Z")
_VOICE = re.compile(r"<v((?:\.[^\s<>.]+)*)(?:\s+([^<>]*))?>")
# By far the most cues: one voice without a class, and nothing in its words that is a sign.
_ONE_VOICE = re.compile(r"<v\s+([^<>&]*)>([^<&]*)(?:</v>)?")
_SIGNS = re.compile(r"[<&{(*]")
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|s|em|strong|lang|ruby|rt|font|span|br|p|div)(?:[.\s][^<>]*)?/?>|<\d[\d:.,]*>",
    re.IGNORECASE,
)
_OTHER_TAG = re.compile(r"<([^<>/]{1,40})>")
_LANGUAGE = re.compile(r"<lang(?:\.[^\s<>]+)?\s+([\w-]+)\s*>(.*?)(?:</lang>|\Z)", re.DOTALL)
_POSITION = re.compile(r"\{\\[^{}]*\}")  # {\an8}, which SRT has from another format
_STAMP = re.compile(r"<\d+:\d+(?::\d+)?[.,]\d+>")
_DASH = re.compile(r"[ \t]*[-–—][ \t]*")
# In captions of broadcasters somebody else speaks from here on.
_CHANGE = re.compile(r"\s*(?:(?<!\S)>{2,3}|(?:&gt;){2,3})\s*")


# Named tuples, since a day of talk makes tens of thousands: quicker to make than dataclasses.
class Cue(NamedTuple):
    """A time line and what stands under it, unread."""

    line: int
    start_ms: int | None
    end_ms: int | None
    identifier: str
    words: str


class _Piece(NamedTuple):
    """Words of one voice in a cue. `speaker` is None where no voice is marked."""

    speaker: str | None
    words: str
    classes: frozenset[str] = frozenset()
    is_marked: bool = True  # by a voice, not by a name before a colon


def cues_of(text: str, repairs: list[Repair]) -> tuple[list[str], list[Cue]]:
    """Give the lines before the first cue, and the cues; what is mended goes into `repairs`."""
    timings = list(_TIMING.finditer(text))
    if not timings:
        return text.split("\n"), []
    head = ["", *text[: timings[0].start()].split("\n")[:-1]]
    identifier = _identifier(head, numbered=False)
    numbered = False
    cues: list[Cue] = []
    line, at = 1, 0
    for number, timing in enumerate(timings):
        line += text.count("\n", at, timing.start())
        at = timing.start()
        is_last = number + 1 == len(timings)
        below = text[timing.end() + 1 : None if is_last else timings[number + 1].start()].split("\n")
        if not is_last:
            below.pop()  # what stands behind the last line end is the next time line itself
        numbered = numbered or _is_number(identifier)
        following = "" if is_last or not below else _identifier(below, numbered)
        if not is_last and below and below[-1]:
            repairs.append(Repair(line + 1 + len(below), "transcripts.repair-blank-line"))
        cues.append(_cue(timing, line, identifier, below, repairs))
        identifier = following
    return head[1:], _unrolled(cues, repairs) if _STAMP.search(text) else cues


def _identifier(lines: list[str], numbered: bool) -> str:
    """Take the next cue's id off the end of the lines above it; empty where there is none.

    After a blank line WebVTT takes any line for an id. Words would vanish that way, so several
    words are no id unless they hold a digit; in a file with numbers one word needs one, too.
    Without a blank line only the next cue's number is: a child who counts to three also says "3".
    """
    last = lines[-1].strip()
    if not last:
        return ""
    after_blank = len(lines) > 1 and not lines[-2]
    if _is_number(last):
        is_one = after_blank or numbered
    else:
        clues = (" " not in last) + any(map(str.isdigit, last))
        is_one = after_blank and clues > (1 if numbered else 0)
    if is_one:
        lines.pop()
    return last if is_one else ""


def _is_number(identifier: str) -> bool:
    """True of what looks like a cue's number: digits, or the ids of Teams."""
    return (identifier.isdecimal() and len(identifier) < 8) or bool(_TEAMS.fullmatch(identifier))


def _cue(timing: re.Match[str], line: int, identifier: str, below: list[str], repairs: list[Repair]) -> Cue:
    hours, minutes, seconds, part, hours_2, minutes_2, seconds_2, part_2, rest = timing.groups()
    start = _of_parts(hours, minutes, seconds, part) if minutes else None
    end = _of_parts(hours_2, minutes_2, seconds_2, part_2) if minutes_2 else None
    if start is None or end is None:
        repairs.append(Repair(line, "transcripts.repair-time"))
    elif end < start:
        slots = (("start", clock(start)), ("end", clock(end)))
        repairs.append(Repair(line, "transcripts.repair-time-backwards", slots))
        end = start
    if int(seconds or 0) > 59 or int(seconds_2 or 0) > 59:
        repairs.append(_odd(line, timing[0], start, end))
    while below and not below[-1]:
        below.pop()
    if "" in below:
        below = _joined(below, line, repairs)
    if rest and not all(map(_SETTING.fullmatch, rest.split())):
        below.insert(0, rest)  # some write the words behind the time
    return Cue(line, start, end, identifier, "\n".join(below))


def _joined(below: list[str], line: int, repairs: list[Repair]) -> list[str]:
    """Join the words that a blank line cuts off from their time, and leave comments out."""
    kept: list[str] = []
    is_comment = False
    for number, (above, words) in enumerate(pairwise(["", *below])):
        if not words:
            is_comment = False
        elif not above and number and _COMMENT.match(words):
            is_comment = True
        elif not is_comment:
            if not above and number:
                repairs.append(Repair(line + 1 + number, "transcripts.repair-blank-inside"))
            kept.append(words)
    return kept


def _of_parts(hours: str | None, minutes: str, seconds: str, part: str | None) -> int:
    whole = (int(minutes) * 60 + int(seconds)) * 1000 + (int(hours) * 3_600_000 if hours else 0)
    return whole + int(part if len(part) == 3 else part[:3].ljust(3, "0")) if part else whole


def _odd(line: int, written: str, start: int | None, end: int | None) -> Repair:
    clocks = " → ".join(clock(time) for time in (start, end) if time is not None)
    value = " ".join(re.findall(r"[\d:.,]+", written)[:2])
    return Repair(line, "transcripts.repair-time-odd", (("value", value), ("clock", clocks)))


def turns_of(
    cues: list[Cue], repairs: list[Repair], stated: Mapping[str, Role]
) -> tuple[tuple[Turn, ...], dict[str, Role]]:
    """Give a turn for each voice of each cue, and the roles that the file states.

    Several voices of a cue all keep the cue's times. A cue without words is listed in `repairs`,
    unless a voice is marked in it: then somebody was heard, though nothing was written.
    """
    voices = [_pieces(cue.words) for cue in cues]
    roles = dict(stated)
    for pieces in voices:
        for piece in pieces:
            if piece.classes and piece.speaker and (role := _role(piece.classes)):
                roles.setdefault(piece.speaker, role)
    _find_names(cues, voices, repairs)
    turns: list[Turn] = []
    latest = 0
    for cue, pieces in zip(cues, voices, strict=True):
        found = [turn for piece in pieces if (turn := _turn(cue, piece, roles))]
        if not found:
            repairs.append(Repair(cue.line, "transcripts.repair-no-words"))
        elif cue.start_ms is not None:
            if cue.start_ms < latest:
                slots = (("start", clock(cue.start_ms)),)
                repairs.append(Repair(cue.line, "transcripts.repair-time-order", slots))
            latest = cue.start_ms
        turns += found
    if turns and not any(turn.speaker for turn in turns):
        repairs.append(Repair(turns[0].line, "transcripts.repair-no-speakers"))
    return tuple(turns), roles


def _pieces(words: str) -> list[_Piece]:
    """Give the words of a cue by its voices."""
    if "<v" not in words:
        return [_Piece(None, words)]
    if one := _ONE_VOICE.fullmatch(words):
        return [_Piece(_plain(one[1]), one[2])]
    before, *voices = _VOICE.split(words)
    pieces = [
        _Piece(_plain(name or ""), said.replace("</v>", " "), frozenset(classes.split(".")))
        for classes, name, said in zip(voices[::3], voices[1::3], voices[2::3], strict=True)
    ]
    if not voices or before.strip(" \t\n-–—"):
        pieces.insert(0, _Piece(None, before))
    return pieces


def _role(classes: frozenset[str]) -> Role | None:
    return next((role for role in Role if role in classes), None)


def _turn(cue: Cue, piece: _Piece, roles: Mapping[str, Role]) -> Turn | None:
    speaker, words, classes, is_marked = piece
    text, language = _read(words) if _SIGNS.search(words) else (" ".join(words.split()), None)
    if not text and not (speaker and is_marked):
        return None
    speaker = speaker or ""
    role = roles.get(speaker, Role.OTHER)
    marks = marks_of(text)
    if classes:
        role = _role(classes) or role
        marks |= frozenset(mark for mark in Mark if mark in classes)
    return Turn(speaker, text, role, cue.start_ms, cue.end_ms, language, marks, cue.line)


def _find_names(cues: list[Cue], voices: list[list[_Piece]], repairs: list[Repair]) -> None:
    """Find who speaks where no voice is marked: names before a colon, dashes, `>>`.

    Many captions name a speaker only where a new one begins. Where names stand before a colon,
    a cue without one goes on with the speaker before it.
    """
    unnamed = [at for at, pieces in enumerate(voices) if pieces[0].speaker is None]
    said = (piece.words for at in unnamed for piece in voices[at] if piece.speaker is None)
    lines = [line for words in said for line in words.split("\n")]
    names = accepted((named.name for line in lines if (named := candidate(line))), len(lines))
    before, kept, latest = "", 0, -1
    for at in unnamed:
        pieces: list[_Piece] = []
        before = before if at == latest + 1 else ""  # a marked voice came between
        for piece in voices[at]:
            if piece.speaker is not None:
                pieces.append(piece)
                before = ""
                continue
            for is_new, speaker, words in _spoken(piece.words, names):
                if not speaker and not is_new and before and words.strip():
                    speaker, kept = before, kept + 1
                before = speaker
                pieces.append(_Piece(speaker, words, is_marked=False))
        voices[at], latest = pieces, at
    if kept:
        repairs.append(Repair(cues[0].line, "transcripts.repair-speaker-kept", (("count", kept),)))


def _spoken(words: str, names: frozenset[str]) -> Iterator[tuple[bool, str, str]]:
    """Give for each voice whether it is said to be a new one, its name if it has one, and its words."""
    is_new, speaker, said = False, "", ""
    for begins, line in _lines(words):
        named = candidate(line)
        if named and named.name in names:
            if said.strip():
                yield is_new, speaker, said
            is_new, speaker, said = True, named.name, named.words
        elif begins:
            if said.strip():
                yield is_new, speaker, said
            is_new, speaker, said = True, "", line
        else:
            said = f"{said}\n{line}" if said else line
    yield is_new, speaker, said


def _lines(words: str) -> Iterator[tuple[bool, str]]:
    """Give the lines, and for each whether a sign (a dash, `>>`) says that somebody else begins."""
    first, *changes = _CHANGE.split(words) if ">" in words or "&gt;" in words else [words]
    lines = first.split("\n")
    dashes = [_DASH.match(line) for line in lines]
    dialogue = sum(map(bool, dashes)) > 1
    for line, dash in zip(lines, dashes, strict=True):
        yield (True, line[dash.end() :]) if dash and dialogue else (False, line)
    for change in changes:
        begins = True
        for line in change.split("\n"):
            yield begins, line
            begins = False


def _read(words: str) -> tuple[str, str | None]:
    """Give the words as a reader would see them, and the language that is marked for all of them."""
    language = None
    if "<" in words:
        marked = _LANGUAGE.search(words)
        if marked and not _TAG.sub("", words[: marked.start()] + words[marked.end() :]).strip():
            language = marked[1]
        words = _TAG.sub(_gap, words)
        words = _OTHER_TAG.sub(lambda tag: f"[{tag[1]}]" if is_mark(tag[1]) else tag[0], words)
    if "{\\" in words:
        words = _POSITION.sub("", words)
    return bracketed(_plain(words)), language


def _gap(tag: re.Match[str]) -> str:
    return " " if tag[0][1:3].lower() in ("br", "p>") else ""


def _plain(words: str) -> str:
    return " ".join((html.unescape(words) if "&" in words else words).split())


def _unrolled(cues: list[Cue], repairs: list[Repair]) -> list[Cue]:
    """Give captions that roll up each line once; video sites repeat the line before in every cue."""
    kept: list[Cue] = []
    above, dropped = "", 0
    for cue in cues:
        lines = [line for line in cue.words.split("\n") if line.strip()]
        if lines and above and not _STAMP.search(lines[0]) and _plain(lines[0]) == above:
            del lines[0]
            dropped += 1
        if lines:
            above = _plain(_TAG.sub("", lines[-1]))
        if lines or not dropped:
            kept.append(cue._replace(words="\n".join(lines)))
    if dropped:
        repairs.append(Repair(cues[0].line, "transcripts.repair-rolling", (("count", dropped),)))
    return kept
