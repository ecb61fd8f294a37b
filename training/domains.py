"""The heads that weigh words for domains and goals: `python -m training.domains`. About ten minutes.

They are fitted to the observations of `corpus/domains/train`, to the signs of every goal and to the phrases of
other talk. `test.jsonl` and `blind.jsonl` are never read here. What is printed, and the probabilities, were found
by reading each of six pairs of hands, one a language, with heads that had learned from all others. How well it
does on the test part tells `./dev bench domains`.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from apego.listening.leanings import (
    BLOCKS,
    LOWEST,
    OF_GOALS,
    OF_NEAR,
    Numbers,
    found,
    meant,
    nearest,
    said,
    together,
)
from apego.practice.content import LANGUAGES, Language
from apego.practice.domains import domains, elsewhere, goals
from benchmark.data import ROOT
from training.arrays import FOLDER, STEPS, write_arrays

Wide = npt.NDArray[np.float64]

CORPUS = ROOT / "corpus" / "domains"
WEIGHTS = FOLDER / "domains.npz"
HAND = re.compile(r"(?:english|spanish)_(\d)")  # of twelve hands: a file each, two a fold
NONE = "none"
SELDOM = {"runs": 1, "pieces": 2, "gist": 1}  # a pair of words, too, is kept from two texts on
FREE = {"domains": 3.0, "goals": 8.0}  # scikit-learn's C
STEPS_AT_MOST = {"domains": 150, "goals": 100}
SIGN, OTHER_TALK = 0.7, 0.7  # what a phrase counts for, beside 1 for an observation
RIGHT = 0.95  # of what is shown to a person; nine in ten are wanted, of strangers' words too


@dataclass(frozen=True, slots=True)
class Observation:
    """A text with the first of its domains and its goals, and what it counts for."""

    told: tuple[str, ...]
    language: Language
    domains: tuple[str, ...]
    goal: str
    source: str
    weight: float

    @property
    def first(self) -> str:
        return self.domains[0] if self.domains else NONE


def observations() -> Iterator[Observation]:
    """Give all that is learned from, the same lines in the same order each time."""
    for path in sorted((CORPUS / "train").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            named = (tuple(row["domains"]), row["goals"][0] if row["goals"] else NONE)
            yield _told(row["text"], row["lang"], *named, path.stem, 1.0)
    for language in LANGUAGES:
        for goal in goals().values():
            for sign in goal.signs[language]:
                yield _told(sign, language, (goal.domain,), goal.code, "signs", SIGN)
        for phrase in elsewhere()[language]:
            yield _told(phrase, language, (), NONE, "elsewhere", OTHER_TALK)


def _told(
    text: str, language: Language, named: tuple[str, ...], goal: str, source: str, weight: float
) -> Observation:
    told = tuple(match[0] for match in said(text))
    return Observation(told, language, named, goal, source, weight)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learned: the rows and rarity of each block, and each head's weights with its meaning last."""

    rows: Mapping[str, dict[str, int]]
    rarity: Mapping[str, Wide]
    classes: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, Wide]
    intercept: Mapping[str, Wide]
    texts: sp.csr_matrix  # what was learned from, by its runs and gist
    belongs: Numbers  # what each of them counts for its class

    def chances(self, texts: Sequence[Observation]) -> tuple[Numbers, Numbers]:
        """Give the chance of each domain for each text, and of each goal."""
        each = {}
        for head, blocks in (("domains", BLOCKS), ("goals", OF_GOALS)):
            sums = matrix(texts, self.rows, self.rarity, blocks) @ self.weights[head] + self.intercept[head]
            raised = np.exp(sums - sums.max(axis=1, keepdims=True))
            each[head] = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
        alike = matrix(texts, self.rows, self.rarity, OF_NEAR, with_meaning=False) @ self.texts.T
        near = nearest(alike.toarray().astype(np.float32), self.belongs)
        return together(each["domains"], each["goals"] @ homes(self.classes), near), each["goals"]


def homes(classes: Mapping[str, tuple[str, ...]]) -> Numbers:
    """Give for each goal a row that has 1 for its own domain."""
    own = [goals()[code].domain if code != NONE else NONE for code in classes["goals"]]
    return np.array(
        [[float(domain == one) for one in classes["domains"]] for domain in own], dtype=np.float32
    )


