"""A learner's own words beside example answers: which ideas they touched, came near, or not yet.

Nothing is scored and nothing is an error. What a text tells is the subject of
`apego.listening.told`, how near two words are in meaning that of `apego.listening.meanings`; the words
by which ideas are told are content. Exercises and their example answers belong to the lessons.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from apego.listening.meanings import Numbers, meaning, unit
from apego.listening.told import Told, spelled, told
from apego.listening.words import sentences
from apego.practice.content import Language
from apego.practice.ideas import PEOPLE, ideas

Match = Literal["touched", "near", "not_yet"]
MATCHES: tuple[Match, ...] = ("touched", "near", "not_yet")

SAME, BESIDE = 1.0, 0.6  # what meeting in an idea counts for, and meeting in the idea beside it
ALIKE_FROM, ALIKE_TO, ALIKE = 0.25, 0.75, 0.9  # likeness of two words' meanings, and what its most counts for
DENIED = 0.2  # what is left of a meeting where one denies what the other tells
ANOTHERS = 0.5  # what is left where another person does it
IN_EVERY_EXAMPLE = 0.5  # what is taken from a word that all examples share: it tells none of them apart
SHOWN_FROM = 0.5  # from what a meeting is worth, her word is given as a reason
UNTOLD = 0.5  # stands for who did it where the example does not say


@dataclass(frozen=True, slots=True)
class Compared:
    """One example answer beside the learner's words, and those of her words that met it."""

    text: str
    match: Match
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an example counts as touched, near or not yet: the signs of SIGNS, and her words that met it.

    `leaning` is their sum in one number: 1 where it is surely touched, one half where it is surely near.
    """

    signs: Mapping[str, float]
    match: Match
    leaning: float
    words: tuple[str, ...]


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

    >>> evidence("", ["She waits."])[0].match
    'not_yet'
    """
    said = told(answer, language)
    asked = [told(example, language) for example in examples]
    nothing = Evidence({}, "not_yet", 0.0, ())
    seen = [nothing] * len(examples)
    told_of = [number for number, one in enumerate(asked) if one]
    if not said or not told_of:
        return tuple(seen)
    beside = Beside(answer, said, [(examples[number], asked[number]) for number in told_of])
    chances = head().chances(beside.signs)
    leaning = chances[..., 0] + chances[..., 1] / 2
    for place, number in enumerate(told_of):
        stretch = int(leaning[place].argmax())
        words = beside.words(place, stretch)
        signs = {name: float(value) for name, value in zip(SIGNS, beside.signs[place, stretch], strict=True)}
        match = MATCHES[int(chances[place, stretch].argmax())]
        seen[number] = Evidence(signs, match, float(leaning[place, stretch]), words)
    return tuple(seen)


def _sentences_and_whole(answer: str) -> Iterator[str]:
    yield answer
    for span in sentences(answer):
        yield answer[span.start : span.end]


def _compared(example: str, seen: Evidence, is_said_as_it_stands: bool) -> Compared:
    match = "touched" if is_said_as_it_stands else seen.match
    if not seen.words or match == "not_yet":
        return Compared(example, "not_yet", ())
    return Compared(example, match, seen.words)


# ---- the signs ---------------------------------------------------

# What speaks for a meeting of a stretch of the answer with an example. `ahead` is always: of the
# example that the same stretch meets best beside this one.
SIGNS = (
    "told",  # the part of the example's weight that her words met
    "told_acts",  # the same without the words for people
    "hers",  # the part of her stretch's weight that met the example
    "hers_acts",
    "alike",  # how near the two are in meaning as a whole
    "told_ahead",
    "acts_ahead",
    "hers_ahead",
    "alike_ahead",
    "amount",  # the weight met, without the words for people
    "surest",  # the most that one word met
    "untold",  # the weight not met
    "who",  # the part met of who did it
    "her_length",
    "its_length",
)


