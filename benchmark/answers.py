"""How well learners' answers are met with example answers: `./dev bench answers [--fit] [--misses]`.

Cases: tests/cases/answers/tuning.json (the constants in apego.listening.answers are fitted on these) and
held_out.json (only measured). Each question has examples in both languages, so every answer is compared
twice: with the examples in English and with those in Spanish.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from apego.listening.answers import MATCHES, Evidence, Match, compare, evidence
from apego.listening.languages import language_of
from apego.practice.content import LANGUAGES, Language
from benchmark.data import ROOT

CASES = ROOT / "tests" / "cases" / "answers"
STEPS, RATE, PULL = 4000, 0.05, 0.02  # of the fit: plain descent, and how strongly weights are held small
SCALES = (1.0, 5.0, 1.0)  # brings the three kinds of evidence to one size for the fit


@dataclass(frozen=True, slots=True)
class Pair:
    """One answer beside one example: what a reader of both says, what Apego says, and its evidence."""

    question: str
    answer: str
    example: str
    language: Language
    crossed: bool
    wanted: Match
    got: Match
    seen: Evidence


def pairs(name: str) -> Iterator[Pair]:
    """Give every answer beside every example of its question, in both languages of the examples."""
    for question in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")):
        for answer in question["answers"]:
            spoken = language_of(answer["text"]) or question["language"]
            for language in LANGUAGES:
                examples = [example[language] for example in question["examples"]]
                found = compare(answer["text"], examples)
                why = evidence(answer["text"], examples)
                for example, wanted, one, seen in zip(examples, answer["matches"], found, why, strict=True):
                    crossed = spoken != language
                    yield Pair(
                        question["id"], answer["text"], example, language, crossed, wanted, one.match, seen
                    )


def macro_f1(wanted: Sequence[str], got: Sequence[str]) -> float:
    """Give the mean of F1 over touched, near and not yet.

    >>> macro_f1(["touched", "near", "not_yet"], ["touched", "near", "not_yet"])
    1.0
    """
    scores = []
    for match in MATCHES:
        both = sum(a == b == match for a, b in zip(wanted, got, strict=True))
        named = wanted.count(match) + list(got).count(match)
        scores.append(2 * both / named if named else 1.0)
    return sum(scores) / len(scores)


def report(title: str, found: Sequence[Pair]) -> None:
    """Print the confusion and the macro-F1 of some pairs."""
    wanted, got = [pair.wanted for pair in found], [pair.got for pair in found]
    print(f"\n{title}: {len(found)} pairs, macro-F1 {macro_f1(wanted, got):.3f}")
    print(f"{'wanted':>10}  " + "".join(f"{match:>9}" for match in MATCHES))
    for match in MATCHES:
        row = [sum(a == match and b == other for a, b in zip(wanted, got, strict=True)) for other in MATCHES]
        print(f"{match:>10}  " + "".join(f"{count:>9}" for count in row))


def nearest(found: Sequence[Pair]) -> Iterator[Pair]:
    """Give for each answer the one example it was written beside: three matches in about equal number.

    An answer that tells another idea is held against the example it is most easily taken for.
    """
    by_answer: dict[tuple[str, str, str], list[Pair]] = {}
    for pair in found:
        by_answer.setdefault((pair.question, pair.answer, pair.language), []).append(pair)
    for several in by_answer.values():
        yield min(several, key=lambda one: (MATCHES.index(one.wanted), -one.seen.leaning))


def misses(found: Sequence[Pair]) -> None:
    """Print the pairs that Apego and the reader judge differently, with the evidence."""
    for pair in found:
        if pair.wanted != pair.got:
            print(f"\n{pair.question}: {pair.wanted}, not {pair.got}")
            print(f"  {pair.answer}\n  {pair.example}\n  {pair.seen}")


def _features(found: Sequence[Pair]) -> NDArray[np.float64]:
    rows = [(one.seen.told, one.seen.amount, one.seen.ahead) for one in found]
    return np.array(rows, dtype=np.float64) / SCALES


def fit(found: Sequence[Pair]) -> None:
    """Fit an ordinal logistic model and print the constants for apego.listening.answers."""
    features = _features(found)
    ranks = np.array([2 - MATCHES.index(one.wanted) for one in found])
    share = np.array([np.mean(ranks == rank) for rank in range(3)])
    weights = (1 / np.sqrt(share))[ranks]
    slopes, steps = np.ones(3), np.array([1.0, 3.0])
    for _ in range(STEPS):
        leaning = features @ slopes
        over = 1 / (1 + np.exp(-(leaning[:, None] - steps)))
        error = (over - (ranks[:, None] > np.arange(2))) * weights[:, None] / weights.sum()
        slopes = slopes - RATE * 10 * (features.T @ error.sum(axis=1) + PULL / 10 * slopes)
        steps = steps + RATE * 10 * error.sum(axis=0)
    leaning = features @ slopes
    wanted = [one.wanted for one in found]
    choices = np.quantile(leaning, np.linspace(0.4, 1.0, 80))
    best = max(
        ((low, high) for low in choices for high in choices if low < high),
        key=lambda cut: macro_f1(wanted, [_cut(value, *cut) for value in leaning]),
    )
    told, amount, ahead = slopes / SCALES
    print(f"\nTOLD, AMOUNT, AHEAD = {told:.2f}, {amount:.2f}, {ahead:.2f}")
    by_fit = f"by the fit: {steps[1]:.2f}, {steps[0]:.2f}"
    print(f"TOUCHED_FROM, NEAR_FROM = {best[1]:.2f}, {best[0]:.2f}  ({by_fit})")
    print(f"macro-F1 {macro_f1(wanted, [_cut(value, *best) for value in leaning]):.3f}")


def _cut(value: float, low: float, high: float) -> Match:
    return "touched" if value >= high else "near" if value >= low else "not_yet"


def speed() -> None:
    """Print how long an answer of 200 words takes beside twelve examples."""
    cases = json.loads((CASES / "tuning.json").read_text(encoding="utf-8"))
    examples = [example["en"] for question in cases for example in question["examples"]][:12]
    words = " ".join(answer["text"] for question in cases for answer in question["answers"]).split()[:200]
    answer = " ".join(words)
    compare(answer, examples)
    started = [time.perf_counter()]
    for time_more in range(20):
        compare(f"{answer} {time_more}", examples)  # never the same answer twice: what was read is kept
        started.append(time.perf_counter())
    took = sorted(1000 * (end - start) for start, end in pairwise(started))
    print(f"\n200 words beside 12 examples: median {took[10]:.1f} ms, slowest {took[-1]:.1f} ms")


def main(arguments: list[str] | None = None) -> int:
    """Measure on both halves; with --fit print the constants, with --misses the pairs judged otherwise."""
    options = sys.argv[1:] if arguments is None else arguments
    for name in ("tuning", "held_out"):
        found = list(pairs(name))
        report(name, found)
        for crossed in (False, True):
            report(
                f"{name}, {'another' if crossed else 'the same'} language",
                [p for p in found if p.crossed == crossed],
            )
        if name == "tuning" and "--fit" in options:
            fit(found)
        report(f"{name}, one example an answer", list(nearest(found)))
        if "--misses" in options and name == "tuning":
            misses(found)
    speed()
    return 0
