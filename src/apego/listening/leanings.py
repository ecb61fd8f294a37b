"""How far the words of an observation lean to each domain and to each goal of the framework.

Words, pairs of words, pieces of words, their gist and their meaning are weighed, and the text is laid beside every
observation and sign that was learned from. Which feature weighs how much, and where each of those texts belongs, is
learned (`training.domains`) and stands in `model/domains.npz`. What is named from it is the subject of
`apego.listening.domains`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from apego.listening.features import pieces
from apego.listening.folded import fold
from apego.listening.gist import gist
from apego.listening.meanings import meaning
from apego.listening.model.heads import Block
from apego.practice.content import Language

Numbers = npt.NDArray[np.float32]
Places = tuple[int, ...]  # of words, in the order of the text

BLOCKS = ("runs", "pieces", "gist")
OF_GOALS = ("gist",)  # the blocks that are weighed for goals; for domains all are
FEW_WORDS = 4  # fewer say too little about the language
KNOWN_SHARE = 0.4  # of its words; a text that has fewer is of no language that was learned
LOWEST = 1e-4  # a chance smaller than this speaks no louder against a domain

# Chosen on folds of corpus/domains/train/wider.jsonl: 0.706 and 0.682 without what is near, 0.740 and 0.712 with it.
OF_NEAR = ("runs", "gist")  # the blocks by which texts are laid beside each other
NEARER = 8  # the power by which a likeness counts: the few nearest texts speak, the many far ones do not
NEAR_SHARE = 0.5  # of what is near, beside 1 for what is weighed
NEAR_LOWEST = 0.02

_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*|[\"?]")
_SIGNS = frozenset('"?')  # what is quoted and what is asked are often language


def said(text: str) -> list[re.Match[str]]:
    """Give the words of a text, folded, and its quotation and question marks, each with its place."""
    return list(_WORD.finditer(fold(text)))


def found(told: Sequence[str], languages: Iterable[Language]) -> dict[str, dict[str, Places]]:
    """Give the features of folded words, block by block, each with the places of its words.

    >>> sorted(found(["se", "rie"], ["es"])["runs"])
    ['rie', 'se', 'se rie']
    """
    blocks: dict[str, dict[str, set[int]]] = {name: defaultdict(set) for name in BLOCKS}
    for at, word in enumerate(told):
        blocks["runs"][word].add(at)
        if word in _SIGNS:
            continue
        for piece in _pieces(word):
            blocks["pieces"][piece].add(at)
        for language in languages:
            for form in gist(word, language):
                blocks["gist"][form].add(at)
    for at, (one, two) in enumerate(pairwise(told)):
        blocks["runs"][f"{one} {two}"].update((at, at + 1))
    return {name: {key: tuple(sorted(at)) for key, at in block.items()} for name, block in blocks.items()}


@lru_cache(maxsize=16_384)
def _pieces(word: str) -> frozenset[str]:
    return frozenset(pieces(word))


def meant(told: Sequence[str]) -> Numbers:
    """Give the meaning of each word, scaled so that they add up to the direction of the text."""
    each = np.stack([meaning(word) for word in told])
    return np.asarray(each / max(float(np.linalg.norm(each.sum(axis=0))), 1e-9), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Head:
    """Linear weights of the features for some classes: domains, or goals."""

    classes: tuple[str, ...]
    blocks: Mapping[str, Block]
    meaning: Numbers
    intercept: Numbers

    def shares(self, features: Mapping[str, Mapping[str, Places]], meanings: Numbers) -> Numbers:
        """Give what each word adds for each class: a row for each word."""
        shares = meanings @ self.meaning
        for name, block in self.blocks.items():
            known = [
                (row, at) for key, at in features[name].items() if (row := block.rows.get(key)) is not None
            ]
            if not known:
                continue
            rows = [row for row, _ in known]
            added = block.weights[rows] / np.linalg.norm(block.rarity[rows])
            places = np.array([place for _, at in known for place in at])
            counts = [len(at) for _, at in known]
            np.add.at(shares, places, np.repeat(added / np.array(counts)[:, None], counts, axis=0))
        return shares

    def chances(self, shares: Numbers) -> Numbers:
        """Give the chance of each class, from what all words add."""
        sums = self.intercept + shares.sum(axis=0)
        raised = np.exp(sums - sums.max())
        return np.asarray(raised / raised.sum(), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Near:
    """The texts that were learned from: where each belongs, its length in each block, which hold a feature.

    The texts that hold the feature of a row are `texts[ends[row] : ends[row + 1]]`.
    """

    classes: Numbers  # a row for each text: what it counts for its own class, and 0
    length: Mapping[str, Numbers]
    ends: Mapping[str, npt.NDArray[np.int64]]
    texts: Mapping[str, npt.NDArray[np.uint16]]

    def chances(self, features: Mapping[str, Iterable[str]], blocks: Mapping[str, Block]) -> Numbers:
        """Give the chance of each domain among the nearest texts."""
        alike = np.zeros(len(self.classes), dtype=np.float32)
        filled = 0
        for name, ends in self.ends.items():
            rows = [row for key in features[name] if (row := blocks[name].rows.get(key)) is not None]
            shared = np.zeros_like(alike)
            for row in rows:
                shared[self.texts[name][ends[row] : ends[row + 1]]] += blocks[name].rarity[row] ** 2
            length = float(np.linalg.norm(blocks[name].rarity[rows]))
            alike += shared / np.maximum(self.length[name] * length, 1e-9)
            filled += bool(rows)
        return nearest(alike / np.float32(max(filled, 1) ** 0.5), self.classes)


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a text leans to: a chance for each domain and "none", for each goal, and what each word adds."""

    domains: dict[str, float]
    goals: dict[str, float]
    shares: Numbers


