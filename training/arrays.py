"""Where the artefacts lie, and arrays written into them: without pickle, and the same give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).resolve().parent.parent / "src" / "apego" / "listening" / "model"
STEPS = 127  # of a weight in one byte
UNIX = 3  # as if written there, wherever it is written


def write_arrays(arrays: Mapping[str, npt.NDArray[np.generic]], path: Path) -> None:
    """Write arrays as an .npz that numpy reads without pickle."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            data = io.BytesIO()
            np.lib.format.write_array(data, np.ascontiguousarray(array), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", (2026, 1, 1, 0, 0, 0))
            entry.create_system = UNIX
            archive.writestr(entry, data.getvalue(), zipfile.ZIP_DEFLATED)
