"""Where the real data lies that benches read. None of it is part of the project.

Set APEGO_BENCH_DATA to its folder; without it, `../shared/data` beside the project is used.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("APEGO_BENCH_DATA", ROOT.parent / "shared" / "data"))
ANNOMI = FOLDER / "annomi" / "AnnoMI-full.csv"
TRANSCRIPTS = FOLDER / "transcripts"


def needed(path: Path) -> Path:
    """Give the path, or stop and say what is absent and where it is looked for."""
    if not path.exists():
        sys.exit(
            f"This bench reads {path}, which is not there. Set APEGO_BENCH_DATA to the folder of the data."
        )
    return path
