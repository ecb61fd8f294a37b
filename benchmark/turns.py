"""Turn counting beside ChildProject's `simple_CTC`: the same counts, and how much sooner.

First the published file that ChildProject ships (33, 39, 41 and 42 alternations under 1, 2, 3
and 5 seconds), then segments made up in the proportions of a day at home. Both are timed from
the same table: ours also pays for turning the labels of its column into numbers.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable

import numpy as np

from apego.listening import formats
from apego.listening.people import who_is_who
from apego.listening.turns import ONE, PASSED_OVER, THE_OTHER, alternations, pairs, turns
from benchmark.data import TRANSCRIPTS, needed

GAPS_S = (1, 2, 3, 5)
PUBLISHED = (33, 39, 41, 42)
SEGMENTS = 1_000_000
FASTER = 10
SEED = 20_180_214
CHILD, ADULTS = ("CHI",), ("FEM", "MAL")
SIDES = {"CHI": ONE, "FEM": THE_OTHER, "MAL": THE_OTHER}


def main(arguments: list[str]) -> int:
    """Run both comparisons; 0 when every count is the same and ours is ten times as fast."""
    if importlib.util.find_spec("ChildProject") is None:
        print(
            "ChildProject is not installed: it is measured against. Install it with: pip install -e .[bench]"
        )
        return 2
    count = int(arguments[0]) if arguments else SEGMENTS
    is_same = _published_file()
    is_fast = _made_up(count)
    return 0 if is_same and is_fast else 1


def _published_file() -> bool:
    visit = who_is_who(formats.read(needed(TRANSCRIPTS / "childproject_eaf.eaf"))).transcript
    ours = [counted.parent_child.alternations for gap in GAPS_S if (counted := turns(visit, gap * 1000))]
    print(f"childproject_eaf.eaf, under 1/2/3/5 s: ours {ours}, published {list(PUBLISHED)}")
    return ours == list(PUBLISHED)


def _made_up(count: int) -> bool:
    import pandas as pd
    from ChildProject.pipelines.metricsFunctions import simple_CTC

    make = np.random.default_rng(SEED)
    labels = make.choice(["CHI", "FEM", "MAL", "OCH", "NA"], count, p=[0.3, 0.35, 0.15, 0.15, 0.05])
    starts = np.cumsum(make.exponential(2_500, count)).astype(np.int64)
    ends = starts + make.gamma(2.0, 600, count).astype(np.int64)
    table = pd.DataFrame(
        {"speaker_type": labels.astype(object), "segment_onset": starts, "segment_offset": ends}
    )

    def theirs(gap_ms: int) -> int:
        asked = {"interlocutors_1": CHILD, "interlocutors_2": ADULTS, "max_interval": gap_ms}
        return int(simple_CTC(table, duration=int(ends[-1]), **asked)[1])

    def ours(gap_ms: int) -> int:
        sides = table["speaker_type"].map(SIDES).fillna(PASSED_OVER).to_numpy(np.int8)
        return alternations(
            sides, table["segment_onset"].to_numpy(), table["segment_offset"].to_numpy(), gap_ms
        )

    is_same, spent_theirs, spent_ours = True, 0.0, 0.0
    for gap in GAPS_S:
        their_count, their_time = _timed(theirs, gap * 1000)
        our_count, our_time = _timed(ours, gap * 1000)
        is_same = is_same and their_count == our_count
        spent_theirs, spent_ours = spent_theirs + their_time, spent_ours + our_time
        print(f"under {gap} s: simple_CTC {their_count:,} in {their_time:.2f} s", end=", ")
        print(f"ours {our_count:,} in {our_time:.3f} s")
    sides = table["speaker_type"].map(SIDES).fillna(PASSED_OVER).to_numpy(np.int8)
    paired, pair_time = _timed(lambda gap_ms: pairs(sides, starts, ends, gap_ms), 5_000)
    _, bare_time = _timed(lambda gap_ms: alternations(sides, starts, ends, gap_ms), 5_000)
    print(f"from arrays, under 5 s: alternations in {bare_time:.3f} s, {paired:,} pairs in {pair_time:.3f} s")
    ratio = spent_theirs / spent_ours
    print(f"{count:,} segments: {len(GAPS_S) * count / spent_ours:,.0f} a second,", end=" ")
    print(f"{ratio:.0f} times simple_CTC; the same counts: {is_same}")
    return is_same and ratio >= FASTER


def _timed(count: Callable[[int], int], gap_ms: int) -> tuple[int, float]:
    began = time.perf_counter()
    counted = count(gap_ms)
    return counted, time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
