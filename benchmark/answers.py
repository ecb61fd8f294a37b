"""How well learners' answers are met with example answers: `./dev bench answers [SET ...] [--misses]`.

Cases: tests/cases/answers. `python -m training.answers` fits the head to tuning.json, tuning2.json and
tuning3.json; held_out.json and blind.json are only measured, and blind.json was written by somebody who did
not know the matcher. Each question has examples in both languages, so every answer is compared twice: with
the examples in English and with those in Spanish.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from apego.listening.answers import MATCHES, Evidence, Match, compare, evidence
from apego.listening.languages import language_of
from apego.practice.content import LANGUAGES, Language
from benchmark.data import ROOT

CASES = ROOT / "tests" / "cases" / "answers"
TUNING = ("tuning", "tuning2", "tuning3")
SETS = (*TUNING, "held_out", "blind")


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
    """Measure on the sets that are named, or on all; with --misses print what is judged otherwise (tuning)."""
    options = sys.argv[1:] if arguments is None else arguments
    for name in [option for option in options if option in SETS] or SETS:
        found = list(pairs(name))
        report(name, found)
        for crossed in (False, True):
            report(
                f"{name}, {'another' if crossed else 'the same'} language",
                [p for p in found if p.crossed == crossed],
            )
        report(f"{name}, one example an answer", list(nearest(found)))
        if "--misses" in options and name in TUNING:
            misses(found)
    speed()
    return 0
