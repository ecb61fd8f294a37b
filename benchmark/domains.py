"""How well domains and goals are found in observations of ours: `./dev bench domains [test|blind]`.

*First choice* is the surest domain, or none, held against the first of the domains written down: macro-F1
over the five domains, and over six classes with none; *any* takes it as right where the observation has it
among several. *Sets* is F1 for each domain over everything named. *Shown* is what is sure enough to be told to
a person: how much of it was written down. Goals: how often one that was written down is among those given.
Neither part is learned from, and nothing was mended on either: `test` is by hands of its own, `blind` by the
hand of `corpus/domains/train/wider.jsonl`, in scenes of its own. What hands that were not learned from are read
like, five times over, `python -m training.domains` prints.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from apego.listening.domains import Seen, domains
from apego.practice.domains import domains as all_domains
from benchmark.data import ROOT

CORPUS = ROOT / "corpus" / "domains"
NONE = "none"
TARGET = 0.80
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Read:
    """An observation of the corpus and what was seen in it."""

    row: dict[str, Any]
    seen: Seen

    @property
    def written(self) -> tuple[str, ...]:
        return tuple(self.row["domains"])


def main(arguments: list[str]) -> int:
    """Print the table of a part of the corpus, and its errors with --errors; 0 when the target is met."""
    parts = [argument for argument in arguments if not argument.startswith("--")] or ["test"]
    is_met = True
    for part in parts:
        rows = [json.loads(line) for line in (CORPUS / f"{part}.jsonl").open(encoding="utf-8")]
        read = [Read(row, domains(row["text"], row["months"], row["lang"])) for row in rows]
        print(f"{part}: {len(rows)} observations")
        is_met = min(_told(part, read, language) for language in ("en", "es")) >= TARGET and is_met
        if "--errors" in arguments:
            _errors(read)
    _speed()
    return 0 if is_met else 1


def _told(part: str, everything: Sequence[Read], language: str) -> float:
    read = [one for one in everything if one.row["lang"] == language]
    classes = (*all_domains(), NONE)
    first = _first_choice(tuple(all_domains()), read)
    with_none = _first_choice(classes, read)
    either = _macro(classes, read, lambda one: {_first(one.seen.domains)}, _any_written)
    sets = _macro(tuple(all_domains()), read, lambda one: set(one.seen.domains), lambda one: set(one.written))
    with_goals = [one for one in read if one.row["goals"]]
    found = sum(bool(set(one.row["goals"]) & set(one.seen.goals)) for one in with_goals)
    silent = [one for one in read if not one.written]
    false = sum(bool(one.seen.domains) for one in silent)
    shown = [domain in one.written for one in read for domain in one.seen.plain]
    print(
        f"  {language} macro-F1: first choice {first:.3f} ({with_none:.3f} with none), "
        f"any {either:.3f}, sets {sets:.3f}"
    )
    print(f"     shown to a person: {len(shown)} domains, of which {sum(shown)} were written down")
    print(
        f"     a goal found in {found} of {len(with_goals)}; "
        f"something seen in {false} of {len(silent)} without a domain"
    )
    for name in classes:
        value = _f1(name, read, lambda one: {_first(one.seen.domains)}, lambda one: {_first(one.written)})
        print(f"     {name:<17} {value:.3f}")
    return first


def _first_choice(classes: Iterable[str], read: Sequence[Read]) -> float:
    return _macro(classes, read, lambda one: {_first(one.seen.domains)}, lambda one: {_first(one.written)})


def _first(named: Sequence[str]) -> str:
    return named[0] if named else NONE


def _any_written(one: Read) -> set[str]:
    """Give the first choice where it is among those written down, else the first written down."""
    chosen = _first(one.seen.domains)
    return {chosen} if chosen in one.written else {_first(one.written)}


Named = Callable[[Read], set[str]]


def _macro(classes: Iterable[str], read: Sequence[Read], seen: Named, written: Named) -> float:
    values = [_f1(name, read, seen, written) for name in classes]
    return sum(values) / len(values)


def _f1(name: str, read: Sequence[Read], seen: Named, written: Named) -> float:
    both = sum(name in seen(one) and name in written(one) for one in read)
    either = sum((name in seen(one)) + (name in written(one)) for one in read)
    return 2 * both / either if either else 0.0


def _errors(read: Iterable[Read]) -> None:
    for one in read:
        if _first(one.seen.domains) != _first(one.written):
            print(
                f"  {one.written} {one.row['goals']}",
                f"seen {one.seen.domains} {one.seen.goals}: {one.row['text']}",
            )


def _speed() -> None:
    said = [json.loads(line)["text"] for line in (CORPUS / "train" / "first.jsonl").open(encoding="utf-8")]
    began = time.perf_counter()
    for _ in range(REPEATS):
        for text in said:
            domains(text)
    each = (time.perf_counter() - began) / (REPEATS * len(said))
    print(f"{each * 1000:.3f} ms an observation, {len(said)} observations {REPEATS} times")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
