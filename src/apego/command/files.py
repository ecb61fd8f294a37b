"""Files in and out: which are transcripts, and writing the whole of a file or none of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from apego.command.wording import say
from apego.listening import formats
from apego.listening.transcript import Transcript


def opened(file: Path) -> Transcript:
    """Give the transcript in a file, or on standard input for "-"."""
    if str(file) == "-":
        return formats.read_data(sys.stdin.buffer.read(), "-")
    return formats.read(file)


def transcripts_in(files: Iterable[Path]) -> list[Path]:
    """Give the files named and, of folders, every file with a transcript's ending that is not hidden."""
    known = {suffix for name in formats.FORMATS for suffix in formats.format_named(name).SUFFIXES}
    found: list[Path] = []
    for file in files:
        found += _inside(file, known) if file.is_dir() else [file]
    return list(dict.fromkeys(found))


def _inside(folder: Path, known: set[str]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in known and path.is_file() and not hidden:
            yield path


def write(path: Path, text: str) -> None:
    """Write the whole file or none of it."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as fault:
        why = fault.strerror or type(fault).__name__
        raise click.ClickException(say("command.cannot-write", path=str(path), why=why)) from None
