"""CHAT, the transcripts of CHILDES and TalkBank (`.cha`).

The lines of the format are simple and read here: `*CHI:` says, `%act:` tells about what was
said above, `@ID:` about the people. rustling, the library for it, stops the whole program at
one stray bracket (a Rust panic, no exception that could be caught by its kind), keeps the last
of two lines of acts, and tells nothing of what it drops. How an utterance's signs become
readable text is the subject of `apego.listening.formats.chat_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from apego.listening.formats.chat_words import acts_told, readable
from apego.listening.formats.marks import marks_of
from apego.listening.formats.source import Source
from apego.listening.formats.times import clock
from apego.listening.transcript import Mark, Repair, Role, Transcript, Turn
from apego.practice.roles import ADULT, role_of_code, roles_of_chat

SUFFIXES: tuple[str, ...] = (".cha",)

_SIGNS = re.compile(r"(?m)^(?:@(?:UTF8|Begin|Languages:|Participants:)|\*[A-Z][A-Z0-9]{1,6}:\t)")
_SPEAKS = re.compile(r"\*([^\s:*]{1,30})[ \t]*:[ \t]*(.*)")
_SPEAKS_WITHOUT_COLON = re.compile(r"\*([A-Z][A-Z0-9]{1,6})[ \t]+(\S.*)")
_TELLS = re.compile(r"([@%][^:\t]{1,40})(?::[ \t]*(.*))?")
# A bullet holds times in milliseconds, in old files after the name of the recording; `-` says "skip".
# Its sign 0x15 shows in few editors and is lost in copying: the times alone are a bullet too.
_BULLET = re.compile(
    r"(?:[\x15•]|(?<!\S))(?:%(?:snd|mov):\"[^\"]*\"_)?(\d{1,9})_(\d{1,9})-?(?:[\x15•]|(?!\S))"
)
_ANY_BULLET = re.compile(r"\x15[^\x15]*\x15?|•\d[^•]*•")
_PICTURE = re.compile(r"\x15%(?:pic|txt):")
_PRECODE = re.compile(r"\[- ([a-z]{2,8})[^\]]*\]")
_AGE = re.compile(r"(\d{1,2});(\d{1,2})?")
_LANGUAGE = re.compile(r"[a-z]{2,8}")
# English and Spanish by the letters that WebVTT and HTML know; other languages keep CHAT's own.
_TWO_LETTERS = {"eng": "en", "spa": "es"}
# Below an utterance without words stand the act, and gesture and gaze; below words only the act is read.
_ACT_TIERS = ("%act", "%gpx")
_UNTOLD = "[acts without words]"


@dataclass(slots=True)
class _Entry:
    """A line with those that continue it: an utterance, or what is told (`@ID`, `%act`)."""

    name: str
    lines: list[str]
    line: int
    below: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_said(self) -> bool:
        return self.name.startswith("*")

    @property
    def text(self) -> str:
        return " ".join(filter(None, map(str.strip, self.lines)))

    def told(self, tier: str) -> str:
        """Give what the line of this name below an utterance tells, with those that continue it."""
        return " ".join(filter(None, map(str.strip, self.below.get(tier, ()))))


@dataclass(slots=True)
class _Person:
    role: str = ""
    age: str = ""
    languages: tuple[str, ...] = ()


@dataclass(slots=True)
class _Header:
    """What the lines above the talk say of the people in it."""

    people: dict[str, _Person] = field(default_factory=dict)
    languages: tuple[str, ...] = ()


def fits(source: Source) -> bool:
    """True when the beginning has CHAT's headers or a line such as `*CHI:` and a tab."""
    return bool(_SIGNS.search(source.head))


def read(source: Source) -> Transcript:
    """Give the utterances as turns, with the times of their bullets and the roles of the header.

        >>> said = "@Begin\\n@Participants:\\tMOT Mother\\n*MOT:\\tgon(na) go ? \\x15100_900\\x15\\n@End"
        >>> visit = read(Source("a.cha", said.encode()))
        >>> visit.turns[0].text, visit.turns[0].end_ms, visit.stated
        ('gonna go?', 900, {'MOT': <Role.PARENT: 'parent'>})

    A child's `0.` is an act without words; its text is what the line below tells (%act), and
    in some files its time is that of the parent's words (see `apego.listening.turns`).
    """
    text, decoded = source.text()
    repairs = list(decoded)
    entries = _entries(text, repairs)
    header = _header(entries)
    stated = _stated(header)
    turns = [turn for entry in entries if entry.is_said for turn in _turns(entry, header, repairs)]
    transcript = Transcript(
        turns=tuple(turns),
        source=source.name,
        repairs=tuple(sorted(repairs, key=lambda repair: repair.line)),
        stated=stated,
        child_months=_child_months(header, stated),
    )
    return transcript.with_roles(stated)


def _entries(text: str, repairs: list[Repair]) -> list[_Entry]:
    """Give the utterances and headers with the lines that belong to them; say which belong nowhere."""
    lines = _Lines(repairs)
    number = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            lines.take(line, number)
    if not any(entry.name == "@End" for entry in lines.entries):
        repairs.append(Repair(number, "transcripts.repair-chat-no-end"))
    return lines.entries


