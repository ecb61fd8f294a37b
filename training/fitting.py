"""From labelled examples to the weights of the reader: vocabulary, linear heads, calibration, thresholds.

The features are the product's own (`apego.listening.features`), so that what is trained is what runs.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from apego.listening.features import SIGNS, before, beside, features, pieces
from apego.listening.folded import fold
from apego.listening.model import BLOCKS, SHORTEST_NORM, Block, Model
from training.material import LABELS, Example, folds

Floats = npt.NDArray[np.float64]
T = TypeVar("T")

SEED = 20261123
STRENGTH = 5.0  # C of the heads: higher trusts the examples more
TOLERANCE = 0.01
NEVER = -6.0  # the sum of a label that no example has
SCALE = {"runs": 1.0, "pieces": 1.0, "forms": 1.0, "before": 0.5}
RARE = {"runs": 2, "pieces": 2, "forms": 2, "before": 3}  # groups in which a feature must stand
IDF = {"runs": True, "pieces": True, "forms": False, "before": False}
WEIGHT = {"corpus": 1.0, "annomi": 0.3}
COPY_WEIGHT = 0.5
SURE = frozenset({"judge", "advise", "interpret"})  # a mistake here would wrong somebody
SURE_PRECISION = 0.90  # asked for on held-in folds
LEAST_SURE = 0.6  # from which any other label is shown to a person


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


@dataclass(frozen=True, slots=True)
class Heads:
    """What was fitted: vocabularies, weights (a row a feature, block under block) and intercepts."""

    vocabularies: tuple[Vocabulary, ...]
    weights: Floats
    intercept: Floats


def matrix(vocabularies: Iterable[Vocabulary], examples: Sequence[Counted]) -> sparse.csr_matrix:
    """Give the blocks side by side."""
    return sparse.hstack([vocabulary.matrix(examples) for vocabulary in vocabularies]).tocsr()


def copies(examples: Sequence[Example]) -> list[Example]:
    """Give each example as speech recognition or a hurried thumb would write it.

    Small letters and no punctuation; for half of them no accents and apostrophes; for two in
    five nothing is known of the turn before. Which, is settled by a hash of the words.
    """
    return [_copy(example) for example in examples]


def _copy(example: Example) -> Example:
    chance = hashlib.sha256(f"{SEED} {example.text}".encode()).digest()
    plain = unpunctuated(example.text)
    earlier = unpunctuated(example.before) if chance[0] % 5 > 1 else ""
    if chance[1] % 2:
        plain = fold(plain).replace("'", "")
    return replace(example, text=plain, before=earlier)


def unpunctuated(text: str) -> str:
    """Give the text in small letters without punctuation; apostrophes and hyphens within words stay.

    >>> unpunctuated("¿Ya comió? Let's see -- no!")
    "ya comió let's see no"
    """
    return " ".join(re.sub(r"[^\w\s'’\-]|(?<!\w)[-'’]+|[-'’]+(?!\w)", " ", text.lower()).split())


def heads(examples: Sequence[Example], known: Sequence[Counted], copied: Sequence[Counted]) -> Heads:
    """Fit one head a label on the examples that say whether it holds, and on copies of the corpus.

    Where both sources speak of a label, each feature stands twice: once for all, once for home visiting
    alone (Daumé III 2007). What counselling teaches is kept where it holds in a home, and corrected where
    it does not; the two weights of a feature are added up, and the product knows only their sum.
    """
    groups = [example.group for example in examples]
    at_home = np.array([example.source == "corpus" for example in examples])
    vocabularies = tuple(vocabulary(block, known, groups) for block in BLOCKS)
    copies_at = np.flatnonzero(at_home)
    everything = matrix(vocabularies, [*known, *chosen(copied, copies_at.tolist())])
    source = np.concatenate([np.arange(len(examples)), copies_at])
    weight = np.where(at_home, WEIGHT["corpus"], WEIGHT["annomi"])[source]
    weight[len(examples) :] *= COPY_WEIGHT
    weights = np.zeros((everything.shape[1], len(LABELS)))
    intercept = np.zeros(len(LABELS))
    for column, label in enumerate(LABELS):
        rows = np.array(
            [row for row, place in enumerate(source) if label in examples[place].labels], dtype=int
        )
        holds = np.array([examples[source[row]].labels[label] for row in rows], dtype=bool)
        if not holds.any():
            intercept[column] = NEVER
            continue
        own = at_home[source[rows]]
        head = _head(everything[rows], holds, weight[rows], own)
        weights[:, column], intercept[column] = head
    return Heads(vocabularies, weights, intercept)


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


def held_in(
    examples: Sequence[Example], known: Sequence[Counted], copied: Sequence[Counted], count: int = 5
) -> Floats:
    """Give the sums of each example by heads that never saw its group."""
    fold_of = np.array(folds([example.group for example in examples], count))
    found = np.zeros((len(examples), len(LABELS)))
    for number in range(count):
        rest = np.flatnonzero(fold_of != number).tolist()
        own = np.flatnonzero(fold_of == number).tolist()
        fitted = heads(chosen(examples, rest), chosen(known, rest), chosen(copied, rest))
        found[own] = sums(fitted, chosen(examples, own))
    return found


def chosen(of: Sequence[T], places: Iterable[int]) -> list[T]:
    """Give what stands at the places."""
    return [of[place] for place in places]


def sums(fitted: Heads, examples: Sequence[Example]) -> Floats:
    """Give the sums of each example as the product judges it: as a whole and sentence by sentence."""
    judge = model(fitted, UNCALIBRATED)
    found = np.zeros((len(examples), len(LABELS)))
    for place, example in enumerate(examples):
        heard = [judge.hear(sentence) for sentence in features(example.text)]
        found[place] = judge.judged(heard, before(example.before))[0] if heard else judge.intercept
    return found


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns a sum into a probability; from `threshold` a label is said, from `sure` it is shown."""

    slope: Floats
    offset: Floats
    threshold: Floats
    sure: Floats


