"""Word documents: paragraphs as typed, or the table that many transcription services make.

The paragraphs are read as `text` reads lines, the rows as `table` reads rows. Only the main
part of the document is unpacked, and how large it says it is stands before that.

Own code, since python-docx leaves out what a correction put in or a form's field holds, without
a word about it, and refuses documents with macros.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from apego.listening.formats import text
from apego.listening.formats.source import Source, without_entities
from apego.listening.formats.table import Columns, Row, columns_of, of_rows
from apego.listening.formats.times import RANGE
from apego.listening.transcript import Repair, Transcript, TranscriptUnreadable

if TYPE_CHECKING:
    from zipfile import ZipFile

SUFFIXES = (".docx", ".docm", ".dotx")

UNPACKED_LIMIT_MB = 60  # of the part with the words; an hour of talk is under one
_PACKED = b"PK\x03\x04"
_INSIDE = b"word/"
_RELATIONS, _USUAL_PART = "_rels/.rels", "word/document.xml"
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_TARGET = re.compile(r"\sTarget\s*=\s*[\"']([^\"']*)[\"']")
_OFFICE_DOCUMENT = "/relationships/officeDocument"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
# Struck out by a correction, said twice for older programs, or a field's instruction.
_LEFT_OUT = {"del", "moveFrom", "instrText", "Fallback"}
_TIME = re.compile(rf"\W*{RANGE}\W*\Z")


def fits(source: Source) -> bool:
    """True of a packed folder in which something is called word."""
    return source.data.startswith(_PACKED) and _INSIDE in source.data


def read(source: Source) -> Transcript:
    """Give the transcript in a Word document; where most words stand in tables, the tables' rows.

    Lines are counted in paragraphs. Raises TranscriptUnreadable when the document is broken, or
    would unpack to more than a computer should be asked for.
    """
    lines: list[str] = []
    rows: list[Row] = []
    body, is_whole = _body(source)
    _walk(body, lines, rows)
    repairs = [] if is_whole else [Repair(1, "transcripts.repair-document-damaged")]
    if sum(len(cell) for row in rows for cell in row.cells) <= sum(map(len, lines)):
        if rows:
            part = (("count", len(rows)),)
            repairs.append(Repair(rows[0].line, "transcripts.repair-rows-not-read", part))
        return text.of_lines(lines, source.name, repairs)
    passed = sum(bool(line.strip()) for line in lines)
    if passed:
        repairs.append(Repair(1, "transcripts.repair-paragraphs-not-read", (("count", passed),)))
    columns, rows = _columns(rows)
    if columns is None:
        # One column, or no column of words to be seen: each row is a line of talk.
        joined = ["\t".join(cell for cell in row.cells if cell) for row in rows]
        return text.of_lines(joined, source.name, repairs)
    return of_rows(rows, columns, source.name, repairs)


def _body(source: Source) -> tuple[Any, bool]:
    """Give the root element of the part that holds the words, and whether nothing in it was damaged."""
    # Only a Word file should wait for these.
    import zipfile

    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            main = Source(source.name, _unpacked(packed, _main_part(packed, source), source))
        without_entities(main)
        root = etree.fromstring(main.data, parser)
    except TranscriptUnreadable:
        raise
    except Exception:  # a broken package fails in as many ways as it has bytes
        root = None
    if root is None:
        raise TranscriptUnreadable("transcripts.word-broken", name=source.name)
    return root, not parser.error_log.filter_from_errors()


def _main_part(packed: ZipFile, source: Source) -> str:
    """Give the name of the part with the words, from the package's list of what it is made of."""
    if _RELATIONS in packed.namelist():
        listed, _ = Source(_RELATIONS, _unpacked(packed, _RELATIONS, source)).text()
        for relation in _RELATION.findall(listed):
            target = _TARGET.search(relation)
            if target and _OFFICE_DOCUMENT in relation:
                return target[1].lstrip("/")
    return _USUAL_PART


def _unpacked(packed: ZipFile, name: str, source: Source) -> bytes:
    """Unpack a part. Unpacking stops at the size that is said, so that it cannot lie."""
    if packed.getinfo(name).file_size > UNPACKED_LIMIT_MB * 1_000_000:
        raise TranscriptUnreadable("transcripts.zip-too-large", name=source.name, limit=UNPACKED_LIMIT_MB)
    return packed.read(name)


def _walk(element: Any, lines: list[str], rows: list[Row]) -> None:
    """Go through the document in its order, and gather paragraphs and the rows of tables."""
    for child in element:
        kind = _kind(child)
        if kind == "p":
            lines += _words(child).split("\n")
        elif kind == "tbl":
            for row in _own(child, "tr", within="tbl"):
                cells = [" ".join(_words(cell).split()) for cell in _own(row, "tc", within="tr")]
                rows.append(Row(len(lines) + len(rows) + 1, cells))
        elif kind not in _LEFT_OUT:
            _walk(child, lines, rows)


def _own(element: Any, kind: str, within: str) -> Iterator[Any]:
    """Give the parts of one kind, without those of a table inside the table."""
    for part in element.iter(f"{{*}}{kind}"):
        if next(part.iterancestors(f"{{*}}{within}")) is element:
            yield part


def _words(element: Any) -> str:
    return "".join(_runs(element))


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        kind = _kind(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _BREAKS:
            yield _BREAKS[kind]
        elif kind not in _LEFT_OUT:
            yield from _runs(child)
            if kind == "p":
                yield "\n"


def _kind(element: Any) -> str:
    """Give an element's name without its namespace; a comment has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _columns(rows: list[Row]) -> tuple[Columns | None, list[Row]]:
    """Give the columns of a table and the rows under its heading, or what the cells themselves tell.

    Without a heading the longest column holds the words, a column of times the start, and a
    column of short cells that come back the names.
    """
    for number, row in enumerate(rows[:5]):
        columns = columns_of(row.cells)
        if columns and len(columns.at) > 1:
            return columns, rows[number + 1 :]
    width = max((len(row.cells) for row in rows), default=0)
    if width < 2:
        return None, rows
    by_column = [
        [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]] for at in range(width)
    ]
    at = {"text": max(range(width), key=lambda column: sum(map(len, by_column[column])))}
    for column, cells in enumerate(by_column):
        if not cells or column == at["text"]:
            continue
        if sum(bool(_TIME.match(cell)) for cell in cells) * 2 > len(cells):
            at.setdefault("end" if "start" in at else "start", column)
        elif max(map(len, cells)) <= 48 and not all(cell.isdigit() for cell in cells):
            at.setdefault("speaker", column)
    return (Columns(at, ("",) * width), rows) if len(at) > 1 else (None, rows)
