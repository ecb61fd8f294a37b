"""What makes a probability of the two readers' sums, and from which probability on a label is said or shown.

All is chosen on families of the corpus that neither was fitted to, each sentence as written and without
punctuation and capitals; the test part is never looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from apego.listening.model import Calibration
from apego.listening.reader import HeardTurn, strongest
from training.material import LABELS, Example

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SURE = ("judge", "advise", "interpret", "credit", "link_progress")
SHOWN_RIGHT = 0.80  # of what is shown, on families that were not fitted to
SURE_RIGHT = 0.90  # of these five: a mistake would wrong somebody, or praise for nothing
PROMISED = 0.05  # below that, at most, may be what the probabilities themselves promise
FEWEST = 10  # sentences that a threshold must rest on
NEVER = 0.95  # where no threshold holds
LEAST_SHOWN = 0.6  # nothing is shown below it

USUAL_THRESHOLD = 0.38  # thresholds are drawn half-way to it: they rest on few sentences too
TIED = 8.0  # how strongly a label's offset is drawn to the offset of all
WAYS = 2  # in which each sentence is written
ROUNDS = 50


def held(examples: Sequence[Example]) -> Flags:
    """Give which label holds, a row an example."""
    return np.array([[example.labels[label] for label in LABELS] for example in examples])


def calibration(heard: Sequence[HeardTurn], holds: Flags) -> Calibration:
    """Fit what each reader is worth and the offsets, then choose the thresholds."""
    count = len(LABELS)
    whole = [
        np.stack([each.outputs[-1, :count] for each in heard]).astype(np.float64),
        np.stack([each.sums[-1] for each in heard]).astype(np.float64),
    ]
    worth, _ = line(whole, holds)
    turns = [strongest(_single(worth[0] * each.outputs[:, :count] + worth[1] * each.sums)) for each in heard]
    slope, offset = line([np.stack(turns).astype(np.float64)], holds)
    found = Calibration(
        np.float32(worth[0] * slope[0]),
        np.float32(worth[1] * slope[0]),
        _single(offset),
        np.zeros(count, np.float32),
        np.zeros(count, np.float32),
    )
    chances = found.probabilities(_single(slope[0] * np.stack(turns)))
    for column, label in enumerate(LABELS):
        own, known = chances[:, column], holds[:, column]
        found.threshold[column] = likely_threshold(own, known)
        shown = sure_threshold(own, known, SURE_RIGHT if label in SURE else SHOWN_RIGHT)
        found.sure[column] = max(shown, found.threshold[column])
    return found


def line(parts: Sequence[Floats], holds: Flags) -> tuple[Floats, Floats]:
    """Give one weight for each part and an offset for each label, by Newton's method.

    Platt scaling with the offsets tied: a slope a label followed the few sentences of that label more
    than it followed its truth.

        >>> outputs = np.array([[-1.0], [1.0], [-1.0], [1.0]] * 50)
        >>> weights, offset = line([outputs], np.array([[False], [True], [True], [False]] * 50))
        >>> bool(abs(weights[0]) < 0.01), bool(abs(offset[0]) < 0.01)
        (True, True)
    """
    count, labels = len(parts), holds.shape[1]
    at = np.r_[np.full(count, 1 / count), np.zeros(labels)]
    tie = TIED * (np.eye(labels) - 1 / labels)
    for _ in range(ROUNDS):
        straight = sum(weight * part for weight, part in zip(at, parts, strict=False)) + at[count:]
        chances = 1 / (1 + np.exp(-straight))
        off, bend = (chances - holds) / WAYS, chances * (1 - chances) / WAYS
        down = np.r_[[(off * part).sum() for part in parts], off.sum(0) + tie @ at[count:]]
        curve = np.zeros((count + labels, count + labels))
        for row, part in enumerate(parts):
            curve[row, :count] = [(bend * part * other).sum() for other in parts]
            curve[row, count:] = curve[count:, row] = (bend * part).sum(0)
        curve[count:, count:] = np.diag(bend.sum(0)) + tie
        step = np.linalg.solve(curve + 1e-9 * np.eye(count + labels), down)
        at = at - step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-8:
            break
    return at[:count], at[count:]


def likely_threshold(chances: npt.NDArray[np.float32], holds: Flags) -> float:
    """Give the threshold half-way between the best for F1 and the usual.

    >>> likely_threshold(np.array([0.1, 0.4, 0.6, 0.9]), np.array([False, False, True, True]))
    0.39
    """
    choices = np.arange(0.20, 0.70, 0.01)
    best = float(max(choices, key=lambda choice: (f1(chances >= choice, holds), -choice)))
    return round((best + USUAL_THRESHOLD) / 2, 2)


def sure_threshold(chances: npt.NDArray[np.float32], holds: Flags, right: float = SURE_RIGHT) -> float:
    """Give the lowest threshold from which on what is said is right often enough, counted and promised.

    >>> sure_threshold(np.array([0.3] * 5 + [0.9] * 10), np.array([False] * 5 + [True] * 10))
    0.6

    Where too little is known to promise that, it is so high that the label is hardly ever said.

        >>> sure_threshold(np.array([0.6, 0.9]), np.array([False, True]))
        0.95
    """
    for choice in np.arange(LEAST_SHOWN, NEVER, 0.01):
        said = chances >= choice
        if said.sum() < FEWEST:
            break
        if holds[said].mean() >= right and chances[said].mean() >= right - PROMISED:
            return round(float(choice), 2)
    return NEVER


def f1(said: Flags, holds: Flags) -> float:
    """Give F1; of nothing said and nothing there, zero."""
    return 2 * int((said & holds).sum()) / max(int(said.sum()) + int(holds.sum()), 1)


def _single(numbers: Floats | npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.asarray(numbers, dtype=np.float32)
