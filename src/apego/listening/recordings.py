"""Recordings of a lesson's scene: whether a file is what its name says, and whether it starts at once.

Only the first bytes and the table of a file's boxes are read, never the recording itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

SIGNS = {
    ".mp4": (4, (b"ftyp",)),
    ".m4a": (4, (b"ftyp",)),
    ".webm": (0, (b"\x1aE\xdf\xa3",)),
    ".ogg": (0, (b"OggS",)),
    ".mp3": (0, (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")),
}
MOST_BOXES = 1_000


def is_what_it_says(path: Path) -> bool:
    """True when the file begins as its ending says. An ending that is not known is not what it says."""
    at, signs = SIGNS.get(path.suffix, (0, ()))
    with path.open("rb") as file:
        head = file.read(16)
    return any(head.startswith(sign, at) for sign in signs)


def starts_late(path: Path) -> bool:
    """True of an .mp4 or .m4a whose table of contents (`moov`) stands behind its pictures (`mdat`).

    A browser must then fetch the end of the file before it can show the beginning.
    """
    if path.suffix not in (".mp4", ".m4a"):
        return False
    with path.open("rb") as file:
        for _ in range(MOST_BOXES):
            kind = _next_box(file)
            if kind in (b"moov", b"mdat", b""):
                return kind == b"mdat"
    return False


def _next_box(file: BinaryIO) -> bytes:
    """Give the kind of the box here and go to its end; nothing at the end of the file."""
    head = file.read(8)
    if len(head) < 8:
        return b""
    size, kind = int.from_bytes(head[:4], "big"), head[4:]
    if size == 1:  # the size stands in the next eight bytes
        size = int.from_bytes(file.read(8), "big") - 8
    if size < 8:  # 0: up to the end of the file
        file.seek(0, 2)
    else:
        file.seek(size - 8, 1)
    return kind
