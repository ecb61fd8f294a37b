"""From labelled examples to the reader's linear heads: vocabulary and weights.

The features are the product's own (`apego.listening.features`), so that what is trained is what runs.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from apego.listening.features import SIGNS, before, beside, features, pieces
from apego.listening.model.heads import BLOCKS, SHORTEST_NORM, Block, Heads
from training.copies import Names
from training.material import LABELS, Example

Floats = npt.NDArray[np.float64]

SEED = 20261123
STRENGTH = 5.0  # C of the heads: higher trusts the examples more
TOLERANCE = 0.01
NEVER = -6.0  # the sum of a label that no example has
SCALE = {"runs": 1.0, "pieces": 1.0, "forms": 1.0, "before": 0.5}
RARE = {"runs": 2, "pieces": 2, "forms": 2, "before": 3}  # groups in which a feature must stand
IDF = {"runs": True, "pieces": True, "forms": False, "before": False}
WEIGHT = {"corpus": 1.0, "annomi": 0.3}
COPY_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Counted:
    """The features of one example, counted, block by block."""

    blocks: dict[str, Counter[str]]


def counted(example: Example) -> Counted:
    """Give the features of an example as the product would find them."""
    runs: Counter[str] = Counter()
    of_words: Counter[str] = Counter()
    forms: set[str] = set()
    said: list[str] = []
    for sentence in features(example.text):
        runs.update(run for run, _, _ in sentence.runs)
        forms.update(sentence.forms)
        said.extend(word.text for word in sentence.words if word.text not in SIGNS)
    for word in said:
        of_words.update(pieces(word))
    earlier = before(example.before)
    around = {*earlier.features, *beside(said, earlier)}
    return Counted({"runs": runs, "pieces": of_words, "forms": Counter(forms), "before": Counter(around)})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features of one block that are kept, each with its rarity."""

    block: str
    rows: dict[str, int]
    rarity: Floats

    def matrix(self, examples: Sequence[Counted]) -> sparse.csr_matrix:
        """Give the examples as rows, normed as the product norms them."""
        starts = [0]
        places: list[int] = []
        values: list[float] = []
        for example in examples:
            known = [
                (self.rows[name], count)
                for name, count in example.blocks[self.block].items()
                if name in self.rows
            ]
            squared = sum(count * self.rarity[row] ** 2 for row, count in known)
            norm = math.sqrt(max(squared, SHORTEST_NORM)) / SCALE[self.block]
            places.extend(row for row, _ in known)
            values.extend(count * self.rarity[row] / norm for row, count in known)
            starts.append(len(places))
        return sparse.csr_matrix((values, places, starts), shape=(len(examples), len(self.rows)))


def vocabulary(block: str, examples: Sequence[Counted], groups: Sequence[str]) -> Vocabulary:
    """Keep what stands in enough groups: a word of one family alone would teach the family."""
    seen: dict[str, set[str]] = defaultdict(set)
    count: Counter[str] = Counter()
    for example, group in zip(examples, groups, strict=True):
        for name in example.blocks[block]:
            seen[name].add(group)
            count[name] += 1
    kept = sorted(name for name, among in seen.items() if len(among) >= RARE[block])
    total = len(examples)
    rarity = [math.log((1 + total) / (1 + count[name])) + 1 if IDF[block] else 1.0 for name in kept]
    return Vocabulary(block, {name: row for row, name in enumerate(kept)}, np.array(rarity))


def matrix(vocabularies: Iterable[Vocabulary], examples: Sequence[Counted]) -> sparse.csr_matrix:
    """Give the blocks side by side."""
    return sparse.hstack([vocabulary.matrix(examples) for vocabulary in vocabularies]).tocsr()


def fitted(examples: Sequence[Example], names: Names) -> Heads:
    """Fit one head a label on the examples that say whether it holds, and on a copy of each of the corpus.

    Where both sources speak of a label, each feature stands twice: once for all, once for home visiting
    alone (Daumé III 2007). What counselling teaches is kept where it holds in a home, and corrected where
    it does not; the two weights of a feature are added up, and the product knows only their sum.
    """
    chance = random.Random(SEED)  # noqa: S311 - for training, not for keys
    own = [example for example in examples if example.source == "corpus"]
    copied = [names.copy(example, chance) for example in own]
    known = [counted(example) for example in examples]
    vocabularies = tuple(vocabulary(block, known, [each.group for each in examples]) for block in BLOCKS)
    everything = matrix(vocabularies, [*known, *(counted(copy) for copy in copied)])
    rows = [*examples, *copied]
    at_home = np.array([each.source == "corpus" for each in rows])
    weight = np.where(at_home, WEIGHT["corpus"], WEIGHT["annomi"])
    weight[len(examples) :] *= COPY_WEIGHT
    weights = np.zeros((everything.shape[1], len(LABELS)))
    intercept = np.full(len(LABELS), NEVER)
    for column, label in enumerate(LABELS):
        spoken = np.flatnonzero([label in each.labels for each in rows])
        holds = np.array([rows[place].labels[label] for place in spoken], dtype=bool)
        if holds.any():
            weights[:, column], intercept[column] = _head(
                everything[spoken], holds, weight[spoken], at_home[spoken]
            )
    return _product(vocabularies, weights, intercept)


def _head(
    features_of: sparse.csr_matrix,
    holds: npt.NDArray[np.bool_],
    weight: Floats,
    at_home: npt.NDArray[np.bool_],
) -> tuple[Floats, float]:
    """Fit one head and give its weights as they count at home."""
    count = features_of.shape[1]
    both = len(set(at_home.tolist())) == 2
    if both:
        home = sparse.csr_matrix(at_home.astype(float)[:, None])
        features_of = sparse.hstack([features_of, features_of.multiply(home), home]).tocsr()
    head = LogisticRegression(
        C=STRENGTH, solver="liblinear", tol=TOLERANCE, random_state=SEED, intercept_scaling=3.0
    )
    head.fit(features_of, holds, sample_weight=weight)
    found: Floats = head.coef_[0]
    if not both:
        return found, float(head.intercept_[0])
    return found[:count] + found[count : 2 * count], float(head.intercept_[0] + found[2 * count])


def _product(vocabularies: Sequence[Vocabulary], weights: Floats, intercept: Floats) -> Heads:
    """Give what was fitted as the product's own heads."""
    blocks: dict[str, Block] = {}
    first = 0
    for kept in vocabularies:
        own = weights[first : first + len(kept.rows)] * kept.rarity[:, None] * SCALE[kept.block]
        blocks[kept.block] = Block(kept.rows, _single(kept.rarity), _single(own))
        first += len(kept.rows)
    return Heads(blocks, _single(intercept))


def _single(numbers: Any) -> npt.NDArray[np.float32]:
    return np.asarray(numbers, dtype=np.float32)
