"""The artefact of the reader: its arrays, small and without pickle."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from apego.listening.model import Model

FOLDER = Path(__file__).resolve().parent.parent / "src" / "apego" / "listening" / "model"
ARTEFACT = FOLDER / "reader.npz"
CARD = FOLDER / "card.md"
STEPS = 127  # of a weight in one byte


def packed(model: Model) -> dict[str, npt.NDArray[np.generic]]:
    """Give the arrays to store. A weight is one byte: the label's largest is 127 steps."""
    arrays: dict[str, npt.NDArray[np.generic]] = {"labels": np.array(model.labels)}
    for name, block in model.blocks.items():
        rarity = np.sqrt(block.rarity)
        weights = block.weights / rarity[:, None]
        scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / STEPS
        keys = "\n".join(block.rows)
        arrays[f"{name}.keys"] = np.frombuffer(keys.encode(), dtype=np.uint8)
        arrays[f"{name}.rarity"] = rarity.astype(np.float16)
        arrays[f"{name}.weights"] = np.round(weights / scale).astype(np.int8)
        arrays[f"{name}.scale"] = scale.astype(np.float32)
    for name in ("intercept", "slope", "offset", "threshold", "sure"):
        arrays[name] = getattr(model, name)
    return arrays


def write(model: Model, path: Path = ARTEFACT) -> None:
    """Write the artefact; the same model gives the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in packed(model).items():
            data = io.BytesIO()
            np.lib.format.write_array(data, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (2026, 1, 1, 0, 0, 0)), data.getvalue(), zipfile.ZIP_DEFLATED
            )
