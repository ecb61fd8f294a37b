"""The reflection told: every sentence in its language, every quote with whose it is and when.

One tree of plain things that the terminal, the page, Markdown and JSON all draw; none of
them chooses a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from apego.listening.conversation import Quote
from apego.listening.counts import Count
from apego.listening.findings import Finding
from apego.listening.languages import language_of
from apego.listening.names import Names, clock, lasting
from apego.listening.reflection import Reflection
from apego.listening.timeline import Timeline, timeline
from apego.listening.transcript import Role
from apego.practice.content import Language
from apego.practice.domains import domain
from apego.practice.measures import measure
from apego.practice.practices import practice
from apego.practice.quoting import quoted
from apego.practice.sentences import say

PARTS = ("practised", "next", "between", "efforts", "domains", "languages")
BETWEEN = "\u00a0· "  # no line begins with the dot


@dataclass(frozen=True, slots=True)
class ToldQuote:
    """Somebody's words. `at` and `lasting` are empty where the transcript has no times."""

    who: str
    role: Role
    at: str
    lasting: str
    text: str
    language: str | None
    is_cut: bool
    first: int
    last: int

    @property
    def signed(self) -> str:
        """Give whose words they are, when, and how long they lasted, on one line."""
        return ", ".join(filter(None, (self.who, self.at, self.lasting)))

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """Give the words, in quotation marks, and the acts apart, in order: (text, is it an act).

        Acts in a row are one.
        """
        found: list[tuple[str, bool]] = []
        for place, part in enumerate(re.split(r"\[([^\]]*)\]", self.text)):
            is_act = place % 2 == 1
            if not any(sign.isalnum() or sign == "♪" for sign in part):
                continue
            if is_act and found and found[-1][1]:
                found[-1] = (f"{found[-1][0]}, {part.strip()}", True)
            else:
                found.append((part.strip() if is_act else quoted(part), is_act))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of Apego's and the words it stands on."""

    kind: str
    says: str
    quotes: tuple[ToldQuote, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Some things told under a name of their own (a practice, a domain); `note` holds its ELOF goals."""

    id: str
    name: str
    told: tuple[Told, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the reflection. Where nothing was found, `silence` says so kindly and asks."""

    id: str
    heading: str
    groups: tuple[Group, ...]
    silence: str = ""


@dataclass(frozen=True, slots=True)
class ToldFocus:
    practice: str
    says: str
    grows: Told
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToldCount:
    id: str
    name: str
    who: str
    value: str
    n: str
    definition: str


@dataclass(frozen=True, slots=True)
class Page:
    """A reflection told in one language."""

    language: Language
    source: str
    title: str
    private: str
    moment: Told | None
    silence: str
    parts: tuple[Part, ...]
    question: Told
    focus: ToldFocus | None
    timeline: Timeline
    timeline_says: str
    counts: tuple[ToldCount, ...]


def tell(reflection: Reflection, language: Language) -> Page:
    """Tell a reflection in one language."""
    teller = _Teller(reflection, language)
    told: list[Part] = [getattr(teller, part)() for part in PARTS]
    drawn = timeline(reflection.conversation, reflection.findings, teller.names)
    return Page(
        language=language,
        source=reflection.conversation.transcript.source,
        title=teller.say("title"),
        private=teller.say("private"),
        moment=teller.told(reflection.moment) if reflection.moment else None,
        silence="" if reflection.moment else teller.say("silent-moment"),
        parts=tuple(part for part in told if part.groups or part.silence),
        question=teller.question(),
        focus=teller.focus(),
        timeline=drawn,
        timeline_says=teller.timeline(drawn),
        counts=tuple(map(teller.count, reflection.counts)),
    )


def together(told: Iterable[Told]) -> tuple[Told, ...]:
    """Say a sentence once for all that it is said of in a row."""
    found: list[Told] = []
    for one in told:
        if found and found[-1].says == one.says:
            found[-1] = replace(found[-1], quotes=(*found[-1].quotes, *one.quotes))
        else:
            found.append(one)
    return tuple(found)


class _Teller:
    """Tells the parts of one reflection in one language."""

    def __init__(self, reflection: Reflection, language: Language) -> None:
        self.reflection = reflection
        self.language = language
        self.names = Names(reflection.conversation.transcript, language)
        self.has_visitor = bool(reflection.conversation.speakers(Role.VISITOR))

    def say(self, key: str, **slots: str | int) -> str:
        return say(f"reflection.{key}", self.language, **slots)

    def told(self, finding: Finding) -> Told:
        people = {slot: self.names.named(speaker, slot) for slot, speaker in finding.people.items()}
        says = self.names.sentence(self.say(finding.kind, **people))
        return Told(finding.kind, says, tuple(map(self.quote, finding.quotes)))

    def quote(self, quote: Quote) -> ToldQuote:
        turns = self.reflection.conversation.turns
        first, last = turns[quote.first], turns[quote.last]
        return ToldQuote(
            who=self.names.of(first.speaker),
            role=first.role,
            at=clock(first.start_ms),
            lasting=lasting(first.start_ms, last.end_ms, self.language),
            text=quote.text,
            language=_language(first.language or language_of(quote.text)),
            is_cut=quote.is_cut,
            first=quote.first,
            last=quote.last,
        )

    def part(self, part: str, groups: tuple[Group, ...], silence: str, heading: str = "") -> Part:
        return Part(part, heading or self.say(f"heading-{part}"), groups, "" if groups else self.say(silence))

    def practised(self) -> Part:
        groups = tuple(
            Group(
                one.practice, practice(one.practice).name[self.language], tuple(map(self.told, one.findings))
            )
            for one in self.reflection.practised
        )
        if self.reflection.to_look_at:
            looked = tuple(map(self.told, self.reflection.to_look_at))
            groups += (Group("look", self.say("heading-look"), looked),)
        return self.part("practised", groups, "silent-practised" if self.has_visitor else "silent-visitor")

    def next(self) -> Part:
        return self.of_the_visitor("next", self.reflection.came_next)

    def between(self) -> Part:
        conversation = self.reflection.conversation
        parents, children = conversation.speakers(Role.PARENT), conversation.speakers(Role.CHILD)
        heading = self.say("heading-between-nobody")
        if parents and children:
            heading = self.say("heading-between", people=self.names.joined((*parents, *children)))
        silence = (
            "silent-between"
            if parents and children
            else "silent-no-parent"
            if children
            else "silent-no-child"
        )
        return self.part("between", self.plain("between", self.reflection.between), silence, heading)

    def efforts(self) -> Part:
        return self.of_the_visitor("efforts", self.reflection.efforts)

    def domains(self) -> Part:
        groups = tuple(
            Group(
                seen.domain,
                domain(seen.domain).name[self.language],
                (self.told(seen.finding),),
                BETWEEN.join(seen.goals),
            )
            for seen in self.reflection.domains
        )
        return self.part("domains", groups, "silent-domains")

    def languages(self) -> Part:
        return Part(
            "languages", self.say("heading-languages"), self.plain("languages", self.reflection.languages)
        )

    def of_the_visitor(self, part: str, findings: tuple[Finding, ...]) -> Part:
        """Tell a part that only a visitor's presence gives a sense; without one it is absent."""
        if self.has_visitor:
            return self.part(part, self.plain(part, findings), f"silent-{part}")
        return Part(part, self.say(f"heading-{part}"), ())

    def plain(self, part: str, findings: tuple[Finding, ...]) -> tuple[Group, ...]:
        return (Group(part, "", together(map(self.told, findings))),) if findings else ()

    def question(self) -> Told:
        if self.reflection.question:
            return self.told(self.reflection.question)
        kind = "wonder" if self.has_visitor else "wonder-apart"
        return Told(kind, self.say(kind), ())

    def focus(self) -> ToldFocus | None:
        focus = self.reflection.focus
        if focus is None:
            return None
        return ToldFocus(
            practice=focus.practice,
            says=self.focus_on(focus.practice),
            grows=Told("focus-grows", self.say("focus-grows"), (self.quote(focus.finding.quotes[-1]),)),
            others=tuple((other, self.focus_on(other)) for other in focus.others),
        )

    def focus_on(self, practice_id: str) -> str:
        return self.say(f"focus-{practice_id.replace('_', '-')}")

    def timeline(self, drawn: Timeline) -> str:
        if drawn.is_timed:
            return self.say("timeline-timed", start=drawn.start, end=drawn.end)
        return self.say("timeline-untimed")

    def count(self, count: Count) -> ToldCount:
        counted = measure(count.measure)
        return ToldCount(
            id=count.measure,
            name=counted.name[self.language],
            who=BETWEEN.join(map(self.names.of, count.who)),
            value=self.say("too-few") if count.value is None else counted.shown(count.value),
            n=str(count.n),
            definition=counted.definition[self.language],
        )


def _language(spoken: str | None) -> str | None:
    """Give the language for a `lang` attribute; a mixed passage has none of its own."""
    return spoken if spoken in ("en", "es") else None
