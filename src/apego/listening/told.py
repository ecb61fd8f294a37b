"""What a text tells: its words that carry an idea, each with its place.

A word carries the ideas of `apego.practice.ideas` in whose lists it or its stem stands; a
word of no list carries itself. Whether two texts tell the same is the subject of
`apego.listening.answers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from apego.listening.folded import fold
from apego.listening.languages import Spoken, language_of
from apego.listening.stems import stem
from apego.listening.words import sentences, without_acts
from apego.practice.content import LANGUAGES, Language
from apego.practice.ideas import OTHER, PEOPLE, ideas, listed, weight

DENIAL_REACH = 4  # how many words that carry an idea a word of denial reaches
LOANED = 4  # letters from which a word may be read in the other language; shorter ones are chance (pie, once)

# A letter may be followed by its accent as a sign of its own.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|'(?=[^\W\d_]))*|\d+")
_CLAUSE_END = re.compile(r"[,;:.!?…()\n]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_STANDING_IN = "_"


@dataclass(frozen=True, slots=True)
class Told:
    """A word or phrase that carries ideas: where it stands, what it tells, and of whom.

    `denied`: it stands in the reach of a denial. `by`: the idea of the person named before it
    in its clause, where that is plain; None where it is not.
    """

    start: int
    end: int
    sentence: int
    forms: frozenset[str]
    ideas: frozenset[str]
    weight: float
    denied: bool
    by: str | None

    @property
    def is_person(self) -> bool:
        """Whether it tells who, and nothing else."""
        return bool(self.ideas) and all(ideas()[one].kind == PEOPLE for one in self.ideas)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of one language, ready to be searched."""

    words: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    phrases: Mapping[
        tuple[str, ...], tuple[tuple[tuple[str, ...], frozenset[str]], ...]
    ]  # by their first two
    light: frozenset[str]
    denial: frozenset[str]
    toward: frozenset[str]
    unnamed: frozenset[str]


@lru_cache(maxsize=1024)  # the example answers are the same for every learner
def told(text: str, language: Language | None = None) -> tuple[Told, ...]:
    """Give what a text tells, in the order of the text.

        >>> said = "Mamá no cantó; she reads face to face"
        >>> [(said[one.start:one.end], one.denied) for one in told(said)]
        [('Mamá', False), ('cantó', True), ('reads', False), ('face to face', False)]

    Each sentence is read in its own language, both languages where it holds both; `language`
    decides where a sentence does not tell. Small words (the, with, que, muy) carry nothing.
    A text of small words only carries those, so that it can still be met by itself. What stands in
    square brackets is no word of hers and carries nothing.
    """
    whole = _language(text, language)
    folded = fold(without_acts(text))
    found: list[Told] = []
    for number, span in enumerate(sentences(text)):
        own = _language(text[span.start : span.end], None) or whole
        found += _sentence(folded, span.start, span.end, number, own)
    return tuple(found) or tuple(_small_words(folded))


def spelled(text: str) -> tuple[str, ...]:
    """Give the folded words of a text, small ones too.

    >>> spelled("¡Qué bonito, mi Ángel!")
    ('que', 'bonito', 'mi', 'angel')
    """
    folded = fold(without_acts(text))
    return tuple(word.text for word in _words(folded, 0, len(folded)))


def _language(text: str, otherwise: Language | None) -> Spoken | None:
    return language_of(text) or otherwise


def _words(folded: str, start: int, end: int) -> list[_Word]:
    return [
        _Word(_ACCENTS.sub("", match[0]), match.start(), match.end())
        for match in _WORD.finditer(folded, start, end)
    ]


def _small_words(folded: str) -> Iterator[Told]:
    for word in _words(folded, 0, len(folded)):
        yield Told(
            word.start, word.end, 0, frozenset({word.text}), frozenset(), weight(OTHER), denied=False, by=None
        )


def _sentence(folded: str, start: int, end: int, number: int, spoken: Spoken | None) -> Iterator[Told]:
    words = _words(folded, start, end)
    lists = [_lists(language) for language in _order(spoken)]
    reach, by = 0, None
    place = 0
    while place < len(words):
        word = words[place]
        if place and _CLAUSE_END.search(folded, words[place - 1].end, word.start):
            reach, by = 0, None
        length, tells = _tells(words, place, spoken)
        if length == 1 and any(word.text in one.denial for one in lists):
            reach = DENIAL_REACH
        if length == 1 and any(word.text in one.unnamed for one in lists):
            by = None
        if length == 1 and any(word.text in one.light for one in lists):
            place += 1
            continue
        last = words[place + length - 1]
        person = _person(tells)
        yield Told(
            word.start,
            last.end,
            number,
            _forms(words[place : place + length], spoken),
            tells,
            max((ideas()[one].weight for one in tells), default=weight(OTHER)),
            denied=reach > 0 and person is None,
            by=None if person else by,
        )
        if person is None:
            reach = max(0, reach - 1)
        elif not _is_toward(words, place, lists):
            by = person
        place += length