class Beside:
    """An answer beside the examples of a question: what of each is met by each stretch of the answer."""

    def __init__(
        self, answer: str, said: Sequence[Told], asked: Sequence[tuple[str, Sequence[Told]]]
    ) -> None:
        rows = [one for _, example in asked for one in example]
        starts = np.cumsum([0, *(len(example) for _, example in asked[:-1])])
        self._answer, self._said = answer, said
        self._ends = [*starts[1:].tolist(), len(rows)]
        self._starts = starts.tolist()
        hers = np.array([meaning(answer[one.start : one.end]) for one in said])
        its = np.array([meaning(text[one.start : one.end]) for text, example in asked for one in example])
        self._person = np.array([one.is_person for one in said])
        self._its_person = np.array([one.is_person for one in rows])
        self.met = self._meetings(rows, its @ hers.T)
        self.stretches = _Stretches(said)
        self.signs = self._signs(
            np.array(_weights([example for _, example in asked]), dtype=np.float32), hers, its, starts
        )

    def words(self, example: int, stretch: int) -> tuple[str, ...]:
        """Give her words in a stretch that met an example; none where only who it was is met."""
        rows = slice(self._starts[example], self._ends[example])
        first, last = self.stretches.bounds[stretch]
        shown = self.met[rows, first:last].max(axis=0) >= SHOWN_FROM
        tells_an_act = not self._its_person[rows].all()
        if tells_an_act and not (shown & ~self._person[first:last]).any():
            return ()
        here = [self._said[first + int(place)] for place in np.flatnonzero(shown)]
        return tuple(self._answer[one.start : one.end] for one in here)

    def _meetings(self, rows: Sequence[Told], alike: Numbers) -> Numbers:
        """Give how well each word of the examples (down) is met by each word of the answer (across)."""
        by_meaning = np.clip((alike - ALIKE_FROM) / (ALIKE_TO - ALIKE_FROM), 0, 1) * ALIKE
        by_meaning[self._its_person[:, None] != self._person] = 0
        found = _Index(self._said)
        by_idea = np.zeros_like(by_meaning)
        for row, one in enumerate(rows):
            for place, value in found.met_by(one).items():
                by_idea[row, place] = value
        return np.asarray(np.maximum(by_meaning, by_idea) * _agreeing(rows, self._said), dtype=np.float32)

    def _signs(self, weight: Numbers, hers: Numbers, its: Numbers, starts: npt.NDArray[np.int_]) -> Numbers:
        """Give the signs: one for each example, stretch and name of SIGNS."""
        spread = self.stretches
        her_weight = np.array([one.weight for one in self._said], dtype=np.float32)
        acts, her_acts = weight * ~self._its_person, her_weight * ~self._person
        met = spread.most(self.met)  # rows by stretches
        given = np.maximum.reduceat(self.met, starts, axis=0)  # examples by her words

        def of_example(values: Numbers) -> Numbers:
            return np.asarray(np.add.reduceat(values, starts, axis=0), dtype=np.float32)

        whole, whole_acts = of_example(weight)[:, None], of_example(acts)[:, None]
        amount = of_example(acts[:, None] * met)
        part = of_example(weight[:, None] * met) / whole
        people = of_example(weight * self._its_person)[:, None]
        who = of_example((weight * self._its_person)[:, None] * met) / np.maximum(people, 1e-9)
        her_whole, her_whole_acts = spread.sum(her_weight), spread.sum(her_acts)
        hers_part = spread.sum(given * her_weight) / her_whole
        part_acts = np.where(whole_acts > 0, amount / np.maximum(whole_acts, 1e-9), part)
        alike = unit(of_example(its * weight[:, None])) @ unit(spread.sum((hers * her_weight[:, None]).T).T).T
        signs = {
            "told": part,
            "told_acts": part_acts,
            "hers": hers_part,
            "hers_acts": spread.sum(given * her_acts) / np.maximum(her_whole_acts, 1e-9),
            "alike": alike,
            "told_ahead": _ahead(part),
            "acts_ahead": _ahead(part_acts),
            "hers_ahead": _ahead(hers_part),
            "alike_ahead": _ahead(alike),
            "amount": amount,
            "surest": np.maximum.reduceat(acts[:, None] * met, starts, axis=0),
            "untold": whole_acts - amount,
            "who": np.where(people > 0, who, UNTOLD),
            "her_length": np.log1p(her_whole) + np.zeros_like(part),
            "its_length": np.log1p(whole) + np.zeros_like(part),
        }
        return np.stack([signs[name] for name in SIGNS], axis=-1)


def _ahead(values: Numbers) -> Numbers:
    """Give how far each example (down) is ahead of the best of the others."""
    if len(values) == 1:
        return values
    ordered = np.sort(values, axis=0)
    ahead = np.where(values == ordered[-1], values - ordered[-2], values - ordered[-1])
    return np.asarray(ahead, dtype=np.float32)


