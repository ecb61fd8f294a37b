"""Rows as a sheet that a spreadsheet opens, and runs nothing of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(rows: Iterable[Sequence[object]]) -> str:
    """Give rows as CSV; of nothing there is an empty cell.

    A spreadsheet takes what begins like a formula for one: a quote goes before it.

        >>> sheet([("who", "n"), ("=1+1", -3), (None, 12)])
        "who,n\\n'=1+1,'-3\\n,12\\n"
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _harmless(cell: object) -> str:
    words = "" if cell is None else str(cell)
    return f"'{words}" if words.startswith(FORMULA) else words