def matrix(
    texts: Sequence[Observation],
    rows: Mapping[str, dict[str, int]],
    rarity: Mapping[str, Wide],
    blocks: Sequence[str],
    with_meaning: bool = True,
) -> sp.csr_matrix:
    """Give the features of texts: each block of length one, then the meaning; without it all of length one."""
    features = [found(each.told, (each.language,)) for each in texts]
    parts = []
    for name in blocks:
        at = [[rows[name][key] for key in each[name] if key in rows[name]] for each in features]
        values = [rarity[name][own] / max(float(np.linalg.norm(rarity[name][own])), 1e-9) for own in at]
        ends = np.cumsum([0, *map(len, at)])
        shape = (len(texts), len(rows[name]))
        parts.append(
            sp.csr_matrix((np.concatenate(values), np.concatenate(at).astype(int), ends), shape=shape)
        )
    if not with_meaning:
        whole = sp.hstack(parts).tocsr()
        return sp.diags(1 / np.sqrt(np.maximum(whole.multiply(whole).sum(axis=1).A1, 1e-9))) @ whole
    parts.append(sp.csr_matrix(np.array([meant(each.told).sum(axis=0) for each in texts], dtype=np.float64)))
    return sp.hstack(parts).tocsr()


def fit(texts: Sequence[Observation]) -> Fitted:
    """Fit both heads."""
    rows, rarity = vocabulary(texts)
    classes, weights, intercept = {}, {}, {}
    for head, blocks in (("domains", BLOCKS), ("goals", OF_GOALS)):
        wanted = [each.first if head == "domains" else each.goal for each in texts]
        model = LogisticRegression(
            C=FREE[head],
            max_iter=STEPS_AT_MOST[head],
            tol=1e-3,
            class_weight="balanced" if head == "domains" else None,
        )
        model.fit(matrix(texts, rows, rarity, blocks), wanted, [each.weight for each in texts])
        classes[head] = tuple(map(str, model.classes_))
        weights[head], intercept[head] = model.coef_.T, model.intercept_
    own = np.array([classes["domains"].index(each.first) for each in texts])
    belongs = np.zeros((len(texts), len(classes["domains"])), dtype=np.float32)
    belongs[np.arange(len(texts)), own] = 1 / np.sqrt(np.bincount(own)[own])
    laid = matrix(texts, rows, rarity, OF_NEAR, with_meaning=False)
    return Fitted(rows, rarity, classes, weights, intercept, laid, belongs)


