"""Reading WebVTT: how fast, whether time grows with length alone, and nothing lost that webvtt-py reads.

`./dev bench vtt`. The peer is webvtt-py 0.6, run in turn with ours on the same text, from text to
cues with their times, in processor time, since other work on the machine is no part of it.
Conformance is measured on files of the peer's kind, made here by chance: every cue that it reads
must be read by ours, with the same milliseconds and words. Last, every real file, of whatever
format, is written as WebVTT and read back.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace

import webvtt

from apego.listening import formats
from apego.listening.formats import vtt
from apego.listening.formats.source import Source
from apego.listening.formats.times import clock
from apego.listening.transcript import Transcript
from benchmark.data import TRANSCRIPTS, needed

VISIT = 900
VISIT_LIMIT_MS = 20
LENGTHS = (900, 10_000, 100_000)
RUNS = 7
FILES = 400

WORDS = (
    "mire",
    "ya",
    "se paró",
    "solita",
    "y usted",
    "la esperó",
    "so what",
    "did you notice",
    "when",
    "she turned",
    "to you",
)
VOICES = ("Rosa", "Elena Cruz", "Beto", "Mamá de Luz")
SETTINGS = ("", " align:start position:0%", " line:0 size:80%", "\tregion:lower")
BETWEEN = (
    "",
    "NOTE nobody says this\n\n",
    "NOTE\nnor this,\nover two lines\n\n",
    "\n\n",
)
HEADS = (
    "WEBVTT\n\n",
    "WEBVTT - a visit\nKind: captions\n\n",
    "\ufeffWEBVTT\n\nSTYLE\n::cue { color: red }\n\n",
)


def main(_: Sequence[str]) -> int:
    """Print the figures; 1 when one of them is not what it should be."""
    failures = [*_speed(), *_conformance(), *_there_and_back()]
    for failure in failures:
        print(f"NOT MET: {failure}")
    return 1 if failures else 0


def _speed() -> list[str]:
    failures = []
    a_cue: dict[int, float] = {}
    print(f"{'cues':>8} {'ours ms':>9} {'webvtt-py ms':>13} {'times':>6} {'ours µs a cue':>14}")
    for length in LENGTHS:
        text = _visit(length)
        ours, theirs = _in_turn(text, RUNS if length < 50_000 else 3)
        a_cue[length] = ours * 1e3 / length
        print(f"{length:8} {ours:9.1f} {theirs:13.1f} {theirs / ours:6.2f} {a_cue[length]:14.1f}")
        if ours > theirs:
            failures.append(f"slower than webvtt-py on {length} cues")
        if length == VISIT and ours > VISIT_LIMIT_MS:
            failures.append(f"{VISIT} cues took {ours:.1f} ms, over {VISIT_LIMIT_MS}")
    if a_cue[LENGTHS[-1]] > 2 * a_cue[LENGTHS[0]]:
        failures.append("a cue of a long file takes more than twice that of a short one")
    return failures


def _in_turn(text: str, runs: int) -> tuple[float, float]:
    """Give the middle time of each in milliseconds, measured in turn so that both meet the same machine."""
    source = Source("visit.vtt", text.encode())
    ours, theirs = [], []
    for _ in range(runs):
        begun = time.process_time()
        vtt.read(source)
        between = time.process_time()
        webvtt.from_string(text)
        ours.append((between - begun) * 1e3)
        theirs.append((time.process_time() - between) * 1e3)
    return statistics.median(ours), statistics.median(theirs)


def _visit(cues: int) -> str:
    chance = random.Random(cues)  # noqa: S311 (the same visit in every run)
    blocks = ["WEBVTT"]
    for number in range(1, cues + 1):
        start = number * 4_000
        words = " ".join(chance.choices(WORDS, k=chance.randrange(3, 14)))
        blocks.append(
            f"{number}\n{clock(start)} --> {clock(start + 3_500)}\n<v {chance.choice(VOICES)}>{words}.</v>"
        )
    return "\n\n".join(blocks) + "\n"


def _conformance() -> list[str]:
    cues = mismatched = 0
    for number in range(FILES):
        text = _file(random.Random(number))  # noqa: S311 (the same files in every run)
        theirs = [
            (
                caption.start_time.in_milliseconds(),
                caption.end_time.in_milliseconds(),
                " ".join(caption.text.split()),
            )
            for caption in webvtt.from_string(text).captions
        ]
        ours = {
            (turn.start_ms, turn.end_ms, turn.text)
            for turn in vtt.read(Source("visit.vtt", text.encode())).turns
        }
        cues += len(theirs)
        mismatched += sum(cue not in ours for cue in theirs)
    print(
        f"conformance: {cues} cues that webvtt-py reads in {FILES} files; not the same in ours: {mismatched}"
    )
    return [f"{mismatched} cues that webvtt-py reads are missing or different"] if mismatched else []


def _there_and_back() -> list[str]:
    failures = []
    turns = 0
    for path in sorted(needed(TRANSCRIPTS).iterdir()):
        transcript = formats.read(path)
        back = formats.read_data(vtt.write(transcript).encode(), "visit.vtt")
        turns += len(transcript.turns)
        if _without_lines(back) != _without_lines(transcript):
            failures.append(f"{path.name} is not the same after writing and reading")
    print(f"written and read back the same: {turns} turns of real files, {len(failures)} files not the same")
    return failures


def _without_lines(transcript: Transcript) -> tuple[object, ...]:
    turns = tuple(replace(turn, line=0) for turn in transcript.turns)
    return turns, transcript.stated, transcript.child_months


def _file(chance: random.Random) -> str:
    """Give a file of the kind that webvtt-py reads: ids, settings, notes, times with and without hours,
    short fields, one voice or none to a cue, words over several lines."""
    text = chance.choice(HEADS)
    start = 0
    for number in range(chance.randrange(1, 40)):
        start += chance.randrange(1, 90_000)
        end = start + chance.randrange(1, 9_000)
        text += chance.choice(BETWEEN)
        text += chance.choice(
            ("", f"{number}\n", f"cue-{number}\n", f"{chance.randbytes(16).hex()}/{number}-0\n")
        )
        text += f"{_time(start, chance)} --> {_time(end, chance)}{chance.choice(SETTINGS)}\n"
        voice = chance.choice(("", f"<v {chance.choice(VOICES)}>", f"<v.loud {chance.choice(VOICES)}>"))
        lines = (
            " ".join(chance.choices(WORDS, k=chance.randrange(1, 9))) for _ in range(chance.randrange(1, 4))
        )
        text += voice + "\n".join(lines) + chance.choice(("", "</v>" if voice else "")) + "\n\n"
    return chance.choice((text, text.replace("\n", "\r\n")))


def _time(milliseconds: int, chance: random.Random) -> str:
    """Write a time in one of the ways that the peer accepts."""
    written = clock(milliseconds)
    if written.startswith("00:") and chance.random() < 0.4:
        return written[3:]
    if milliseconds % 100 == 0 and chance.random() < 0.5:
        return written[:-2]
    return written
