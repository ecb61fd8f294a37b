"""A learner's own words beside example answers: which ideas they touched, came near, or not yet.

Nothing is scored and nothing is an error. What a text tells is the subject of
`apego.listening.told`; the words by which it is told are content. Exercises and their example
answers belong to the lessons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from apego.listening.told import Told, spelled, told
from apego.listening.words import sentences
from apego.practice.content import Language
from apego.practice.ideas import ideas

Match = Literal["touched", "near", "not_yet"]
MATCHES: tuple[Match, ...] = ("touched", "near", "not_yet")

SAME, BESIDE = 1.0, 0.6  # what meeting in an idea counts for, and meeting in the idea beside it
DENIED = 0.2  # what is left of a meeting where one denies what the other tells
ANOTHERS = 0.5  # what is left where another person does it
IN_EVERY_EXAMPLE = 0.5  # what is taken from a word that all examples share: it tells none of them apart
HER_OWN_PART = 0.3  # how much a stretch of the answer that tells little else is preferred

# Fitted on tests/cases/answers/tuning.json (`./dev bench answers --fit`), see `Evidence`.
TOLD, AMOUNT, AHEAD = 3.35, 1.05, 2.75
TOUCHED_FROM, NEAR_FROM = 4.05, 1.2


@dataclass(frozen=True, slots=True)
class Compared:
    """One example answer beside the learner's words, and those of her words that met it."""

    text: str
    match: Match
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an example counts as touched, near or not yet.

    `told`: the part of the example's weight that her words met; each word of hers meets one word
    of it. `amount`: the weight met. `ahead`: how far this example is ahead of the one that the same
    stretch of her answer met best.
    """

    told: float
    amount: float
    ahead: float
    words: tuple[str, ...]

    @property
    def leaning(self) -> float:
        """The evidence in one number; what it must reach was chosen on cases."""
        return TOLD * self.told + AMOUNT * self.amount + AHEAD * self.ahead


def compare(answer: str, examples: Sequence[str], language: Language | None = None) -> tuple[Compared, ...]:
    """Give for each example whether the learner's words touched its idea, came near, or not yet.

        >>> met = compare("Mamá le canta suavecito al bebé. He grabs the spoon!", [
        ...     "The mother sings softly to the baby.",
        ...     "The father waits.",
        ... ])
        >>> [(one.match, one.words) for one in met]
        [('touched', ('Mamá', 'le canta', 'suavecito', 'bebé')), ('not_yet', ())]

    Touched is the same idea in other words, in the other language too; near is half of it, or
    its topic from another side. Each sentence of the answer is looked at by itself, with the one
    behind it, and in the whole, so a long answer may touch several examples. A denial and another
    doer count against a meeting where the words show them. `words` stand in the answer as she wrote
    them; an example not yet met has none. `language` decides where the text does not tell its own.
    """
    hers = {spelled(stretch) for stretch in _sentences_and_whole(answer)}
    return tuple(
        _compared(example, seen, spelled(example) in hers)
        for example, seen in zip(examples, evidence(answer, examples, language), strict=True)
    )


def evidence(answer: str, examples: Sequence[str], language: Language | None = None) -> tuple[Evidence, ...]:
    """Give for each example what speaks for its being met.

    >>> evidence("", ["She waits."])[0].told
    0.0
    """
    said = told(answer, language)
    ideas_told = [told(example, language) for example in examples]
    index = _Index(said)
    keys = [_keys(*example) for example in ideas_told]
    weighed = [_weighed(example, keys) for example in ideas_told]
    met = [_best_stretch(said, index, example) for example in weighed]
    seen = []
    for number, best in enumerate(met):
        rivals = [one.part for other, one in enumerate(met) if other != number and one.overlaps(best)]
        words = tuple(answer[said[place].start : said[place].end] for place in best.places)
        seen.append(Evidence(best.part, best.amount, best.part - max(rivals, default=0.0), words))
    return tuple(seen)


def _sentences_and_whole(answer: str) -> Iterator[str]:
    yield answer
    for span in sentences(answer):
        yield answer[span.start : span.end]


def _compared(example: str, seen: Evidence, is_said_as_it_stands: bool) -> Compared:
    if not seen.words:
        return Compared(example, "not_yet", ())
    if is_said_as_it_stands or seen.leaning >= TOUCHED_FROM:
        return Compared(example, "touched", seen.words)
    if seen.leaning >= NEAR_FROM:
        return Compared(example, "near", seen.words)
    return Compared(example, "not_yet", ())


@dataclass(frozen=True, slots=True)
class _Weighed:
    one: Told
    weight: float


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the answer, from place `first` up to `last`, and what of an example it met."""

    first: int
    last: int
    part: float
    amount: float
    places: tuple[int, ...]

    def overlaps(self, other: _Stretch) -> bool:
        return self.first < other.last and other.first < self.last