@dataclass(slots=True)
class _Lines:
    """The entries so far, and where a line goes that has no sign of its own."""

    repairs: list[Repair]
    entries: list[_Entry] = field(default_factory=list)
    tier: str | None = None  # "" the last entry itself, "%act" the line below it, None nowhere

    def take(self, line: str, number: int) -> None:
        sign = line[0]
        if sign == "*":
            self._utterance(line, number)
        elif sign in "@%":
            self._told(line, number)
        elif self.tier is not None and sign in "\t ":
            self._add(line)
        elif self.tier == "" and self.entries[-1].is_said:
            self._add(line)
            self.repairs.append(Repair(number, "transcripts.repair-chat-wrapped"))
        else:
            self._leave_out(number)

    def _utterance(self, line: str, number: int) -> None:
        found = _SPEAKS.fullmatch(line)
        if not found and (found := _SPEAKS_WITHOUT_COLON.fullmatch(line)):
            self.repairs.append(Repair(number, "transcripts.repair-chat-colon"))
        if found:
            self.entries.append(_Entry(f"*{found[1]}", [found[2]], number))
            self.tier = ""
        else:
            self._leave_out(number)

    def _told(self, line: str, number: int) -> None:
        found = _TELLS.fullmatch(line)
        if found and line[0] == "@":
            self.entries.append(_Entry(found[1], [found[2] or ""], number))
            self.tier = ""
        elif found and self.entries and self.entries[-1].is_said:
            self.tier = found[1]
            is_second = self.tier in self.entries[-1].below
            self._add(f"; {found[2] or ''}" if is_second else found[2] or "")
        else:
            self._leave_out(number)

    def _add(self, line: str) -> None:
        entry = self.entries[-1]
        (entry.below.setdefault(self.tier, []) if self.tier else entry.lines).append(line)

    def _leave_out(self, number: int) -> None:
        self.tier = None
        self.repairs.append(Repair(number, "transcripts.repair-line-left-out"))


def _header(entries: list[_Entry]) -> _Header:
    """Give what @Participants, @ID and @Languages say."""
    header = _Header()
    for entry in entries:
        if entry.name == "@Languages":
            header.languages = tuple(map(_tag, _LANGUAGE.findall(entry.text)))
        elif entry.name == "@Participants":
            for named in entry.text.split(","):
                code, *rest = named.split() or [""]
                header.people.setdefault(code, _Person()).role = rest[-1] if rest else ""
        elif entry.name == "@ID":
            # language|corpus|code|age|sex|group|social class|role|education|own use|
            fields = [each.strip() for each in entry.text.split("|")] + [""] * 8
            person = header.people.setdefault(fields[2], _Person())
            person.languages = tuple(map(_tag, _LANGUAGE.findall(fields[0])))
            person.age, person.role = fields[3], fields[7] or person.role
    return header


def _turns(entry: _Entry, header: _Header, repairs: list[Repair]) -> Iterator[Turn]:
    """Give the turn of an utterance, and the words that somebody else put into it."""
    speaker = entry.name[1:]
    raw = entry.text
    start, end = _times(raw, entry.line, repairs)
    language = _language(raw, header.people.get(speaker), header.languages)
    seen = readable(_ANY_BULLET.sub(" ", _BULLET.sub(" ", raw)))
    tiers = _ACT_TIERS if seen.is_act else _ACT_TIERS[:1]
    acts = list(filter(None, dict.fromkeys(acts_told(entry.told(tier), speaker) for tier in tiers)))
    if seen.is_act and not seen.text and not acts:
        acts = [_UNTOLD]
    if text := " ".join(filter(None, (seen.text, *acts))):
        marks = seen.marks | ({Mark.ACT} if acts else frozenset())
        yield _marked(Turn(speaker, text, Role.OTHER, start, end, language, marks, entry.line))
    else:
        repairs.append(Repair(entry.line, "transcripts.repair-nothing-said"))
    for who, words in seen.put_in:
        yield Turn(who, words, Role.OTHER, None, None, language, line=entry.line)


def _marked(turn: Turn) -> Turn:
    """Add the marks that the text tells; a turn without words and marks is a sound, whatever it is called."""
    marks = turn.marks | marks_of(turn.text)
    return replace(turn, marks=marks if marks or turn.words else frozenset({Mark.SOUND}))


def _times(raw: str, line: int, repairs: list[Repair]) -> tuple[int | None, int | None]:
    """Give when the utterance begins and ends: its first bullet's start and its last one's end."""
    bullets = _BULLET.findall(raw)
    if not bullets:
        if "\x15" in raw and not _PICTURE.search(raw):
            repairs.append(Repair(line, "transcripts.repair-time"))
        return None, None
    start, end = int(bullets[0][0]), int(bullets[-1][1])
    if end < start:
        slots = (("start", clock(start)), ("end", clock(end)))
        repairs.append(Repair(line, "transcripts.repair-time-backwards", slots))
        end = start
    return start, end


def _stated(header: _Header) -> dict[str, Role]:
    """Give the roles that the header states; a code speaks only where the header has no role for it."""
    by_code = {code: role_of_code(code) for code, person in header.people.items() if not person.role}
    roles = {code: role for code, role in by_code.items() if role and role != ADULT}
    roles |= roles_of_chat({code: person.role for code, person in header.people.items() if person.role})
    return {code: Role(role) for code, role in roles.items()}


def _child_months(header: _Header, stated: Mapping[str, Role]) -> int | None:
    """Give the first child's age in whole months, as the header has it (`1;4.11` is sixteen)."""
    for code, person in header.people.items():
        if stated.get(code) == Role.CHILD and (found := _AGE.match(person.age)):
            return int(found[1]) * 12 + int(found[2] or 0)
    return None


def _language(raw: str, person: _Person | None, languages: tuple[str, ...]) -> str | None:
    """Give the language that the utterance, its speaker or the file has; None where there is a choice."""
    if precode := _PRECODE.search(raw):
        return _tag(precode[1])
    own = person.languages if person else ()
    if len(own) == 1:
        return own[0]
    return languages[0] if len(languages) == 1 else None


def _tag(language: str) -> str:
    return _TWO_LETTERS.get(language, language)
