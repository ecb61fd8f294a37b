"""The note check: the words of a written note that could be replaced by what was seen, each with a question.

For what a visitor writes, never for what is said (speech has other rules, see
`apego.listening.reader`). All judgement stands in the lists of `apego.practice.notes`;
this module only finds the places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from apego.listening.folded import fold, plain
from apego.listening.languages import Spoken, language_of
from apego.practice.content import LANGUAGES, Language, load
from apego.practice.notes import INNOCENT, Kind, note_classes, note_lists

WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
SHOWN = 2


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the note, in code points, with its class and the question that it opens."""

    start: int
    end: int
    text: str
    note_class: str
    question: str


@dataclass(frozen=True, slots=True)
class Specific:
    """What the note already holds, in the note's own words and order. Not a score: nothing is missing."""

    who: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    parent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteCheck:
    """The places to ask about, from the first to the last, and what is specific already."""

    spans: tuple[Span, ...]
    specific: Specific


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    kind: Kind

    def holds(self, other: _Place) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: _Place) -> bool:
        return self.start < other.end and other.start < self.end


def check(text: str, language: Language | None = None, names: Sequence[str] = ()) -> NoteCheck:
    """Give the spans of a note that tell more than was seen, and what is specific in it.

    Lists of both languages are always used. `language` is that of the questions: without it,
    the language of the note, or in a mixed note that of the word asked about.

        >>> for span in check("Mom is very patient. He waited b/c he wanted more.").spans:
        ...     print(span.start, span.text, span.note_class, "|", span.question)
        12 patient trait | What did they do that brought this word to mind?
        31 b/c cause | What came first, and what came next?
        38 wanted mind | What did they do or say that showed it?

    Quoted and reported words, titles and names are somebody's own and stay as they are.

        >>> check("Mom said, “He is so stubborn.” Joy laughed.", names=["Joy"]).spans
        ()

    A place has one span: the phrase that holds another, else the weightier class.
    The rule behind it is that of the Office of Head Start: write what you see and hear.
    """
    folded = fold(text)
    words = tuple(WORD.finditer(folded))
    spoken = language or language_of(text)
    spans = tuple(_span(place, text, spoken) for place in _places(text, folded, words, names))
    return NoteCheck(spans, _specific(text, folded, words, names))


def weightiest(spans: Iterable[Span], count: int = SHOWN) -> tuple[Span, ...]:
    """Give the spans that weigh most, in the order of the note: a visitor is asked about two words at most.

    >>> [span.text for span in weightiest(check("He always cries a lot, he is so spoiled.").spans)]
    ['always', 'spoiled']
    """
    weights = {class_id: weight for weight, class_id in enumerate(note_classes())}
    heaviest = sorted(spans, key=lambda span: (weights[span.note_class], span.start))[:count]
    return tuple(sorted(heaviest, key=lambda span: span.start))


def _span(place: _Place, text: str, spoken: Spoken | None) -> Span:
    kind = place.kind
    language: Language = kind.language if spoken is None or spoken == "mixed" else spoken
    question = note_classes()[kind.note_class].questions[kind.topic][language]
    return Span(place.start, place.end, text[place.start : place.end], kind.note_class, question)


def _places(text: str, folded: str, words: Sequence[re.Match[str]], names: Sequence[str]) -> list[_Place]:
    """Give the places that are asked about: listed, not set aside, one at each place."""
    listed = list(_listed(folded, words))
    aside = [place for place in listed if place.kind.note_class == INNOCENT]
    aside += _set_aside(text, folded, words, names)
    asked = [
        place
        for place in listed
        if place.kind.note_class != INNOCENT and not any(one.holds(place) for one in aside)
    ]
    return _one_a_place(asked)


