"""`python -m benchmark` lists the benches; `python -m benchmark NAME` runs one."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

NOT_BENCHES = {"__init__", "__main__", "data", "crowd_people", "counselling", "measures"}


def main() -> int:
    """Run the bench that is named, or say which there are."""
    names = sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - NOT_BENCHES)
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        print("usage: ./dev bench NAME [ARGUMENTS], where NAME is one of: " + ", ".join(names))
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apego.settings")
    bench = importlib.import_module(f"benchmark.{sys.argv[1]}")
    return int(bench.main(sys.argv[2:]) or 0)


if __name__ == "__main__":
    sys.exit(main())
