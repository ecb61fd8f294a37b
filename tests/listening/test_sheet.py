"""A sheet keeps what was written and gives a spreadsheet nothing to run."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from apego.listening.pages.sheet import FORMULA, sheet

CELLS = st.text(st.characters(exclude_characters="\r\n\x00", exclude_categories=["Cs"]))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5))
def test_every_cell_is_kept_and_none_begins_like_a_formula(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(sheet(rows))))
    for row, kept in zip(rows, read, strict=True):
        for cell, found in zip(row, kept, strict=True):
            assert not found.startswith(FORMULA)
            assert found.removeprefix("'" if cell.startswith(FORMULA) else "") == cell
