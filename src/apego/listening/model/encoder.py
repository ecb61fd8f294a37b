"""The reader's encoder: a small network over pieces of words, English and Spanish in one.

It reads a turn with the turn before it in one pass, and gives numbers for each piece: what the words do,
and where a sentence ends. What they are worth beside those of the linear heads is the subject of
`apego.listening.model`.
"""

from __future__ import annotations

import os
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
SENDS_NOTHING = ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED")
ERRORS_ONLY = 3  # of what onnxruntime would write to the terminal
STARTS, PADDING, ENDS = 0, 1, 2  # the vocabulary's own signs
EDGES = 2  # around a text's own pieces: where it starts and ends
LONGEST_TEXT = 96  # pieces in a window
LONGEST_BEFORE = 28  # pieces; the end of the turn before is read
BATCH = 700  # pieces read at once, padding counted: where two cores read fastest


@dataclass(frozen=True, slots=True)
class Asked:
    """A text and the turn before it, as the network reads them.

    A long text is read in windows, each with the end of the turn before behind it. `own` has how many
    pieces of each window are the text's (the two signs around them left out), `ends` for each word of
    the text the number of its pieces up to the end of the word.
    """

    windows: tuple[tuple[int, ...], ...]
    own: tuple[int, ...]
    ends: tuple[int, ...]


def asked(pieces: Pieces, words: Sequence[str], before: str = "") -> Asked:
    """Give the words of a text and the turn before them as the network reads them."""
    behind = _joined(pieces.of_text(" ".join(before.split()[-LONGEST_BEFORE:])))[-LONGEST_BEFORE:]
    around = (ENDS, *behind, ENDS) if behind else ()
    stretches: list[list[int]] = [[]]
    ends: list[int] = []
    count = 0
    for word in words:
        own = _joined(pieces.of_text(word))[:LONGEST_TEXT]
        if len(stretches[-1]) + len(own) > LONGEST_TEXT:
            stretches.append([])
        stretches[-1] += own
        count += len(own)
        ends.append(count)
    windows = tuple((STARTS, *stretch, ENDS, *around) for stretch in stretches)
    return Asked(windows, tuple(map(len, stretches)), tuple(ends))


@dataclass(frozen=True)
class Encoder:
    """Pieces of words, and a network that gives for each piece one output a label, and three for ends.

    What a stretch of words gives is the mean of its pieces. The numbers inside are rounded by scales
    that were fixed in training, so a text reads the same alone and among others.
    """

    pieces: Pieces
    network: InferenceSession

    def outputs(self, texts: Sequence[Asked]) -> list[Numbers]:
        """Give the outputs for the pieces of each text, a row a piece.

        First come those of the labels (above zero speaks for one), last those of a word's end: none,
        a stop, a question mark. What stands between them is training's own.
        """
        windows = [window for text in texts for window in text.windows]
        own = [count for text in texts for count in text.own]
        rows: list[Numbers] = [np.empty((0, 0), np.float32)] * len(windows)
        for places in _batches([len(window) for window in windows]):
            longest = len(windows[places[-1]])
            ids = np.full((len(places), longest), PADDING, dtype=np.int64)
            kinds = np.zeros_like(ids)
            for row, place in enumerate(places):
                window = windows[place]
                ids[row, : len(window)] = window
                kinds[row, own[place] + EDGES : len(window)] = 1
            found = self.network.run(["logits"], {"ids": ids, "kinds": kinds})[0]
            for row, place in enumerate(places):
                rows[place] = found[row, 1 : 1 + own[place]]
        ends = np.cumsum([len(text.windows) for text in texts]).tolist()
        return [
            rows[end - 1] if len(text.windows) == 1 else np.concatenate(rows[end - len(text.windows) : end])
            for text, end in zip(texts, ends, strict=True)
        ]


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
    else), and nothing of onnxruntime reports to anybody. Left alone it would: newer builds
    give the machine a number, keep it in the home folder, and send it off with what they did. The
    variables must be set before it is loaded; which one counts depends on its version.
    """
    os.environ.update(dict.fromkeys(SENDS_NOTHING, "1"))
    import onnxruntime  # slow to load, and only here

    onnxruntime.disable_telemetry_events()
    onnxruntime.set_default_logger_severity(ERRORS_ONLY)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