def vocabulary(texts: Sequence[Observation]) -> tuple[dict[str, dict[str, int]], dict[str, Wide]]:
    """Give the features that are kept, and how rare each is among the texts."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in BLOCKS}
    for each in texts:
        for name, block in found(each.told, (each.language,)).items():
            counted[name].update(block.keys())
    rows, rarity = {}, {}
    for name, counts in counted.items():
        kept = sorted(
            key for key, count in counts.items() if count >= max(SELDOM[name], 1 + (" " in key.strip()))
        )
        rows[name] = {key: row for row, key in enumerate(kept)}
        rarity[name] = np.array([1 + np.log((1 + len(texts)) / (1 + counts[key])) for key in kept])
    return rows, rarity


def folded(texts: Sequence[Observation]) -> tuple[list[Observation], Numbers, list[dict[str, float]]]:
    """Give the observations of the twelve hands, and the chances given to each by heads that learned of the others."""
    fold = [match[1] if (match := HAND.fullmatch(each.source)) else "" for each in texts]
    left: list[Observation] = []
    chances, of_goals = [], []
    for number in sorted({*fold} - {""}):
        own = [each for each, of in zip(texts, fold, strict=True) if of == number]
        fitted = fit([each for each, of in zip(texts, fold, strict=True) if of != number])
        by_domain, by_goal = fitted.chances(own)
        left += own
        chances.append(by_domain)
        of_goals += [dict(zip(fitted.classes["goals"], one, strict=True)) for one in by_goal.tolist()]
    return left, np.vstack(chances), of_goals


def calibration(left: Sequence[Observation], chances: Numbers, classes: Sequence[str]) -> dict[str, float]:
    """Give what turns a chance into how often a visitor would name the domain, and the two thresholds.

    `named`: where the sets of named domains are best. `plain`: the least from which nine in ten of what
    is named are among those written down.
    """
    of_domains = [column for column, name in enumerate(classes) if name != NONE]
    odds = np.log(np.maximum(chances, LOWEST)) - np.log(np.maximum(1 - chances, LOWEST))
    odds = odds[:, of_domains].ravel()
    wanted = np.array([[classes[column] in each.domains for column in of_domains] for each in left]).ravel()
    model = LogisticRegression(C=1e6).fit(odds[:, None], wanted)
    slope, offset = float(model.coef_[0, 0]), float(model.intercept_[0])
    sure = 1 / (1 + np.exp(-slope * odds - offset))
    steps = np.arange(0.2, 0.96, 0.01)
    named = max(steps, key=lambda least: _f1(wanted, sure >= least))
    plain = next((one for one in steps if wanted[sure >= one].mean() >= RIGHT), steps[-1])
    return {"slope": slope, "offset": offset, "named": float(named), "plain": float(plain)}


def _f1(wanted: npt.NDArray[np.bool_], given: npt.NDArray[np.bool_]) -> float:
    return float(2 * (wanted & given).sum() / max(wanted.sum() + given.sum(), 1))


def packed(fitted: Fitted, calibrated: Mapping[str, float]) -> dict[str, npt.NDArray[np.generic]]:
    """Give the arrays to store. A weight is one byte: a class's largest is 127 steps."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        name: np.array([value]) for name, value in calibrated.items()
    }
    for name in BLOCKS:
        arrays[f"{name}.keys"] = _text(fitted.rows[name])
        arrays[f"{name}.rarity"] = fitted.rarity[name].astype(np.float16)
    for head, blocks in (("domains", BLOCKS), ("goals", OF_GOALS)):
        ends = np.cumsum([len(fitted.rows[name]) for name in blocks])
        *parts, last = np.split(fitted.weights[head], ends)
        scale = np.maximum(np.max([np.abs(part).max(axis=0) for part in parts], axis=0), 1e-9) / STEPS
        arrays[f"{head}.classes"] = _text(fitted.classes[head])
        arrays[f"{head}.scale"] = scale.astype(np.float32)
        arrays[f"{head}.intercept"] = fitted.intercept[head].astype(np.float32)
        arrays[f"meaning.{head}"] = last.astype(np.float16)
        for name, part in zip(blocks, parts, strict=True):
            arrays[f"{name}.{head}"] = np.round(part / scale).astype(np.int8)
    arrays["near.classes"] = fitted.belongs.astype(np.float16)
    starts = np.cumsum([0, *(len(fitted.rows[name]) for name in OF_NEAR)])
    for name, first, last in zip(OF_NEAR, starts, starts[1:], strict=False):
        own = fitted.texts[:, first:last].tocsc()
        own.sort_indices()
        rare = fitted.rarity[name]
        # A feature's value is its rarity over the length of the text, in this block and over all blocks.
        own_rows = own.tocsr()
        peak = own_rows.multiply(1 / rare[None, :]).max(axis=1).toarray().ravel()
        arrays[f"near.{name}.length"] = (1 / np.maximum(peak, 1e-6)).astype(np.float32)
        arrays[f"near.{name}.counts"] = np.diff(own.indptr).astype(np.uint16)
        arrays[f"near.{name}.texts"] = own.indices.astype(np.uint16)
    arrays["homes"] = homes(fitted.classes).astype(np.int8)
    return arrays


def _text(keys: Sequence[str] | Mapping[str, int]) -> npt.NDArray[np.generic]:
    return np.frombuffer("\n".join(keys).encode(), dtype=np.uint8)


def report(
    left: Sequence[Observation], chances: Numbers, of_goals: Sequence[Mapping[str, float]], plain: float
) -> None:
    """Print how well the held-out observations were met."""
    classes = tuple(sorted((*domains(), NONE)))
    best = np.array(classes)[chances.argmax(axis=1)]
    for language in LANGUAGES:
        own = np.array([each.language == language for each in left])
        first = np.array([each.first for each in left])
        values = {name: _f1(first[own] == name, best[own] == name) for name in classes}
        five = np.mean([value for name, value in values.items() if name != NONE])
        six = np.mean(list(values.values()))
        print(f"{language} held out: macro-F1 {five:.3f} over five domains, {six:.3f} with none")
    told = [(each, known) for each, known in zip(left, of_goals, strict=True) if each.goal != NONE]
    near = sum(each.goal in sorted(known, key=lambda code: -known[code])[:4] for each, known in told)
    print(f"first goal among four: {near} of {len(told)}; shown to a person from {plain:.2f}")


def main() -> int:
    """Fit, calibrate on the folds, write."""
    texts = list(observations())
    left, chances, of_goals = folded(texts)
    classes = sorted((*domains(), NONE))
    calibrated = calibration(left, chances, classes)
    report(left, chances, of_goals, calibrated["plain"])
    write_arrays(packed(fit(texts), calibrated), WEIGHTS)
    digest = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()
    print(f"{WEIGHTS.name}: {len(texts):,} texts, {WEIGHTS.stat().st_size / 1e6:.1f} MB, sha256 {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