def _order(spoken: Spoken | None) -> tuple[Language, ...]:
    """Give the languages in which to look for a word; small words of the first count, of both where mixed."""
    if spoken == "en" or spoken == "es":
        return (spoken,)
    return LANGUAGES


def _forms(words: Sequence[_Word], spoken: Spoken | None) -> frozenset[str]:
    """Give the forms by which words of no list are known again."""
    if len(words) > 1:
        return frozenset({" ".join(word.text for word in words)})
    word = words[0].text
    return frozenset({word, *(stem(word, language) for language in _order(spoken))})


def _tells(words: Sequence[_Word], place: int, spoken: Spoken | None) -> tuple[int, frozenset[str]]:
    """Give how many words the longest entry of the lists takes here, and its ideas."""
    longest = max((_phrase(words, place, language) for language in LANGUAGES), key=lambda found: found[0])
    if longest[0]:
        return longest
    return 1, _ideas_of(words[place].text, spoken)


def _phrase(words: Sequence[_Word], place: int, language: Language) -> tuple[int, frozenset[str]]:
    best: tuple[int, frozenset[str]] = (0, frozenset())
    first_two = tuple(_key(word.text, language) for word in words[place : place + 2])
    for keys, tells in _lists(language).phrases.get(first_two, ()):
        here = words[place : place + len(keys)]
        if len(keys) > best[0] and keys == tuple([_key(word.text, language) for word in here]):
            best = (len(keys), tells)
    return best


@lru_cache(maxsize=65_536)
def _ideas_of(word: str, spoken: Spoken | None) -> frozenset[str]:
    """Give the ideas of a word: the word before its stem, its sentence's language before the other."""
    order = _order(spoken)
    for by_word in (True, False):
        found = frozenset[str]().union(
            *(
                (_lists(language).words if by_word else _lists(language).stems).get(
                    word if by_word else stem(word, language), frozenset()
                )
                for language in order
            )
        )
        if found:
            return found
    if len(word) < LOANED:
        return frozenset()
    others = (language for language in LANGUAGES if language not in order)
    return frozenset[str]().union(*(_lists(language).words.get(word, frozenset()) for language in others))


def _person(tells: frozenset[str]) -> str | None:
    return next((one for one in sorted(tells) if ideas()[one].kind == PEOPLE), None)


def _is_toward(words: Sequence[_Word], place: int, lists: Sequence[_Lists]) -> bool:
    """Whether the person named here is the one toward whom something is done, or beside whom."""
    before = [word.text for word in words[max(0, place - 2) : place]]
    return any(word in one.toward for word in before for one in lists)


@cache
def _lists(language: Language) -> _Lists:
    words: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    phrases: dict[tuple[str, ...], dict[tuple[str, ...], set[str]]] = {}
    for idea in ideas().values():
        for entry in idea.words[language]:
            parts = spelled(entry)
            if len(parts) > 1:
                keys = tuple(_key(part, language) for part in parts)
                phrases.setdefault(keys[:2], {}).setdefault(keys, set()).add(idea.id)
            else:
                words.setdefault(parts[0], set()).add(idea.id)
                stems.setdefault(stem(parts[0], language), set()).add(idea.id)
    folded = {name: frozenset(map(fold, listed(name, language))) for name in _SMALL}
    return _Lists(
        {word: frozenset(found) for word, found in words.items()},
        {root: frozenset(found) for root, found in stems.items()},
        {first: tuple((keys, frozenset(f)) for keys, f in found.items()) for first, found in phrases.items()},
        folded["light"],
        folded["denial"],
        folded["toward"],
        folded["unnamed"],
    )


_SMALL = ("light", "denial", "toward", "unnamed")


@lru_cache(maxsize=65_536)
def _key(word: str, language: Language) -> str:
    return _STANDING_IN if word in _standing_in(language) else stem(word, language)


@cache
def _standing_in(language: Language) -> frozenset[str]:
    return frozenset(map(fold, listed("standing_in", language)))
