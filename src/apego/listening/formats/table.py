"""Tables: CSV and the like, with a first row that names the columns, in English or Spanish.

Quotes, commas, semicolons and tabs as spreadsheets and research programs write them. Rows
of a table in a document are read here too. Which headings are known is content.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from apego.listening.formats.marks import bracketed, marks_of
from apego.listening.formats.source import Source
from apego.listening.formats.times import RANGE, clock, milliseconds, of_seconds
from apego.listening.transcript import Repair, Role, Transcript, TranscriptUnreadable, Turn
from apego.practice.fields import column_of, unit_of
from apego.practice.roles import role_of_name

SUFFIXES = (".csv", ".tsv", ".tab")

DELIMITERS = (",", ";", "\t", "|")
HEADING_ROWS = 8  # titles may stand above the row that names the columns
LONGEST_CELL_LINES = 60  # a quote that opens and stays open longer was never meant to open
LONG_TURN = 200  # of numbers without a unit: no turn lasts 200 seconds in the middle, many last 200 ms

_RANGE = re.compile(rf"[\[(]?\s*{RANGE}\s*[\])]?")
_WHOLE_NUMBER = re.compile(r"\d+\s*\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line where it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each thing stands, and the headings as they are written."""

    at: dict[str, int]
    headings: tuple[str, ...]

    def cell(self, row: Row, name: str) -> str:
        """Give a cell, empty where the table or the row has none."""
        at = self.at.get(name)
        return row.cells[at].strip() if at is not None and at < len(row.cells) else ""

    def unit(self, name: str) -> str | None:
        """Give the unit that the heading of a column of times names."""
        return unit_of(self.headings[self.at[name]]) if name in self.at else None


def fits(source: Source) -> bool:
    """True when a row near the top names a column of words and one more; by its name, words are enough."""
    found = _heading(source.head)
    return found is not None and (len(found[2].at) > 1 or source.suffix in SUFFIXES)


def read(source: Source) -> Transcript:
    """Give the transcript in a table.

        >>> visit = read(Source("v.csv", "Inicio;Quién;Texto\\n00:01;Luz;Ya, ya\\n".encode()))
        >>> visit.turns[0].speaker, visit.turns[0].text, visit.turns[0].start_ms
        ('Luz', 'Ya, ya', 1000)

    Raises TranscriptUnreadable when no row at the top names a column of words.
    """
    text, found = source.text()
    heading = _heading(text[:100_000])
    if heading is None:
        raise TranscriptUnreadable("transcripts.table-heading", name=source.name)
    above, delimiter, columns = heading
    repairs = list(found)
    rows = _rows(text, delimiter, repairs)
    body = [row for row in rows if row.line > above]
    return of_rows(body, columns, source.name, repairs, delimiter)


def of_rows(
    rows: Iterable[Row], columns: Columns, name: str, repairs: list[Repair], delimiter: str = " "
) -> Transcript:
    """Give the transcript in the rows under a heading."""
    whole = [_fitted(row, columns, delimiter, repairs) for row in rows]
    whole = [row for row in whole if any(cell.strip() for cell in row.cells)]
    scale = _scale(whole, columns, repairs)
    turns: list[Turn] = []
    stated: dict[str, Role] = {}
    for row in whole:
        text = bracketed(" ".join(columns.cell(row, "text").split()))
        if not text:
            repairs.append(Repair(row.line, "transcripts.repair-no-words"))
            continue
        speaker, role = _who(row, columns, stated)
        start, end = _span(row, columns, scale, repairs)
        language = columns.cell(row, "language") or None
        turns.append(Turn(speaker, text, role, start, end, language, marks_of(text), row.line))
    if turns and not any(turn.speaker for turn in turns):
        repairs.append(Repair(turns[0].line, "transcripts.repair-no-speakers"))
    repairs.sort(key=lambda repair: repair.line)
    return Transcript(tuple(turns), name, tuple(repairs), stated)


def columns_of(cells: Sequence[str]) -> Columns | None:
    """Give the columns that a row names, or None where it names no column of words.

    >>> columns_of(["Hablante", "Texto", "Inicio (ms)"]).at
    {'speaker': 0, 'text': 1, 'start': 2}
    >>> columns_of(["Ana", "Hola"]) is None
    True
    """
    at: dict[str, int] = {}
    for number, cell in enumerate(cells):
        column = column_of(cell) if len(cell) <= 60 else None
        if column:
            at.setdefault(column, number)
    return Columns(at, tuple(cells)) if "text" in at else None