class _Index:
    """Where in an answer an idea or a word stands."""

    def __init__(self, said: Sequence[Told]) -> None:
        self.said = said
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(said):
            for key in (*one.ideas, *_marked(one.forms)):
                self._places[key].append(place)

    def met_by(self, one: Told) -> Mapping[int, float]:
        """Give the places of the answer that meet a word of an example, and how well."""
        met: dict[int, float] = {}
        for beside in sorted({near for idea in one.ideas for near in _near(idea)}):
            for place in self._places.get(beside, ()):
                met[place] = BESIDE
        for same in (*one.ideas, *_marked(one.forms)):
            for place in self._places.get(same, ()):
                met[place] = SAME
        return {place: value * _agreeing(one, self.said[place]) for place, value in met.items()}


def _marked(forms: frozenset[str]) -> list[str]:
    return [f"={form}" for form in forms]


def _near(idea: str) -> tuple[str, ...]:
    return ideas()[idea].near


def _agreeing(one: Told, other: Told) -> float:
    """Give what is left of a meeting where the two differ in denial or in who does it."""
    left = 1.0 if one.denied == other.denied else DENIED
    if one.by and other.by and one.by != other.by and not _may_be_one(one.by, other.by):
        left *= ANOTHERS
    return left


def _may_be_one(person: str, other: str) -> bool:
    """Whether two words for people may mean the same person: a mother is a parent."""
    return other in _near(person) or person in _near(other)


def _weighed(example: Sequence[Told], told_by: Sequence[frozenset[str]]) -> list[_Weighed]:
    """Give the words of an example with their weights; what all examples share weighs less."""
    others = max(1, len(told_by) - 1)
    weighed = []
    for one in example:
        shared = sum(not keys.isdisjoint(_keys(one)) for keys in told_by) - 1
        weighed.append(_Weighed(one, one.weight * (1 - IN_EVERY_EXAMPLE * shared / others)))
    return weighed


def _keys(*several: Told) -> frozenset[str]:
    return frozenset(key for one in several for key in (*one.ideas, *_marked(one.forms)))


def _best_stretch(said: Sequence[Told], index: _Index, example: Sequence[_Weighed]) -> _Stretch:
    """Give the stretch of the answer that met the example best; an empty one where none did."""
    met = [(index.met_by(weighed.one), weighed.weight) for weighed in example]
    whole = sum(weight for _, weight in met)
    tells_an_act = not all(weighed.one.is_person for weighed in example)
    best = _Stretch(0, 0, 0.0, 0.0, ())
    preferred = 0.0
    acts = {place for places, _ in met for place in places if not (tells_an_act and said[place].is_person)}
    for first, last in _stretches(said):
        if not any(first <= place < last for place in acts):
            continue  # who it was tells no idea yet
        here = [
            ({place: value for place, value in places.items() if first <= place < last}, weight)
            for places, weight in met
            if places
        ]
        hers: dict[int, float] = {}
        amount = 0.0
        # The surest meetings first, so that one word of hers is not taken for two of the example.
        for places, weight in sorted(here, key=lambda one: -max(one[0].values(), default=0.0)):
            left = {place: value for place, value in places.items() if place not in hers}
            if left:
                place = max(left, key=lambda place: (left[place], -place))
                amount += weight * left[place]
                hers[place] = left[place]
        said_here = sum(one.weight for one in said[first:last])
        meant = sum(said[place].weight * value for place, value in hers.items()) / said_here
        part = amount / whole
        if part + HER_OWN_PART * meant > preferred:
            preferred = part + HER_OWN_PART * meant
            best = _Stretch(first, last, part, amount, tuple(sorted(hers)))
    return best


def _stretches(said: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """Give each sentence, each with the one behind it, and the whole, as places in `said`."""
    starts = [
        place for place, one in enumerate(said) if not place or said[place - 1].sentence != one.sentence
    ]
    starts.append(len(said))
    found = {(start, end) for start, end in pairwise(starts)}
    found |= {(start, end) for start, end in zip(starts, starts[2:], strict=False)}
    found.add((0, len(said)))
    yield from sorted(stretch for stretch in found if stretch[1] > stretch[0])
