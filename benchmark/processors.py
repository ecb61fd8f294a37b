"""Whether an older processor hears the same: `./dev bench processors`.

Sentences of the corpus's test part are read here and on emulated processors without VNNI (`qemu-x86_64`, of
Debian's `qemu-user`): Haswell has AVX2, Nehalem SSE 4.2 alone. What is shown must be the same there, and every
probability within 0.02.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import Any

from apego.listening.reader import read_all
from benchmark.measures import said_of
from training.material import corpus

EMULATOR = "qemu-x86_64"
PROCESSORS = ("Haswell", "Nehalem")
EVERY = 15  # an emulated processor reads a few sentences a second
WITHIN = 0.02


def main(arguments: list[str]) -> int:
    """Print how far probabilities lie apart, and what is shown otherwise; 0 when nothing is."""
    if arguments == ["--told"]:
        print(json.dumps(_told()))
        return 0
    if not shutil.which(EMULATOR):
        print(f"{EMULATOR} is not installed: apt install qemu-user, then run this again.")
        return 2
    return max(_compared(processor, _told()) for processor in PROCESSORS)


def _told() -> list[tuple[dict[str, float], list[str]]]:
    readings = read_all([said_of(example) for example in corpus("test")[::EVERY]])
    return [(reading.probabilities, list(reading.sure)) for reading in readings]


def _compared(processor: str, here: list[tuple[dict[str, float], list[str]]]) -> int:
    command = [
        EMULATOR,
        "-cpu",
        processor,
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "benchmark",
        "processors",
        "--told",
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    there: list[Any] = json.loads(ran.stdout.splitlines()[-1])
    apart = [
        abs(own[label] - other[label])
        for (own, _), (other, _) in zip(here, there, strict=True)
        for label in own
    ]
    otherwise = sum(shown != other for (_, shown), (_, other) in zip(here, there, strict=True))
    far = sum(each > WITHIN for each in apart)
    print(
        f"{processor}: {len(here)} sentences, probabilities at most {max(apart):.4f} apart "
        f"({far} of {len(apart)} over {WITHIN}), {otherwise} shown otherwise"
    )
    return int(bool(otherwise or far))