class _Stretches:
    """The stretches of an answer: each sentence, each with the one behind it, and the whole."""

    def __init__(self, said: Sequence[Told]) -> None:
        starts = [0, *(n for n, (a, b) in enumerate(pairwise(said), start=1) if a.sentence != b.sentence)]
        ends = [*starts[1:], len(said)]
        self._starts = np.array(starts)
        self.bounds = list(zip(starts, ends, strict=True))
        if len(starts) > 1:
            self.bounds += [*zip(starts, ends[1:], strict=False), (0, len(said))]

    def sum(self, values: Numbers) -> Numbers:
        """Give the sum over each stretch, of what stands across."""
        one = np.add.reduceat(values, self._starts, axis=-1)
        if len(self._starts) == 1:
            return np.asarray(one, dtype=np.float32)
        whole = one.sum(axis=-1, keepdims=True)
        return np.concatenate([one, one[..., :-1] + one[..., 1:], whole], axis=-1)

    def most(self, values: Numbers) -> Numbers:
        """Give the most in each stretch, of what stands across."""
        one = np.maximum.reduceat(values, self._starts, axis=-1)
        if len(self._starts) == 1:
            return np.asarray(one, dtype=np.float32)
        whole = one.max(axis=-1, keepdims=True)
        return np.concatenate([one, np.maximum(one[..., :-1], one[..., 1:]), whole], axis=-1)


class _Index:
    """Where in an answer an idea or a word stands."""

    def __init__(self, said: Sequence[Told]) -> None:
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(said):
            for key in _keys(one):
                self._places[key].append(place)

    def met_by(self, one: Told) -> Mapping[int, float]:
        """Give the places of the answer that tell an idea of an example's word, and how well."""
        met: dict[int, float] = {}
        for beside in {near for idea in one.ideas for near in _near(idea)}:
            for place in self._places.get(beside, ()):
                met[place] = BESIDE
        for same in _keys(one):
            for place in self._places.get(same, ()):
                met[place] = SAME
        return met


def _keys(*several: Told) -> frozenset[str]:
    return frozenset(key for one in several for key in (*one.ideas, *(f"={form}" for form in one.forms)))


def _near(idea: str) -> tuple[str, ...]:
    return ideas()[idea].near


def _agreeing(rows: Sequence[Told], said: Sequence[Told]) -> Numbers:
    """Give what is left of a meeting where the two differ in denial or in who does it."""
    known = _people()
    denied = np.array([one.denied for one in rows])[:, None] != np.array([one.denied for one in said])
    by = [known[one.by] for one in rows], [known[one.by] for one in said]
    left = np.where(denied, DENIED, 1.0) * _doers()[np.ix_(*by)]
    return np.asarray(left, dtype=np.float32)


@cache
def _people() -> dict[str | None, int]:
    people = sorted(idea.id for idea in ideas().values() if idea.kind == PEOPLE)
    return {None: 0, **{person: number for number, person in enumerate(people, start=1)}}


@cache
def _doers() -> Numbers:
    """Give what is left for each two doers; two words may mean one person: a mother is a parent."""
    known = _people()
    left = np.ones((len(known), len(known)), dtype=np.float32)
    for person, row in known.items():
        for other, column in known.items():
            if person and other and person != other and other not in _near(person):
                left[row, column] = ANOTHERS
    return left


def _weights(asked: Sequence[Sequence[Told]]) -> list[float]:
    """Give the weights of the words of all examples; what all examples share weighs less."""
    told_by = [_keys(*example) for example in asked]
    others = max(1, len(told_by) - 1)
    return [
        one.weight
        * (1 - IN_EVERY_EXAMPLE * (sum(not keys.isdisjoint(_keys(one)) for keys in told_by) - 1) / others)
        for example in asked
        for one in example
    ]


# ---- what the signs come to --------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """What each sign adds for touched and for near, beside not yet; fitted by `training.answers`."""

    weights: npt.NDArray[np.float64]
    offset: npt.NDArray[np.float64]

    def chances(self, signs: Numbers) -> npt.NDArray[np.float64]:
        """Give for signs the chances of MATCHES."""
        sums = signs @ self.weights + self.offset
        sums = np.concatenate([sums, np.zeros((*sums.shape[:-1], 1))], axis=-1)
        grown = np.exp(sums - sums.max(axis=-1, keepdims=True))
        return np.asarray(grown / grown.sum(axis=-1, keepdims=True))


@cache
def head() -> Head:
    """Give the head as it ships, from `model/answers.json`."""
    text = resources.files("apego.listening.model").joinpath("answers.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    return Head(np.array([stored["signs"][name] for name in SIGNS]), np.array(stored["offset"]))