UNCALIBRATED = Calibration(
    np.ones(len(LABELS)), np.zeros(len(LABELS)), np.full(len(LABELS), 0.5), np.full(len(LABELS), LEAST_SURE)
)


def calibration(examples: Sequence[Example], sums: Floats) -> Calibration:
    """Fit slope, offset and threshold of each label on sums by heads that had not seen the example."""
    none = UNCALIBRATED
    slope, offset, threshold, sure = (
        numbers.copy() for numbers in (none.slope, none.offset, none.threshold, none.sure)
    )
    for column, label in enumerate(LABELS):
        says = [place for place, example in enumerate(examples) if label in example.labels]
        holds = np.array([examples[place].labels[label] for place in says])
        if len(set(holds)) < 2:
            continue
        weight = np.array([WEIGHT[examples[place].source] for place in says])
        own = sums[says, column]
        line = LogisticRegression(C=100.0).fit(own[:, None], holds, sample_weight=weight)
        slope[column], offset[column] = line.coef_[0, 0], line.intercept_[0]
        chances = 1 / (1 + np.exp(-(slope[column] * own + offset[column])))
        from_corpus = np.array([examples[place].source == "corpus" for place in says])
        judged = from_corpus if from_corpus.any() else np.ones(len(says), dtype=bool)
        threshold[column] = best_threshold(chances[judged], holds[judged])
        if label in SURE:
            sure[column] = sure_threshold(chances[judged], holds[judged])
        sure[column] = max(sure[column], threshold[column])
    return Calibration(slope, offset, threshold, sure)


def best_threshold(chances: Floats, holds: npt.NDArray[np.bool_]) -> float:
    """Give the threshold with the best F1, kept between 0.2 and 0.7: few examples must not drive it far.

    >>> best_threshold(np.array([0.1, 0.405, 0.6, 0.9]), np.array([False, False, True, True]))
    0.41
    """
    choices = np.arange(0.20, 0.70, 0.01)
    return round(float(max(choices, key=lambda choice: (_f1(chances >= choice, holds), -choice))), 2)


def sure_threshold(chances: Floats, holds: npt.NDArray[np.bool_]) -> float:
    """Give the lowest threshold from which on precision stays at what is asked for.

    >>> sure_threshold(np.array([0.2, 0.5, 0.7, 0.9]), np.array([False, True, True, True]))
    0.3
    """
    for choice in np.arange(0.30, 0.95, 0.01):
        said = chances >= choice
        if said.any() and holds[said].mean() >= SURE_PRECISION:
            return round(float(choice), 2)
    return 0.95


def _f1(said: npt.NDArray[np.bool_], holds: npt.NDArray[np.bool_]) -> float:
    both = int((said & holds).sum())
    return 2 * both / max(int(said.sum()) + int(holds.sum()), 1)


def model(fitted: Heads, calibrated: Calibration) -> Model:
    """Give what was fitted as the product's own model."""
    blocks: dict[str, Block] = {}
    first = 0
    for kept in fitted.vocabularies:
        weights = fitted.weights[first : first + len(kept.rows)] * kept.rarity[:, None] * SCALE[kept.block]
        blocks[kept.block] = Block(kept.rows, _single(kept.rarity**2), _single(weights))
        first += len(kept.rows)
    return Model(
        LABELS,
        blocks,
        intercept=_single(fitted.intercept),
        slope=_single(calibrated.slope),
        offset=_single(calibrated.offset),
        threshold=_single(calibrated.threshold),
        sure=_single(calibrated.sure),
    )


def _single(numbers: Any) -> npt.NDArray[np.float32]:
    return np.asarray(numbers, dtype=np.float32)
