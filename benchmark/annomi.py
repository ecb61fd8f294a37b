"""`./dev bench annomi FOLDER`: write the 133 AnnoMI sessions as WebVTT, for reflecting on them.

AnnoMI (Wu et al., Future Internet 2023, 15(3):110) gives the start of every turn in whole
seconds. A turn is taken to last until the next one starts.
Seven sessions were labelled by several experts; each turn is written once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from apego.listening.formats import vtt
from apego.listening.transcript import Role, Transcript, Turn
from benchmark.data import ANNOMI, needed

LAST_MS = 10_000
ROLES = {"therapist": Role.VISITOR, "client": Role.PARENT}


def main(arguments: list[str]) -> int:
    """Write every session into the folder that is named."""
    if len(arguments) != 1:
        print("usage: ./dev bench annomi FOLDER")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for name, transcript in sessions():
        (folder / f"{name}.vtt").write_text(vtt.write(transcript), encoding="utf-8")
        written += 1
    print(f"{written} sessions in {folder}")
    return 0


def sessions() -> Iterator[tuple[str, Transcript]]:
    """Give every session by name, therapist as visitor and client as parent."""
    turns: dict[str, dict[int, tuple[str, str, int]]] = {}
    with needed(ANNOMI).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = (row["interlocutor"], row["utterance_text"], _ms(row["timestamp"]))
            turns.setdefault(row["transcript_id"], {}).setdefault(int(row["utterance_id"]), said)
    for session, by_number in turns.items():
        name = f"annomi-{int(session):03}"
        yield name, _transcript(name, [by_number[number] for number in sorted(by_number)])


def _transcript(name: str, said: list[tuple[str, str, int]]) -> Transcript:
    starts = [start for _, _, start in said] + [said[-1][2] + LAST_MS]
    turns = [
        Turn(
            who,
            text,
            ROLES[who],
            start,
            max(start + 1, after),
        )
        for (who, text, _), (start, after) in zip(said, pairwise(starts), strict=True)
    ]
    return Transcript(tuple(turns), f"{name}.vtt", stated=dict(ROLES))


def _ms(clock: str) -> int:
    hours, minutes, seconds = map(int, clock.split(":"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000
