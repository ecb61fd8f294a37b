"""The reader's encoder: a small network over pieces of words, English and Spanish in one.

It gives a number for each label of a text with the turn before it. What the numbers are
worth beside those of the linear heads is the subject of `apego.listening.model`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from apego.listening.pieces import Pieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Numbers = npt.NDArray[np.float32]

THREADS = 2
ERRORS_ONLY = 3  # of what onnxruntime would write to the terminal
STARTS, PADDING, ENDS = 0, 1, 2  # the vocabulary's own signs
LONGEST_TEXT = 96  # pieces; of a longer text the first and the last half are read
LONGEST_BEFORE = 28  # pieces; the end of the turn before is read
BATCH = 700  # pieces read at once, padding counted: where two cores read fastest


@dataclass(frozen=True, slots=True)
class Asked:
    """A text and the turn before it, in pieces: the first `own` are the text's, the rest the turn's."""

    pieces: tuple[int, ...]
    own: int


@dataclass(frozen=True)
class Encoder:
    """Pieces of words, and a network with one output a label (training's own outputs stand behind them).

    The numbers inside are rounded by scales that were fixed in training, so a text reads the
    same alone and among others.
    """

    pieces: Pieces
    network: InferenceSession

    def asked(self, text: str, before: str = "") -> Asked:
        """Give a text and the turn before it as the network reads them."""
        words = text.split()
        if len(words) > 2 * LONGEST_TEXT:  # a word is one piece at least
            words = words[:LONGEST_TEXT] + words[-LONGEST_TEXT:]
        own = _joined(self.pieces.of_text(" ".join(words)))
        if len(own) > LONGEST_TEXT:
            own = own[: LONGEST_TEXT // 2] + own[-LONGEST_TEXT // 2 :]
        read = [STARTS, *own, ENDS]
        behind = _joined(self.pieces.of_text(" ".join(before.split()[-LONGEST_BEFORE:])))[-LONGEST_BEFORE:]
        if behind:
            read += [ENDS, *behind, ENDS]
        return Asked(tuple(read), len(own) + 2)

    def outputs(self, asked: Sequence[Asked]) -> Numbers:
        """Give the outputs for each text, a row a text: above zero speaks for a label."""
        rows: list[Numbers] = [np.empty(0, np.float32)] * len(asked)
        for places in _batches([len(each.pieces) for each in asked]):
            longest = len(asked[places[-1]].pieces)
            ids = np.full((len(places), longest), PADDING, dtype=np.int64)
            kinds = np.zeros_like(ids)
            for row, place in enumerate(places):
                each = asked[place]
                ids[row, : len(each.pieces)] = each.pieces
                kinds[row, each.own : len(each.pieces)] = 1
            found = self.network.run(["logits"], {"ids": ids, "kinds": kinds})[0]
            for place, outputs in zip(places, found, strict=True):
                rows[place] = outputs
        return np.stack(rows) if rows else np.empty((0, 0), np.float32)


def _joined(words: Iterable[Sequence[int]]) -> list[int]:
    return [piece for word in words for piece in word]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Give the places of texts of like length together, the longest of each batch last."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place]):
        if batch and (len(batch) + 1) * lengths[place] > BATCH:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def session(network: bytes) -> InferenceSession:
    """Give a network ready to run on the processor.

    Its threads sleep while they wait (spinning takes a laptop's second core from everything
    else), and nothing of onnxruntime reports to anybody: its Windows build would.
    """
    import onnxruntime  # slow to load, and only here

    onnxruntime.disable_telemetry_events()
    onnxruntime.set_default_logger_severity(ERRORS_ONLY)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
