"""Examples read by the artefact that ships, and how right it was: for the benches of the reader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from apego.listening.reader import Reading, Said, read_all
from training.material import Example

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def readings_of(told: Sequence[Example]) -> list[Reading]:
    """Give what the artefact that ships makes of each example."""
    return read_all(map(said_of, told))


def said_of(example: Example) -> Said:
    """Give an example as a visitor says it."""
    return Said(example.text, before=example.before)


def precision_recall_f1(said: Flags, holds: Flags) -> tuple[float, float, float]:
    """Give precision, recall and F1; what is never said has precision zero here."""
    both = int((said & holds).sum())
    precision, recall = both / max(int(said.sum()), 1), both / max(int(holds.sum()), 1)
    return precision, recall, 2 * both / max(int(said.sum() + holds.sum()), 1)
