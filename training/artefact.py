"""The artefact of the reader: the heads and the calibration as arrays, the network as ONNX, its pieces.

All of it without pickle, and small: a weight is one byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx

from apego.listening.model import NETWORK, PIECES, STORED, Calibration
from apego.listening.model.heads import Heads
from training.arrays import STEPS, write_arrays
from training.graph import graph, ranges
from training.material import LABELS
from training.network import Batch, Network
from training.start import Start

CARD = "card.md"
Array = npt.NDArray[np.generic]


def write_network(made: Network, start: Start, texts: Iterable[Batch], folder: Path) -> None:
    """Write the network and its pieces; the texts show what numbers come into each product."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (f"{piece}\t{score:.4f}" for piece, score in zip(start.pieces, start.scores, strict=True))
    (folder / PIECES).write_text("\n".join(lines), encoding="utf-8", newline="\n")
    onnx.save(graph(made, ranges(made, texts)), str(folder / NETWORK))


def packed(heads: Heads) -> dict[str, Array]:
    """Give the heads as they are stored. A weight is one byte: the label's largest is 127 steps."""
    arrays: dict[str, Array] = {"labels": np.array(LABELS), "intercept": heads.intercept}
    for name, block in heads.blocks.items():
        weights = block.weights / block.rarity[:, None]
        scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / STEPS
        keys = "\n".join(block.rows)
        arrays[f"{name}.keys"] = np.frombuffer(keys.encode(), dtype=np.uint8)
        arrays[f"{name}.rarity"] = block.rarity.astype(np.float16)
        arrays[f"{name}.weights"] = np.round(weights / scale).astype(np.int8)
        arrays[f"{name}.scale"] = scale.astype(np.float32)
    return arrays


def write(heads: Mapping[str, Array], calibration: Calibration, folder: Path) -> None:
    """Write heads and calibration; the same give the same bytes."""
    worth = np.array([calibration.of_encoder, calibration.of_heads], dtype=np.float32)
    chosen = {name: getattr(calibration, name) for name in ("offset", "threshold", "sure")}
    write_arrays({**heads, "worth": worth, **chosen}, folder / STORED)
