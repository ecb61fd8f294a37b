"""Train the reader and write its artefact and card: `./dev train`, or `python -m training`."""

from __future__ import annotations

import sys
import time

from benchmark.data import ANNOMI, needed
from training import artefact, card
from training.fitting import calibration, copies, counted, heads, held_in, model
from training.material import annomi, corpus, part_of


def main() -> int:
    """Train on AnnoMI and on the training part of the corpus; the test part is never looked at."""
    began = time.perf_counter()
    sentences = corpus()
    examples = [*annomi(needed(ANNOMI)), *(each for each in sentences if part_of(each.group) == "train")]
    print(f"{len(examples)} examples to train on; {len(sentences)} sentences in the corpus.")
    known = [counted(example) for example in examples]
    copied = [counted(example) for example in copies(examples)]
    calibrated = calibration(examples, held_in(examples, known, copied))
    trained = model(heads(examples, known, copied), calibrated)
    artefact.write(trained)
    card.write(examples, sentences, trained)
    size = artefact.ARTEFACT.stat().st_size
    print(f"{artefact.ARTEFACT.name}: {size / 1e6:.1f} MB, in {time.perf_counter() - began:.0f} s.")
    for label, threshold in zip(trained.labels, trained.threshold, strict=True):
        print(f"  {label:16} said from {threshold:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