@dataclass(frozen=True, slots=True)
class Weights:
    """Both heads, the goals' homes, and the calibration: see `training.domains`."""

    domains: Head
    goals: Head
    homes: Numbers  # of each goal among the domains' classes: 1 for its own
    near: Near
    slope: float
    offset: float
    named: float
    plain: float

    def lean(self, told: Sequence[str], languages: Sequence[Language]) -> Leaning | None:
        """Give what folded words lean to; nothing for words of a language that was not learned."""
        if not told or not self._understands(told):
            return None
        features, meanings = found(told, languages), meant(told)
        shares = self.domains.shares(features, meanings)
        of_goals = self.goals.chances(self.goals.shares(features, meanings))
        near = self.near.chances(features, self.domains.blocks)
        chances = together(self.domains.chances(shares), of_goals @ self.homes, near)
        return Leaning(
            dict(zip(self.domains.classes, chances.tolist(), strict=True)),
            dict(zip(self.goals.classes, of_goals.tolist(), strict=True)),
            shares,
        )

    def probability(self, chance: float) -> float:
        """Give how often a domain of this chance is one that a visitor would name."""
        odds = np.log(max(chance, LOWEST)) - np.log(max(1.0 - chance, LOWEST))
        return float(1 / (1 + np.exp(-self.slope * odds - self.offset)))

    def _understands(self, told: Sequence[str]) -> bool:
        known = [word in self.domains.blocks["runs"].rows for word in told if word not in _SIGNS]
        return any(known) and (len(known) < FEW_WORDS or sum(known) >= KNOWN_SHARE * len(known))


def nearest(alike: Numbers, classes: Numbers) -> Numbers:
    """Give the chance of each class, from how like each text is and where it belongs."""
    found = (alike**NEARER) @ classes + 1e-9
    return np.asarray(found / found.sum(axis=-1, keepdims=True), dtype=np.float32)


def together(by_words: Numbers, by_goals: Numbers, by_near: Numbers) -> Numbers:
    """Give one chance for each domain of the three that were found: their weighted geometric mean."""
    weighed = np.sqrt((by_words + LOWEST) * (by_goals + LOWEST))
    mean = (weighed / weighed.sum(axis=-1, keepdims=True) + LOWEST) * (by_near + NEAR_LOWEST) ** NEAR_SHARE
    return np.asarray(mean / mean.sum(axis=-1, keepdims=True), dtype=np.float32)


@cache
def weights() -> Weights:
    """Give the weights as they ship. Kept after the first loading.

    >>> len(weights().goals.classes)
    119
    """
    path = resources.files("apego.listening.model") / "domains.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return unpacked(stored)


def unpacked(stored: Any) -> Weights:
    """Give the weights from their stored arrays: see `packed` in training/domains.py."""
    blocks: dict[str, Block] = {}
    heads = {}
    for name in BLOCKS:
        keys = bytes(stored[f"{name}.keys"]).decode().split("\n")
        rarity = stored[f"{name}.rarity"].astype(np.float32)
        blocks[name] = Block({key: row for row, key in enumerate(keys)}, rarity, np.zeros((0, 0), np.float32))
    for head, names in (("domains", BLOCKS), ("goals", OF_GOALS)):
        scale = stored[f"{head}.scale"]
        heads[head] = Head(
            tuple(bytes(stored[f"{head}.classes"]).decode().split("\n")),
            {name: _weighted(blocks[name], stored[f"{name}.{head}"] * scale) for name in names},
            stored[f"meaning.{head}"].astype(np.float32),
            stored[f"{head}.intercept"],
        )
    near = Near(
        stored["near.classes"].astype(np.float32),
        {name: stored[f"near.{name}.length"].astype(np.float32) for name in OF_NEAR},
        {
            name: np.concatenate([[0], np.cumsum(stored[f"near.{name}.counts"], dtype=np.int64)])
            for name in OF_NEAR
        },
        {name: stored[f"near.{name}.texts"] for name in OF_NEAR},
    )
    numbers = {name: float(stored[name][0]) for name in ("slope", "offset", "named", "plain")}
    return Weights(heads["domains"], heads["goals"], stored["homes"].astype(np.float32), near, **numbers)


def _weighted(block: Block, weights: Numbers) -> Block:
    return Block(block.rows, block.rarity, np.asarray(weights * block.rarity[:, None], dtype=np.float32))