def _listed(folded: str, words: Iterable[re.Match[str]]) -> Iterator[_Place]:
    lists = note_lists()
    for word in words:
        kind = lists.words.get(word[0])
        if kind is not None:
            yield _Place(word.start(), word.end(), kind)
        for pattern in lists.patterns.get(word[0], ()):
            found = _compiled(pattern.source).match(folded, word.start())
            if found is not None:
                yield _Place(found.start(found.lastindex or 0), found.end(), pattern.kind)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """Compiled at its first use: of some thousand patterns a note meets a few dozen.

    ASCII, so that \\w and \\b mean what they mean in a browser.
    """
    return re.compile(f"(?:{source})(?![a-z0-9])", re.ASCII)


@cache
def _searched() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    lists = note_lists()
    asides, cased = (
        tuple(re.compile(source, re.ASCII) for source in sources) for sources in (lists.asides, lists.cased)
    )
    return asides, cased


ASIDE = Kind(INNOCENT, "any", "en")


def _set_aside(
    text: str, folded: str, words: Iterable[re.Match[str]], names: Sequence[str]
) -> Iterator[_Place]:
    """Give the stretches where nothing is asked: quoted, reported, titles, names."""
    asides, cased = _searched()
    for searched, patterns in ((folded, asides), (plain(text), cased)):
        for pattern in patterns:
            for found in pattern.finditer(searched):
                yield _Place(found.start(), found.end(), ASIDE)
    own = _name_words(names)
    for word in words:
        if word[0] in own:
            yield _Place(word.start(), word.end(), ASIDE)


def _name_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in WORD.findall(fold(name)))


def _one_a_place(places: Iterable[_Place]) -> list[_Place]:
    """Keep of places that meet the phrase that holds the other, else the weightier, else the longer."""
    weights = {class_id: weight for weight, class_id in enumerate(note_classes())}
    longest_first = sorted(places, key=lambda one: (one.start - one.end, weights[one.kind.note_class]))
    whole: list[_Place] = []
    for place in longest_first:
        if not any(other.holds(place) for other in whole):
            whole.append(place)
    kept: list[_Place] = []
    for place in sorted(whole, key=lambda one: weights[one.kind.note_class]):
        if not any(other.meets(place) for other in kept):
            kept.append(place)
    return sorted(kept, key=lambda one: one.start)


def _specific(text: str, folded: str, words: Sequence[re.Match[str]], names: Sequence[str]) -> Specific:
    lists = note_lists().specific
    actions = tuple(text[word.start() : word.end()] for word in words if word[0] in lists.actions)
    return Specific(
        who=_people(text, folded, words, names),
        when=_found(lists.when, text, folded),
        where=_found(lists.where, text, folded),
        actions=actions,
        counts=_found(lists.counts, text, folded),
        quoted=_found(lists.quoted, text, folded),
        parent=_found(lists.parent, text, folded),
    )


def _found(source: str, text: str, folded: str) -> tuple[str, ...]:
    found = _compiled_whole(source).finditer(folded)
    return tuple(text[one.start() : one.end()] for one in found)


@cache
def _compiled_whole(source: str) -> re.Pattern[str]:
    return re.compile(source, re.ASCII)


def _people(text: str, folded: str, words: Sequence[re.Match[str]], names: Sequence[str]) -> tuple[str, ...]:
    """Give who is named: the family's words for each other, and names, known or told by their capital."""
    listed = note_lists().specific
    people = {one.start(): one.end() for one in _compiled_whole(listed.who).finditer(folded)}
    known, common = _name_words(names), _common_words()
    for word in words:
        said = text[word.start() : word.end()]
        if word[0] in known or (said.istitle() and word[0] not in common and word[0] not in listed.actions):
            people.setdefault(word.start(), word.end())
    told = [text[start:end] for start, end in sorted(people.items())]
    return tuple(dict.fromkeys(told))


@cache
def _common_words() -> frozenset[str]:
    lists = load("languages")
    return frozenset(fold(" ".join(str(lists[language]["words"]) for language in LANGUAGES)).split())
