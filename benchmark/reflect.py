"""`./dev bench reflect`: how long a reflection takes, and how much memory.

An hour's visit of 900 turns is made by repeating the visit that ships with Apego. Cold is
a new process from its start to the page written; warm is the same in a process that has
read one already. The folder is the 133 AnnoMI sessions, of which the first 100 are timed.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from importlib import resources
from itertools import cycle, islice
from pathlib import Path

from apego.listening.formats import read_data, vtt
from apego.listening.transcript import Transcript, Turn
from benchmark import annomi
from benchmark.data import ANNOMI, TRANSCRIPTS, needed

TURNS = 900
HOUR_MS = 3_600_000
RUNS = 5


def main(arguments: list[str]) -> int:
    """Print each figure beside what it must not pass."""
    with tempfile.TemporaryDirectory() as folder:
        visit = Path(folder) / "hour.vtt"
        visit.write_text(vtt.write(hour()), encoding="utf-8")
        out = Path(folder) / "hour.html"
        cold = min(_seconds("reflect", str(visit), "--out", str(out)) for _ in range(RUNS))
        print(f"cold start to page written, {TURNS} turns    {cold:6.2f} s   (under 3)")
        print(f"memory of that process                     {_peak_mb():6.0f} MB  (under 400)")
        print(f"the same, warm                             {_warm(visit):6.2f} s   (under 1.5)")
        sessions = Path(folder) / "sessions"
        annomi.main([str(sessions)])
        for extra in sorted(sessions.glob("*.vtt"))[100:]:
            extra.unlink()
        many = _seconds("reflect", str(sessions), "--out", str(Path(folder) / "many"))
        print(f"100 AnnoMI sessions in a folder            {many:6.2f} s   (under 60)")
    print(f"every real file reflects: {_all_reflect()}")
    return 0


def hour() -> Transcript:
    """Give an hour of 900 turns, made of the demo visit over and over."""
    demo = resources.files("apego.command").joinpath("demo", "visit.vtt").read_bytes()
    visit = read_data(demo, "visit.vtt")
    step = HOUR_MS // TURNS
    turns = [_moved(turn, at * step, step) for at, turn in enumerate(islice(cycle(visit.turns), TURNS))]
    return replace(visit, turns=tuple(turns))


def _moved(turn: Turn, start_ms: int, step_ms: int) -> Turn:
    length = (turn.end_ms or 0) - (turn.start_ms or 0)
    return replace(turn, start_ms=start_ms, end_ms=start_ms + min(length, step_ms - 200))


def _seconds(*arguments: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "apego", *arguments], check=True, capture_output=True)
    return time.perf_counter() - begun


def _peak_mb() -> float:
    """Give the most memory that any child process so far held (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _warm(visit: Path) -> float:
    from apego.command.drawing import drawn
    from apego.command.files import opened
    from apego.command.reflect import Asked, reflected

    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        drawn(reflected(opened(visit), Asked("es"))[1], "es", "html")
        times.append(time.perf_counter() - begun)
    return min(times[1:])


def _all_reflect() -> str:
    """Reflect on every real transcript and every AnnoMI session."""
    with tempfile.TemporaryDirectory() as folder:
        annomi.main([folder])
        needed(ANNOMI)
        command = [sys.executable, "-m", "apego", "reflect", folder, str(needed(TRANSCRIPTS))]
        ran = subprocess.run(
            [*command, "--out", f"{folder}/out"], check=False, capture_output=True, text=True
        )
        return f"exit code {ran.returncode}; {ran.stderr.strip().splitlines()[-1]}"
