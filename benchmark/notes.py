"""How well the note check finds what an experienced reader would ask about, and how fast.

Two sets of notes of ours in tests/cases/notes: spans by group of classes and language, and
false marks on clean notes. A span counts as found where one of the same group meets it; the
share of those with the very class stands in its own column. `--worst` prints what was missed
and what was marked in vain in held_out; for blind it prints nothing, so that it stays unseen.

held_out: the lists were written without sight of these notes. At the first look (2026-11-23)
F1 was 0.936 in English and 0.935 in Spanish, with 2 false marks in 80 clean notes of each.
What that look taught was mended then, so later figures on them say less than the first.

blind: 240 notes, the odd places of 480 that were written from the rule alone, by one writer,
before that writer saw a list, a case or the code. At the first look (2026-11-23) F1 was 0.933
in English and 0.931 in Spanish, with 4 and 2 false marks in 60 clean notes of each. Then the
lists were mended from the other 240 alone (F1 0.925 and 0.880 at their first look, 5 and 10
false marks in 60), whose errors became cases, and from what the check marked in vain in
corpus/domains and the demo. The second look at blind, on the same day, gave 0.944 and 0.954,
with 2 and 2. A third, after 740 more notes by another writer, gave the same F1 with 1 and 2: the
false marks stay above the bound of 2 in 100 in Spanish. Its errors were counted, never read; but
one person wrote both halves, often with the same turns of phrase, and mended the lists: only the
first look is blind, and another writer's notes may do worse.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apego.listening.notes import Span, check

CASES = Path(__file__).parent.parent / "tests" / "cases" / "notes"
SETS = ("held_out", "blind")
UNREAD = "blind"
GROUPS = {
    "what someone is": ("judging_parent", "diagnosis", "trait"),
    "what goes on inside": ("motive", "feeling", "mind"),
    "what is concluded": ("absolute", "cause", "ability"),
    "how it is put": ("manner", "hedge", "vague"),
}
GROUP_OF = {note_class: group for group, classes in GROUPS.items() for note_class in classes}
LONG_NOTE = (
    "When I rolled the ball under the couch, Leo lay on his stomach and put his arm under it. He was angry "
    "and mom seemed tired, he always does that because he wants his brother, a lot of times. Mom gave the "
    "toy back and the boy sat down near the couch with a block in each hand."
)


@dataclass
class Tally:
    """What was found, missed and marked in vain."""

    found: int = 0
    exact: int = 0
    missed: int = 0
    in_vain: int = 0
    told: list[str] = field(default_factory=list)

    def row(self) -> str:
        """Give precision, recall, F1 and the share of found spans whose very class is right."""
        precision = self.found / ((self.found + self.in_vain) or 1)
        recall = self.found / ((self.found + self.missed) or 1)
        f1 = 2 * precision * recall / ((precision + recall) or 1)
        exact = self.exact / (self.found or 1)
        return f"{precision:9.3f}{recall:9.3f}{f1:9.3f}{exact:9.3f}{self.found + self.missed:6d}"


def main(arguments: list[str]) -> int:
    """Print the tables; 1 when a set in a language falls short of F1 0.90 or marks over 2 in 100 clean notes."""
    short = False
    for name in SETS:
        cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
        print(f"{name:24}precision   recall       F1    class     n")
        for language in ("en", "es"):
            spoken = [case for case in cases if case["lang"] == language]
            worst = "--worst" in arguments and name != UNREAD
            short |= _falls_short(language, spoken, worst=worst)
    print(f"a note of 60 words: {_milliseconds():.2f} ms")
    return int(short)


def _falls_short(language: str, spoken: list[dict[str, Any]], *, worst: bool) -> bool:
    """Print one language of a set, and say whether it falls short of the bounds."""
    tallies = _tallied([case for case in spoken if case["spans"]])
    for group, tally in tallies.items():
        print(f"{language}  {group:20}{tally.row()}")
    total = _summed(tallies)
    marks, clean, told = _false_marks([case for case in spoken if not case["spans"]])
    print(f"{language}  {'all':20}{total.row()}")
    print(f"{language}  false marks in {clean} clean notes: {marks}")
    if worst:
        print(*(line for tally in tallies.values() for line in tally.told), *told, sep="\n")
    f1 = 2 * total.found / (2 * total.found + total.missed + total.in_vain)
    return f1 < 0.9 or marks > 0.02 * clean


def _tallied(cases: list[dict[str, Any]]) -> dict[str, Tally]:
    tallies = {group: Tally() for group in GROUPS}
    for case in cases:
        left = list(check(case["text"], names=case.get("names", ())).spans)
        for wanted, note_class in case["spans"]:
            start = case["text"].index(wanted)
            tally = tallies[GROUP_OF[note_class]]
            match = _match(left, start, start + len(wanted), note_class)
            if match is None:
                tally.missed += 1
                tally.told.append(f"  missed  {wanted} ({note_class}) | {case['text']}")
                continue
            left.remove(match)
            tally.found += 1
            tally.exact += match.note_class == note_class
        for span in left:
            tallies[GROUP_OF[span.note_class]].in_vain += 1
            tallies[GROUP_OF[span.note_class]].told.append(
                f"  in vain {span.text} ({span.note_class}) | {case['text']}"
            )
    return tallies


def _match(spans: list[Span], start: int, end: int, note_class: str) -> Span | None:
    meeting = [
        span
        for span in spans
        if span.start < end and start < span.end and GROUP_OF[span.note_class] == GROUP_OF[note_class]
    ]
    return max(meeting, key=lambda span: span.note_class == note_class, default=None)


def _summed(tallies: dict[str, Tally]) -> Tally:
    counts: Counter[str] = Counter()
    for tally in tallies.values():
        counts.update(found=tally.found, exact=tally.exact, missed=tally.missed, in_vain=tally.in_vain)
    return Tally(counts["found"], counts["exact"], counts["missed"], counts["in_vain"])


def _false_marks(cases: list[dict[str, Any]]) -> tuple[int, int, list[str]]:
    told = [
        f"  in vain {span.text} ({span.note_class}) | {case['text']}"
        for case in cases
        for span in check(case["text"], names=case.get("names", ())).spans
    ]
    return len(told), len(cases), told


def _milliseconds() -> float:
    check(LONG_NOTE)
    times = []
    for _ in range(100):
        begin = time.perf_counter()
        check(LONG_NOTE)
        times.append(time.perf_counter() - begin)
    return 1000 * statistics.median(times)
