"""A file that opens with a passphrase and with nothing else: what a backup is kept in.

The key is drawn from the passphrase by scrypt. The content is cut into pieces, each sealed with AES-256-GCM
under a nonce of its own that counts the pieces and marks the last one, so that a piece that is missing,
moved, changed or cut off is noticed before its words are used. The first lines of the file are not secret:
what it is, which format, when it was made. They are sealed against change with every piece.
"""

from __future__ import annotations

import io
import json
import secrets
import struct
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"APEGO STRONGBOX 1\n"
PIECE = 1 << 20  # bytes of content in one sealed piece
TAG = 16
COST = 1 << 17  # of scrypt: 128 MB and a third of a second for each passphrase that somebody tries
LONGEST_HEADER = 4096


class NotAStrongbox(Exception):
    """The file is something else, or a strongbox of a later kind."""


class WillNotOpen(Exception):
    """The passphrase is another one, or the file was changed or cut off. There is no telling which."""


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase.encode())


def _nonce(number: int, is_last: bool) -> bytes:
    return struct.pack(">IIIB", 0, 0, number, is_last)[1:]  # the key is new for each file: a count is enough


class Filling(io.RawIOBase):
    """A strongbox that is being filled. It is whole only once it is closed."""

    def __init__(self, file: BinaryIO, passphrase: str, about: Mapping[str, Any]) -> None:
        salt = secrets.token_bytes(16)
        header = {**about, "salt": b64encode(salt).decode(), "cost": COST}
        self._header = MAGIC + json.dumps(header).encode() + b"\n"
        self._sealer = AESGCM(_key(passphrase, salt, COST))
        self._file, self._waiting, self._number = file, bytearray(), 0
        file.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._waiting), is_last=True)
        super().close()

    def _seal(self, content: bytes, *, is_last: bool) -> None:
        sealed = self._sealer.encrypt(_nonce(self._number, is_last), content, self._header)
        self._file.write(sealed)
        self._number += 1


class Opening(io.RawIOBase):
    """A strongbox that is being emptied. Raises WillNotOpen at the first piece that is not as it was."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        about, self._header = _header_of(file)
        try:
            key = _key(passphrase, b64decode(about["salt"]), int(about["cost"]))
        except (KeyError, ValueError, TypeError):
            raise NotAStrongbox from None
        self._opener = AESGCM(key)
        self._file, self._ready, self._number = file, b"", 0
        self._next = file.read(PIECE + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        if not self._ready and self._next:
            self._open()
        count = min(len(into), len(self._ready))
        into[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _open(self) -> None:
        piece, self._next = self._next, self._file.read(PIECE + TAG)
        try:
            self._ready = self._opener.decrypt(_nonce(self._number, not self._next), piece, self._header)
        except InvalidTag:
            raise WillNotOpen from None
        self._number += 1


def about(file: BinaryIO) -> dict[str, Any]:
    """Give what the file says of itself without a passphrase. Raises NotAStrongbox where it is something else."""
    return _header_of(file)[0]


def _header_of(file: BinaryIO) -> tuple[dict[str, Any], bytes]:
    magic = file.readline(len(MAGIC))
    line = file.readline(LONGEST_HEADER)
    try:
        said = json.loads(line) if magic == MAGIC else None
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise NotAStrongbox
    return said, magic + line
