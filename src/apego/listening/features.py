"""The features of a text: what the reader weighs.

Words and runs of up to three words, cues in their order, what the text has to do with
the turn before. Pieces of words are taken by the model itself, word by word. Which
feature weighs how much is learned, and stands in `apego.listening.model`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from apego.listening.folded import fold
from apego.listening.languages import Spoken, language_of_words
from apego.listening.words import Span, Word, sentences, words
from apego.practice.content import LANGUAGES, Language
from apego.practice.cues import FILLER, LONGEST_PHRASE, Where, cues

RUN = 3  # words in the longest run that is a feature
PIECES = (2, 5)  # letters in the shortest and the longest piece of a word
BEFORE_WORDS = 40  # the last words of the turn before
SIGNS = frozenset("?¿!¡")

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The features of one sentence.

    `runs` are runs of words, each with the places of its first and last word in `words`;
    `forms` are cues, pairs of cues and the sentence's own shape, each with the places of
    the words that make it. `span` is its place in the text.
    """

    span: Span
    words: tuple[Word, ...]
    runs: tuple[tuple[str, int, int], ...]
    forms: dict[str, Places]


@dataclass(frozen=True, slots=True)
class Before:
    """The features of what was said just before, and the words by which a text is laid beside it."""

    features: tuple[str, ...]
    content: frozenset[str]


def features(text: str) -> tuple[Sentence, ...]:
    """Give the features of each sentence of a text, in order.

    >>> [sorted(form for form in sentence.forms if form == "tag") for sentence in
    ...     features("She naps at ten, right? Mm-hmm.")]
    [['tag'], []]
    """
    said = words(text)
    language = language_of_words(word.text for word in said)
    found = []
    at = 0
    for span in sentences(text):
        first = at
        while at < len(said) and said[at].start < span.end:
            at += 1
        own = said[first:at]
        found.append(_sentence(span, own, language))
    return tuple(found)


def before(turn: str) -> Before:
    """Give the features of the turn just before; an empty turn has its own feature."""
    said = [fold(word.text) for word in words(turn[-600:])][-BEFORE_WORDS:]
    if not said:
        return Before(("none",), frozenset())
    found = {*said, *(f"{one} {two}" for one, two in pairwise(said))}
    found.add("asks" if "?" in said[-2:] else "tells")
    found.add(f"length {_size(len(said))}")
    return Before(tuple(sorted(found)), frozenset(word for word in said if _carries(word)))


def beside(sentence_words: Iterable[str], earlier: Before) -> tuple[str, ...]:
    """Give what a text has to do with the turn before: how many of its words were the parent's.

    >>> beside(["you", "sang", "the", "moon", "song"], before("I sang her the moon song"))
    ('shared 3', 'share 4')
    """
    if not earlier.content:
        return ()
    own = {word for word in map(fold, sentence_words) if _carries(word)}
    if not own:
        return ("shared none",)
    shared = sum(1 for word in own if word in earlier.content or word[:5] in _stems(earlier.content))
    return (f"shared {min(shared, 4)}", f"share {round(4 * shared / len(own))}")


@lru_cache(maxsize=256)
def _stems(content: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:5] for word in content if len(word) >= 5)


def pieces(word: str) -> list[str]:
    """Give the pieces of a word, its edges marked by blanks.

    >>> pieces("no")
    [' n', 'no', 'o ', ' no', 'no ', ' no ']
    """
    edged = f" {word} "
    shortest, longest = PIECES
    return [
        edged[at : at + size] for size in range(shortest, longest + 1) for at in range(len(edged) - size + 1)
    ]


def _sentence(span: Span, said: tuple[Word, ...], language: Spoken | None) -> Sentence:
    plain = [fold(word.text) for word in said]
    runs = _edge_runs(plain)
    hits: list[tuple[int, str, int]] = []  # first word, cue, behind the last word
    lookup = _lookup(language)
    starts = _starts(plain, lookup)
    last = len(plain) - 1
    while last >= 0 and plain[last] in SIGNS:
        last -= 1
    for first in range(len(plain)):
        run = ""
        for size in range(min(LONGEST_PHRASE, len(plain) - first)):
            run = f"{run} {plain[first + size]}" if size else plain[first]
            if size < RUN:
                runs.append((run, first, first + size))
            elif run not in lookup.begun:
                break
            for cue, where, exact in lookup.phrases.get(run, ()):
                if where == "start" and first not in starts:
                    continue
                if where == "end" and first + size != last:
                    continue
                if exact and not _is_exact(exact, said[first : first + size + 1]):
                    continue
                hits.append((first, cue, first + size + 1))
        for cue in _ending_cues(said[first].text, language):
            hits.append((first, cue, first + 1))
    return Sentence(span, said, tuple(runs), _forms(hits, plain))


def _edge_runs(plain: Sequence[str]) -> list[tuple[str, int, int]]:
    """Give the runs of one to three words at the sentence's two ends, each with its edge."""
    count = len(plain)
    sizes = range(1, min(RUN, count) + 1)
    first = [("^ " + " ".join(plain[:size]), 0, size - 1) for size in sizes]
    last = [(" ".join(plain[count - size :]) + " $", count - size, count - 1) for size in sizes]
    return first + last


