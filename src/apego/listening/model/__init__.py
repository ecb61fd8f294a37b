"""The trained reader: linear heads and a small encoder, heard together.

`reader.npz`, `encoder.onnx` and `pieces.txt` are written by `./dev train` together with
`card.md`, which says what they were trained on and how well they do. Which texts are asked
about, and what the answers are used for, is the subject of `apego.listening.reader`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from apego.listening.model.encoder import Encoder, session
from apego.listening.model.heads import BLOCKS, Block, Heads
from apego.listening.pieces import Pieces

Numbers = npt.NDArray[np.float32]

STORED, NETWORK, PIECES = "reader.npz", "encoder.onnx", "pieces.txt"
FILES = (STORED, NETWORK, PIECES)
_LOADING = Lock()


@dataclass(frozen=True, slots=True)
class Calibration:
    """What two sums are worth together, and the probability that belongs to it.

    `of_encoder` and `of_heads` weigh the two; the `offset` of each label makes a probability of
    what they add up to. From `threshold` on a label is said, from `sure` on it is shown to a person.
    """

    of_encoder: np.float32
    of_heads: np.float32
    offset: Numbers
    threshold: Numbers
    sure: Numbers

    def joined(self, outputs: Numbers, sums: Numbers) -> Numbers:
        """Give what the encoder's outputs and the heads' sums add up to; training's outputs are left."""
        both: Numbers = self.of_encoder * outputs[..., : sums.shape[-1]] + self.of_heads * sums
        return both

    def probabilities(self, joined: Numbers) -> Numbers:
        """Give the calibrated probability for each label."""
        straight = np.clip(joined + self.offset, -30, 30)
        chances: Numbers = (1 / (1 + np.exp(-straight))).astype(np.float32)
        return chances


@dataclass(frozen=True, slots=True)
class Model:
    """Two readers of the same labels, and what is made of both: the heads know why, the encoder knows more."""

    labels: tuple[str, ...]
    heads: Heads
    encoder: Encoder
    calibration: Calibration


def load() -> Model:
    """Give the reader that ships with Apego. Kept after the first loading, which others wait for."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Model:
    folder = resources.files(__package__)
    with folder.joinpath(STORED).open("rb") as file, np.load(file, allow_pickle=False) as stored:
        of_encoder, of_heads = stored["worth"]
        chosen = (stored[name] for name in ("offset", "threshold", "sure"))
        labels = tuple(str(label) for label in stored["labels"])
        return Model(labels, heads_of(stored), encoder_of(folder), Calibration(of_encoder, of_heads, *chosen))


def encoder_of(folder: Traversable) -> Encoder:
    """Give the encoder that lies in a folder."""
    listed = folder.joinpath(PIECES).read_text(encoding="utf-8")
    lines = listed.split("\n")  # a piece may be a line separator of another kind
    scored = (line.rsplit("\t", 1) for line in lines if line)
    pieces = Pieces((piece, float(score)) for piece, score in scored)
    return Encoder(pieces, session(folder.joinpath(NETWORK).read_bytes()))


def heads_of(stored: Mapping[str, npt.NDArray[Any]]) -> Heads:
    """Give the heads from their stored arrays: see `packed` in training/artefact.py."""
    blocks = {}
    for name in BLOCKS:
        keys = bytes(stored[f"{name}.keys"]).decode().split("\n")
        rarity = stored[f"{name}.rarity"].astype(np.float32)
        weights = stored[f"{name}.weights"].astype(np.float32) * stored[f"{name}.scale"] * rarity[:, None]
        blocks[name] = Block({key: row for row, key in enumerate(keys)}, rarity, weights)
    return Heads(blocks, stored["intercept"])
