"""A roster as a file: bytes from any spreadsheet, read into lines of cells under known columns.

Tolerant where two readings mean the same (commas or semicolons, UTF-8 or Windows, English or Spanish headers,
the ways in which a date is written), and exact about the rest: what cannot be read is told with its line and
column. What the lines would do to the program's records is the subject of `apego.records.enrolling`.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Literal

from apego.listening.folded import fold
from apego.practice.content import Language, Text

LARGEST = 160_000  # bytes: a thousand lines of some 150, and it waits as a draft
LINES_AT_MOST = 1_000
CELL_AT_MOST = 300
DELIMITERS = ",;\t|"
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, .xls
FORMULA = ("=", "@", "+", "-", "\t", "\r")
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119: a spreadsheet's own number for a day
NUMBERS = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})")
WORD = re.compile(r"[^\W\d_]+")
DIGITS = re.compile(r"\d+")

Order = Literal["month", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, what goes in it, and by which headers it is known."""

    id: str
    name: Text
    says: Text
    headers: frozenset[str]
    needed: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way, and where: `line` as the spreadsheet counts (0: the whole file), the column's id.

    `code` names the sentence that says it, `value` is what stands there.
    """

    line: int
    column: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line under the header: its number in the file and its cells by the column's id."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read. `order` is what comes first where a date is all numbers."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    order: Order
    problems: tuple[Problem, ...]


@cache
def lists() -> dict[str, Any]:
    """Give the words of `roster.toml`. Treat them as read-only."""
    return tomllib.loads(resources.files("apego.records").joinpath("roster.toml").read_text(encoding="utf-8"))


@cache
def columns() -> dict[str, Column]:
    """Give the columns in their order.

    >>> [column.id for column in columns().values() if column.needed]
    ['family', 'option', 'enrolled_on', 'languages']
    """
    return {
        id: Column(
            id=id,
            name=Text(entry["name"]["en"], entry["name"]["es"]),
            says=Text(entry["says"]["en"], entry["says"]["es"]),
            headers=frozenset(key_of(header) for header in entry["headers"]),
            needed=entry.get("needed", False),
        )
        for id, entry in lists()["columns"].items()
    }


def key_of(words: str) -> str:
    """Give words as they are matched: folded, letters and digits only.

    >>> key_of("Date_of Birth "), key_of("¿Número?")
    ('dateofbirth', 'numero')
    """
    return "".join(sign for sign in fold(words) if sign.isalnum())


def sample(language: Language) -> list[list[str]]:
    """Give the sample to download: the header, then a few invented families."""
    header = [column.name[language] for column in columns().values()]
    return [header, *(row[language] for row in lists()["sample"])]


def read(data: bytes) -> Sheet:
    """Read a file. Whatever the bytes are, it gives a sheet; what is wrong stands among its problems.

    >>> sheet = read("Familia;Niño;Nacimiento\\nRivera;Luz;2/11/2025\\n".encode("cp1252"))
    >>> sheet.columns, sheet.rows[0]["child"]
    (('family', 'child', 'born_on'), 'Luz')
    >>> [(problem.code, problem.value) for problem in sheet.problems][:1]
    [('column-missing', 'option')]
    """
    if len(data) > LARGEST:
        return _nothing("too-large")
    if data.startswith(SPREADSHEETS):
        return _nothing("spreadsheet-file")
    text = decoded(data)
    if "\0" in text:
        return _nothing("no-table")
    try:
        return _sheet(list(_records(text)))
    except csv.Error:
        return _nothing("no-table")


def _nothing(code: str) -> Sheet:
    return Sheet((), (), (), "month", (Problem(0, "", code),))


def decoded(data: bytes) -> str:
    """Give the text of bytes in UTF-8, in UTF-16 as some spreadsheets write it, or in Windows' own way."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _records(text: str) -> Iterable[tuple[int, list[str]]]:
    """Give each record with the line on which it begins; an empty one is no record."""
    lines = text.splitlines()
    before = 0
    if (
        lines and fold(lines[0]).startswith("sep=") and len(lines[0]) == 5
    ):  # for Excel, which writes it itself
        before, text = 1, text.split("\n", 1)[-1]
        lines = lines[1:]
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = before + 1
    for record in found:
        cells = [" ".join(cell.split()) for cell in record]
        if any(cells):
            yield begins, cells
        begins = before + found.line_num + 1


def _sheet(records: Sequence[tuple[int, list[str]]]) -> Sheet:
    if not records:
        return _nothing("empty")
    (header_line, header), body = records[0], records[1:]
    places, ignored, problems = _places(header, header_line)
    if not body:
        problems.append(Problem(0, "", "empty"))
    if len(body) > LINES_AT_MOST:
        problems.append(Problem(0, "", "too-many-lines", str(len(body))))
        body = body[:LINES_AT_MOST]
    rows = []
    for line, cells in body:
        told = {id: _unquoted(cells[place]) for id, place in places.items() if place < len(cells)}
        rows.append(Row(line, told))
        problems.extend(_dangers(line, told))
        if len(cells) > len(header) and any(cells[len(header) :]):
            problems.append(Problem(line, "", "more-cells", cells[len(header)]))
    order = order_of([row[id] for row in rows for id in ("enrolled_on", "born_on")])
    return Sheet(tuple(rows), tuple(places), tuple(ignored), order, tuple(problems))