def _heading(head: str) -> tuple[int, str, Columns] | None:
    """Give the line of the row that names the columns, what stands between cells, and the columns."""
    best: tuple[int, str, Columns] | None = None
    for number, line in enumerate(head.split("\n", HEADING_ROWS)[:HEADING_ROWS], 1):
        for delimiter in DELIMITERS:
            columns = columns_of(_cells(line[:4_000], delimiter))
            if columns and (best is None or len(columns.at) > len(best[2].at)):
                best = number, delimiter, columns
        if best:
            return best
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _rows(text: str, delimiter: str, repairs: list[Repair]) -> Iterator[Row]:
    """Give the rows. Python's reader would put all that follows a stray quote into one cell."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = _end_of_row(lines, at)
        try:
            if end is None:
                raise csv.Error
            reader = csv.reader([f"{line}\n" for line in lines[at : end + 1]], delimiter=delimiter)
            begins = at
            for cells in reader:
                if any(cells):
                    yield Row(begins + 1, cells)
                begins = at + reader.line_num
        except csv.Error:  # the quote stays open, or a cell is longer than Python's reader holds
            repairs.append(Repair(at + 1, "transcripts.repair-quote"))
            yield Row(at + 1, [cell.strip(' "') for cell in lines[at].split(delimiter)])
            end = at
        at = (at if end is None else end) + 1


def _end_of_row(lines: list[str], at: int) -> int | None:
    """Give the line in which the quotes of a row close, or None where they do not."""
    if '"' not in lines[at]:
        return at
    is_open = False
    for end in range(at, min(at + LONGEST_CELL_LINES, len(lines))):
        is_open ^= lines[end].count('"') % 2 == 1
        if not is_open:
            return end
    return None


def _fitted(row: Row, columns: Columns, delimiter: str, repairs: list[Repair]) -> Row:
    """Bring a row to the length of the heading: words with a comma in them, written without quotes."""
    expected, found = len(columns.headings), len(row.cells)
    slots = (("found", found), ("expected", expected))
    if found > expected and any(row.cells[expected:]):
        at, more = columns.at["text"], found - expected
        words = delimiter.join(row.cells[at : at + more + 1])
        repairs.append(Repair(row.line, "transcripts.repair-row-long", slots))
        return Row(row.line, [*row.cells[:at], words, *row.cells[at + more + 1 :]])
    if found < expected and columns.at["text"] < found - 1:
        return row
    if found < expected:
        repairs.append(Repair(row.line, "transcripts.repair-row-short", slots))
    return row


def _who(row: Row, columns: Columns, stated: dict[str, Role]) -> tuple[str, Role]:
    """Give a row's speaker and role; a table with only roles names people by them."""
    written = " ".join(columns.cell(row, "role").split())
    speaker = " ".join(columns.cell(row, "speaker").split()) or written
    known = written.casefold() if written.casefold() in list(Role) else role_of_name(written)
    if speaker and known:
        stated.setdefault(speaker, Role(known))
    return speaker, Role(known) if known else stated.get(speaker, Role.OTHER)


def _scale(rows: list[Row], columns: Columns, repairs: list[Repair]) -> float:
    """Give how many milliseconds a number without a unit counts in the columns of times: 1000 or 1.

    Where no heading says, seconds are meant, unless all are whole numbers too far apart for that.
    """
    unit = columns.unit("start") or columns.unit("end")
    if unit:
        return 1 if unit == "milliseconds" else 1000
    starts = [columns.cell(row, "start") for row in rows]
    written = [cell for cell in starts if cell]
    if not written or not all(map(_WHOLE_NUMBER.match, written)):
        return 1000
    numbers = [int(cell) for cell in written if len(cell) < 16]
    gaps = sorted(after - before for before, after in pairwise(numbers))
    if gaps and gaps[len(gaps) // 2] >= LONG_TURN:
        repairs.append(Repair(rows[0].line, "transcripts.repair-milliseconds"))
        return 1
    return 1000


def _span(row: Row, columns: Columns, scale: float, repairs: list[Repair]) -> tuple[int | None, int | None]:
    written = {name: columns.cell(row, name) for name in ("start", "end", "duration")}
    both = _RANGE.fullmatch(written["start"])
    if both and both[2]:
        written |= {"start": both[1], "end": both[2]}
    times = {name: _time(cell, scale) for name, cell in written.items()}
    if any(written[name] and time is None for name, time in times.items()):
        repairs.append(Repair(row.line, "transcripts.repair-time"))
    start, end, lasting = times.values()
    if end is None and start is not None and lasting is not None:
        end = start + lasting
    if start is not None and end is not None and end < start:
        slots = (("start", clock(start)), ("end", clock(end)))
        repairs.append(Repair(row.line, "transcripts.repair-time-backwards", slots))
        end = start
    return start, end


def _time(cell: str, scale: float) -> int | None:
    number = of_seconds(cell)
    if number is None:
        return milliseconds(cell.strip("[]() "))
    return number if scale == 1000 else round(number / 1000)
