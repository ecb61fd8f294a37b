"""Files in, transcripts out: one module a format, all of one shape.

Each module has `SUFFIXES`, `fits(source)` (by content, cheap) and `read(source)`. A module
imports the library that it leans on inside `read`: a visitor with a WebVTT file should not
wait for Word's. Who is who is the subject of `apego.listening.people`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

from apego.listening.formats.source import Source
from apego.listening.transcript import Transcript, TranscriptUnreadable

# The first that fits by content reads; plain text fits everything, so it comes last.
FORMATS = ("vtt", "srt", "chat", "elan", "textgrid", "lena", "whisperx", "word", "table", "text")

LIMIT_MB = 200  # a whole day of talk with the time of every word is under 50 MB

# How files that hold no text begin, and the sentence that says what to do instead.
_SIGNATURES = (
    (b"%PDF", "transcripts.pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "transcripts.old-word"),
    (b"{\\rtf", "transcripts.rich-text"),
    (b"ID3", "transcripts.recording"),
    (b"RIFF", "transcripts.recording"),
    (b"OggS", "transcripts.recording"),
    (b"fLaC", "transcripts.recording"),
    (b"\x1aE\xdf\xa3", "transcripts.recording"),
    (b"\x89PNG", "transcripts.picture"),
    (b"\xff\xd8\xff", "transcripts.picture"),
    (b"GIF8", "transcripts.picture"),
    (b"\x1f\x8b", "transcripts.archive"),
    (b"7z\xbc\xaf", "transcripts.archive"),
    (b"Rar!", "transcripts.archive"),
)
_PACKED = ((b"xl/", "transcripts.spreadsheet"), (b"opendocument.text", "transcripts.open-document"))
_MOVIE = b"ftyp"  # from the fifth byte on: mp4, m4a, mov


class Format(Protocol):
    """What every module of this folder offers."""

    SUFFIXES: tuple[str, ...]

    def fits(self, source: Source) -> bool:
        """Say whether this looks like a file of this format, from its beginning."""

    def read(self, source: Source) -> Transcript:
        """Give what can be read, and say in `repairs` what could not."""


def read(path: Path) -> Transcript:
    """Give the transcript in a file of any format that Apego reads.

    Raises TranscriptUnreadable, with the sentence to show, when nothing can be read:
    no file, a folder, no permission, empty, too large, or not a transcript.
    """
    if path.is_dir():
        raise TranscriptUnreadable("transcripts.folder", path=str(path))
    try:
        with path.open("rb") as file:
            # The size is asked before a byte is read; what has no size (a pipe) is read up to the bound.
            if path.stat().st_size >= LIMIT_MB * 1_000_000:
                raise _too_large(path.name)
            data = file.read(LIMIT_MB * 1_000_000)
    except (FileNotFoundError, NotADirectoryError):
        raise TranscriptUnreadable("transcripts.missing", path=str(path)) from None
    except (OSError, ValueError):  # ValueError: a zero byte in the name
        raise TranscriptUnreadable("transcripts.closed", path=str(path)) from None
    return read_data(data, path.name)


def read_data(data: bytes, name: str) -> Transcript:
    """Give the transcript in the bytes of a file; its name only helps where the content leaves it open.

    >>> visit = read_data("Ana: ¿Cómo les fue?\\nLuz: Bien, gracias.".encode(), "visit.txt")
    >>> visit.speakers
    ('Ana', 'Luz')
    """
    if len(data) >= LIMIT_MB * 1_000_000:
        raise _too_large(name)
    if not data.strip():
        raise TranscriptUnreadable("transcripts.empty", name=name)
    source = Source(name, data)
    transcript = _format_of(source).read(source)
    if not transcript.turns:
        raise TranscriptUnreadable("transcripts.no-turns", name=name)
    return transcript


def format_named(name: str) -> Format:
    """Give a format's module, imported when it is first asked for."""
    return cast(Format, importlib.import_module(f"{__name__}.{name}"))


def _format_of(source: Source) -> Format:
    """Give the first format that fits by content; then the one that the name tells; then plain text."""
    *signed, plain = FORMATS
    found = next((each for each in _modules(signed) if each.fits(source)), None)
    if found is None:
        _refuse_binary(source)
        found = next((each for each in _modules(signed) if source.suffix in each.SUFFIXES), None)
    return found or format_named(plain)


def _modules(names: list[str]) -> Iterator[Format]:
    return (format_named(name) for name in names)


def _refuse_binary(source: Source) -> None:
    data = source.data
    for signature, code in _SIGNATURES:
        if data.startswith(signature):
            raise TranscriptUnreadable(code, name=source.name)
    if data[4:8] == _MOVIE:
        raise TranscriptUnreadable("transcripts.recording", name=source.name)
    if data.startswith(b"PK"):
        code = next((code for inside, code in _PACKED if inside in data), "transcripts.archive")
        raise TranscriptUnreadable(code, name=source.name)
    head = source.head
    # CHAT sets times between signs 0x15; a few control signs are no proof, a zero is.
    controls = sum(sign < " " and sign not in "\t\n\x0b\x0c\x15" for sign in head)
    if "\0" in head or controls * 50 > len(head):
        raise TranscriptUnreadable("transcripts.binary", name=source.name)


def _too_large(name: str) -> TranscriptUnreadable:
    return TranscriptUnreadable("transcripts.too-large", name=name, limit=LIMIT_MB)