def _places(header: Sequence[str], line: int) -> tuple[dict[str, int], list[str], list[Problem]]:
    """Find the columns in the header: where each stands, which are none of ours, what is missing or there twice."""
    places: dict[str, int] = {}
    ignored, problems = [], []
    for place, words in enumerate(header):
        known = next((column.id for column in columns().values() if key_of(words) in column.headers), None)
        if known is None:
            ignored += [words] if words else []
        elif known in places:
            problems.append(Problem(line, known, "column-twice", words))
        else:
            places[known] = place
    missing = [column.id for column in columns().values() if column.needed and column.id not in places]
    if len(missing) == len([column for column in columns().values() if column.needed]):
        return places, ignored, [Problem(line, "", "no-header")]
    problems += [Problem(line, "", "column-missing", id) for id in missing]
    return places, ignored, problems


def _unquoted(cell: str) -> str:
    """Give a cell without the quote that keeps a spreadsheet from reckoning; a lone dash is an empty cell."""
    if cell.startswith("'") and cell[1:].startswith(FORMULA):
        cell = cell[1:]
    return "" if cell in ("-", "–", "—") else cell


def _dangers(line: int, cells: Mapping[str, str]) -> Iterable[Problem]:
    """Find formulas, which are some other cell's value or a program, and cells that hold more than a cell does."""
    for id, cell in cells.items():
        if cell.startswith(FORMULA) and not (id == "phone" and cell.startswith("+")):
            yield Problem(line, id, "formula", cell[:40])
        if len(cell) > CELL_AT_MOST:
            yield Problem(line, id, "too-long", cell[:40])


def order_of(cells: Iterable[str]) -> Order:
    """Give what comes first in the dates of a file that are all numbers: the month, unless one of them cannot.

    >>> order_of(["3/4/2026", "14/9/2026"]), order_of(["3/4/2026", "9/14/2026"]), order_of(["2026-03-04"])
    ('day', 'month', 'month')
    """
    firsts = [int(found[1]) for cell in cells if (found := NUMBERS.fullmatch(cell)) and len(found[1]) < 3]
    return "day" if any(first > 12 for first in firsts) else "month"


def is_either_way(cell: str) -> bool:
    """True for a date whose month and day could change places and give another day.

    >>> is_either_way("3/4/2026"), is_either_way("4/4/2026"), is_either_way("13/4/2026"), is_either_way("2026-03-04")
    (True, False, False, False)
    """
    found = NUMBERS.fullmatch(cell)
    return bool(
        found and len(found[1]) < 3 and found[1] != found[2] and max(int(found[1]), int(found[2])) <= 12
    )


def day_of(cell: str, order: Order = "month") -> date | None:
    """Give the day that a cell names, or None.

    >>> day_of("2026-03-04"), day_of("3/4/2026"), day_of("3/4/2026", "day")
    (datetime.date(2026, 3, 4), datetime.date(2026, 3, 4), datetime.date(2026, 4, 3))
    >>> day_of("4 de marzo de 2026") == day_of("March 4, 2026") == day_of("4-Mar-26") == date(2026, 3, 4)
    True
    >>> day_of("46085"), day_of("31/2/2026"), day_of("soon")
    (datetime.date(2026, 3, 4), None, None)
    """
    cell = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", cell.strip())
    if cell.isascii() and cell.isdigit():
        return (
            EXCEL_DAY_ZERO + timedelta(days=int(cell)) if len(cell) == 5 and int(cell) in EXCEL_DAYS else None
        )
    if found := NUMBERS.fullmatch(cell):
        first, second, third = (int(part) for part in found.groups())
        if len(found[1]) > 2:
            return _day(first, second, third)
        month, day = (second, first) if order == "day" else (first, second)
        return _day(_year(third, len(found[3])), month, day)
    return _day_in_words(cell)


def _day_in_words(cell: str) -> date | None:
    numbers = [(int(digits), len(digits)) for digits in DIGITS.findall(cell) if len(digits) <= 4]
    months = [month for word in WORD.findall(fold(cell)) if (month := _month(word))]
    if len(numbers) != 2 or len(months) != 1:
        return None
    (first, first_size), (second, second_size) = numbers
    year, day = (first, second) if first_size == 4 else (_year(second, second_size), first)
    return _day(year, months[0], day)


def _month(word: str) -> int:
    return next((int(number) for number, names in lists()["months"].items() if word in names), 0)


def _year(number: int, digits: int) -> int:
    return number + 2000 if digits <= 2 else number


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