def _forms(hits: list[tuple[int, str, int]], plain: list[str]) -> dict[str, Places]:
    places: dict[str, set[int]] = {}
    for first, cue, behind in hits:
        places.setdefault(cue, set()).update(range(first, behind))
    found = {cue: tuple(sorted(among)) for cue, among in places.items()}
    distinct = sorted({(first, cue) for first, cue, _ in hits})
    for index, (first, cue) in enumerate(distinct):
        for later, other in distinct[index + 1 :]:
            if later > first and other != cue:
                pair = _pair(cue, other)
                if pair not in found:
                    found[pair] = (first, later)
    count = sum(word not in SIGNS for word in plain)
    found[f"is {_size(count)} long"] = ()
    marks = [at for at, word in enumerate(plain) if word in "?¿"]
    if marks:
        found["is marked ?"] = tuple(marks)
    if "!" in plain:
        found["is marked !"] = ()
    return found


@cache
def _pair(cue: str, other: str) -> str:
    return f"{cue} > {other}"


@dataclass(frozen=True, slots=True)
class _Lookup:
    phrases: dict[str, list[tuple[str, Where, tuple[str, ...]]]]
    begun: frozenset[str]  # a phrase, or the first words of one
    fillers: frozenset[str]


def _starts(plain: Sequence[str], lookup: _Lookup) -> frozenset[int]:
    """Give the places at which the sentence may be said to start: its first word, and behind each filler."""
    starts = {0}
    at = 0
    while at < len(plain):
        for size in (3, 2, 1):
            if " ".join(plain[at : at + size]) in lookup.fillers:
                at += size
                break
        else:
            if plain[at] not in SIGNS:
                break
            at += 1
        starts.add(at)
    # What follows a ¿ within a sentence begins a question.
    starts.update(place + 1 for place, word in enumerate(plain) if word == "¿")
    return frozenset(starts)


def _is_exact(exact: tuple[str, ...], said: Sequence[Word]) -> bool:
    return all(not wanted or wanted == word.text for wanted, word in zip(exact, said, strict=True))


@cache
def _lookup(language: Spoken | None) -> _Lookup:
    """Give the phrases of the languages in question; a mixed or unknown text is searched for both."""
    phrases: dict[str, list[tuple[str, Where, tuple[str, ...]]]] = {}
    fillers: set[str] = set()
    for cue in cues():
        for phrase in (phrase for spoken in _languages(language) for phrase in cue.phrases[spoken]):
            bare = fold(phrase.replace("=", ""))
            if cue.id == FILLER:
                fillers.add(bare)
                continue
            exact = tuple(word[1:] if word.startswith("=") else "" for word in phrase.split())
            entry = (cue.id, cue.where, exact if any(exact) else ())
            if entry not in phrases.setdefault(bare, []):
                phrases[bare].append(entry)
    begun = {" ".join(words[:size]) for words in map(str.split, phrases) for size in range(1, len(words) + 1)}
    return _Lookup(phrases, frozenset(begun), frozenset(fillers))


def _languages(language: Spoken | None) -> tuple[Language, ...]:
    if language == "en":
        return ("en",)
    return ("es",) if language == "es" else LANGUAGES


@lru_cache(maxsize=65_536)
def _ending_cues(word: str, language: Spoken | None) -> tuple[str, ...]:
    if len(word) < 4:
        return ()
    bare = fold(word)
    return tuple(
        cue for cue, exact, plain in _endings(language) if word.endswith(exact) or bare.endswith(plain)
    )


@cache
def _endings(language: Spoken | None) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Give the cues that stand on endings: those that must be as written (=), and those that are folded."""
    found = []
    for cue in cues():
        endings = [ending for spoken in _languages(language) for ending in cue.endings[spoken]]
        if endings:
            exact = tuple(ending[1:] for ending in endings if ending.startswith("="))
            plain = tuple(fold(ending) for ending in endings if not ending.startswith("="))
            found.append((cue.id, exact, plain))
    return tuple(found)


@lru_cache(maxsize=65_536)
def _carries(word: str) -> bool:
    """Whether a word carries content: long enough, and no word of form in either language."""
    return len(word) >= 4 and word not in _form_words()


@cache
def _form_words() -> frozenset[str]:
    from_cues = ("to_parent", "of_child", "of_visitor", "together", "backchannel", "not", "cause", "filler")
    listed = {
        word
        for cue in cues()
        if cue.id in from_cues
        for phrases in cue.phrases.values()
        for phrase in phrases
        for word in phrase.replace("=", "").split()
    }
    return frozenset(map(fold, listed)) | frozenset(
        [
            "that",
            "this",
            "with",
            "have",
            "what",
            "when",
            "they",
            "them",
            "there",
            "just",
            "like",
            "really",
            "would",
            "could",
            "about",
            "know",
            "think",
            "because",
            "were",
            "been",
            "from",
            "then",
            "than",
            "some",
            "your",
            "esto",
            "esta",
            "este",
            "para",
            "como",
            "cuando",
            "pero",
            "porque",
            "tiene",
            "estar",
            "muy",
            "bien",
            "entonces",
            "tambien",
            "ella",
            "ellos",
            "usted",
            "ustedes",
            "mucho",
            "mas",
            "cosa",
            "going",
            "gonna",
            "well",
            "right",
            "okay",
            "yeah",
        ]
    )


def _size(count: int) -> int:
    """Give the bucket of a length: 1, 2, 3, 4, 6, 9, 13, 19, 28, 42 words and more."""
    bucket = 1
    while bucket < count:
        bucket = bucket + max(1, bucket // 2)
    return min(bucket, 63)
