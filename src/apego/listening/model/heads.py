"""The reader's linear heads: what the features of a text add up to for each label, and by which words.

The features themselves are the subject of `apego.listening.features`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from apego.listening.features import SIGNS, Before, Sentence, beside, pieces

Numbers = npt.NDArray[np.float32]

BLOCKS = ("runs", "pieces", "forms", "before")
SHORTEST_NORM = 1.0  # a text without one known feature is not blown up
FEW_WORDS = 4  # fewer say too little about the language
KNOWN_SHARE = 0.45  # of its words: below it stand most French or German, and hardly a line of the corpus
KNOWN_WORDS = 100_000  # kept with what their pieces weigh


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of feature: the row of each, its rarity, its weights for each class, the rarity in them."""

    rows: dict[str, int]
    rarity: Numbers
    weights: Numbers


@dataclass(frozen=True, slots=True)
class Sum:
    """What one kind of feature adds up to: for each label, and squared for the norm."""

    labels: Numbers
    squared: float

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.labels + other.labels, self.squared + other.squared)

    @property
    def normed(self) -> Numbers:
        """The sums, as if the features had length one; a long text weighs no more than a short one."""
        return self.labels / np.float32(max(self.squared, SHORTEST_NORM) ** 0.5)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a sentence, or several together, adds up to, before the turn before is heard."""

    runs: Sum
    pieces: Sum
    forms: frozenset[int]
    words: frozenset[str]

    def __add__(self, other: Heard) -> Heard:
        return Heard(
            self.runs + other.runs,
            self.pieces + other.pieces,
            self.forms | other.forms,
            self.words | other.words,
        )


@dataclass(frozen=True)
class Heads:
    """Linear heads over the features of a text, one a label: weights by kind of feature, and intercepts."""

    blocks: dict[str, Block]
    intercept: Numbers
    _heard_words: dict[str, Sum] = field(default_factory=dict, repr=False, compare=False)

    def hear(self, sentence: Sentence) -> Heard:
        """Give what a sentence adds up to."""
        runs = self.blocks["runs"]
        known = [row for run, _, _ in sentence.runs if (row := runs.rows.get(run)) is not None]
        forms = self.blocks["forms"].rows
        said = [word.text for word in sentence.words if word.text not in SIGNS]
        return Heard(
            Sum(runs.weights[known].sum(axis=0), float((runs.rarity[known] ** 2).sum())),
            self._added([self._word(word) for word in said]),
            frozenset(row for form in sentence.forms if (row := forms.get(form)) is not None),
            frozenset(said),
        )

    def sums(self, heard: Heard, earlier: Before) -> Numbers:
        """Give the sum for each label: above zero speaks for it."""
        forms = self.blocks["forms"]
        around = self.blocks["before"]
        rows = sorted(heard.forms)
        found = (*earlier.features, *beside(heard.words, earlier))
        behind = [row for feature in found if (row := around.rows.get(feature)) is not None]
        total: Numbers = (
            self.intercept
            + heard.runs.normed
            + heard.pieces.normed
            + Sum(forms.weights[rows].sum(axis=0), float(len(rows))).normed
            + Sum(around.weights[behind].sum(axis=0), float(len(behind))).normed
        )
        return total

    def understands(self, sentences: Sequence[Sentence]) -> bool:
        """Whether enough of the words were met in training; a turn of another language is not read."""
        runs = self.blocks["runs"].rows
        known = [
            run in runs
            for sentence in sentences
            for run, first, last in sentence.runs
            if first == last and run[0].isalnum() and " " not in run
        ]
        if len(known) < FEW_WORDS:
            return any(known) or not known
        return sum(known) >= KNOWN_SHARE * len(known)

    def carried(self, sentence: Sentence, heard: Heard, label: int) -> list[float]:
        """Give for each word of a sentence what it adds to one label, through all features it is part of.

        `heard` is what the label was judged on: the sentence, or the turn that it stands in.
        """
        runs, forms = self.blocks["runs"], self.blocks["forms"]
        shares = [0.0] * len(sentence.words)
        of_runs = max(heard.runs.squared, SHORTEST_NORM) ** 0.5
        of_pieces = max(heard.pieces.squared, SHORTEST_NORM) ** 0.5
        of_forms = max(len(heard.forms), 1) ** 0.5
        known = [
            (row, range(first, last + 1))
            for run, first, last in sentence.runs
            if (row := runs.rows.get(run)) is not None
        ]
        _share(shares, known, runs.weights[:, label], of_runs)
        known_forms = [
            (row, places)
            for form, places in sentence.forms.items()
            if places and (row := forms.rows.get(form)) is not None
        ]
        _share(shares, known_forms, forms.weights[:, label], of_forms)
        for place, word in enumerate(sentence.words):
            if word.text not in SIGNS:
                shares[place] += float(self._word(word.text).labels[label]) / of_pieces
        return shares

    def _word(self, word: str) -> Sum:
        """Give what the pieces of a word add up to."""
        kept = self._heard_words.get(word)
        if kept is None:
            block = self.blocks["pieces"]
            known = [row for piece in pieces(word) if (row := block.rows.get(piece)) is not None]
            kept = Sum(block.weights[known].sum(axis=0), float((block.rarity[known] ** 2).sum()))
            if len(self._heard_words) < KNOWN_WORDS:
                self._heard_words[word] = kept
        return kept

    def _added(self, sums: Sequence[Sum]) -> Sum:
        if not sums:
            return Sum(np.zeros_like(self.intercept), 0.0)
        labels: Numbers = np.add.reduce([each.labels for each in sums])
        return Sum(labels, sum(each.squared for each in sums))


def _share(
    shares: list[float], known: Sequence[tuple[int, Sequence[int]]], weights: Numbers, norm: float
) -> None:
    """Give what each known feature adds, in equal parts, to the words that make it."""
    amounts = (weights[[row for row, _ in known]] / norm).tolist()
    for amount, (_, places) in zip(amounts, known, strict=True):
        part = amount / len(places)
        for place in places:
            shares[place] += part
