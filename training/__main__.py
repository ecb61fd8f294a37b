"""Train the reader and write its artefact and card: `./dev train`, or `python -m training`.

With `--smoke` the same steps are gone through with a handful of examples and one step for each network,
into a folder that is thrown away: an hour becomes half a minute, and what comes out knows nothing. With
`--heads` the encoder stays as it is, and the linear heads, thresholds and card are made anew: a minute.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from apego.listening.model import encoder_of, heads_of
from apego.listening.model.encoder import Encoder
from apego.listening.model.heads import Heads
from apego.listening.reader import HeardTurn, Said, hear, turn_of
from benchmark.data import ANNOMI, needed
from training import artefact, card, domains, fitting, linear
from training.arrays import FOLDER
from training.calibration import calibration, held
from training.copies import Names, answered, bare, joined, names
from training.material import LABELS, Example, Material, material
from training.network import Wrapped, all_wrapped, cut_texts
from training.start import Start, start_of

JOINED = 20  # turns of sentences written apart, in a hundred of the corpus's own
JOINED_SEED = 17
FOR_STOPS = 4000  # more such turns, to learn where sentences end
STOPS_SEED = 19
RANGE_SEED = 5
RANGE_TEXTS = (400, 300, 100)  # of the corpus, of AnnoMI, of copies
RANGE_BATCH = 700
FEW = 24  # examples of each part, to try the steps


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on AnnoMI and on the corpus; the test part is not looked at."""
    parser = argparse.ArgumentParser(prog="./dev train", description=__doc__, add_help=True)
    parser.add_argument("--smoke", action="store_true", help="try every step on a handful, and keep nothing")
    parser.add_argument(
        "--heads", action="store_true", help="leave the encoder, and fit what stands beside it"
    )
    chosen = parser.parse_args(arguments)
    if chosen.heads:
        finish(material(needed(ANNOMI)), FOLDER)
        return 0
    if chosen.smoke:
        with tempfile.TemporaryDirectory() as folder:
            train(few(material(needed(ANNOMI))), Path(folder), steps=1)
        return 0
    train(material(needed(ANNOMI)), FOLDER)
    domains.main()
    return 0


def train(of: Material, folder: Path, steps: int | None = None) -> None:
    """Go through all steps and write artefact and card into a folder; `steps` cuts every fitting short."""
    began = time.perf_counter()
    teacher, student, distilled, stopped = (
        replace(recipe, steps=steps or recipe.steps)
        for recipe in (fitting.TEACHER, fitting.STUDENT, fitting.DISTILLED, fitting.STOPPED)
    )
    known, fed = _names(of), _fed(of)
    start = start_of()
    cut, lower = start.cut(), start.first(fitting.LAYERS)
    texts = fitting.texts(fed, cut, known)
    print(f"{len(fed.trained_on):,} examples; {len(start.pieces):,} pieces; {len(known.known)} names")
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as both:
        print("Side by side: the teacher of twelve layers, and the student by the labels.", flush=True)
        taught = both.submit(fitting.repeatable, 1, fitting.taught, start, texts, teacher)
        made = both.submit(fitting.repeatable, 1, fitting.fitted, lower, fed, cut, known, student)
        (_, answers), network = taught.result(), made.result()
    print("The student, by the teacher's answers too:", flush=True)
    network = fitting.repeatable(2, fitting.distilled, network, texts, answers, distilled)
    print("And where sentences end:", flush=True)
    more = joined(of.home, min(FOR_STOPS, 2 * len(of.home)), STOPS_SEED)
    turns = (*fed.trained_on, *more, *answered(fed.trained_on))
    network = fitting.repeatable(2, fitting.stopped, network, turns, cut, stopped)
    artefact.write_network(network, start, cut_texts(_for_ranges(start, known, of), RANGE_BATCH), folder)
    print(f"The linear heads, after {time.perf_counter() - began:.0f} s.", flush=True)
    finish(of, folder)
    print(f"Written into {folder} after {time.perf_counter() - began:.0f} s.")


def finish(of: Material, folder: Path) -> None:
    """Fit the linear heads, calibrate them beside the encoder that stands in the folder, and write the card."""
    stored = artefact.packed(linear.fitted(_fed(of).trained_on, _names(of)))
    chosen = [*of.calibration, *bare(of.calibration)]
    found = calibration(heard(heads_of(stored), encoder_of(folder), chosen), held(chosen))
    artefact.write(stored, found, folder)
    card.write(of, found, folder)
    print(f"  the encoder counts {found.of_encoder:.2f}, the heads {found.of_heads:.2f}")
    for label, threshold, sure in zip(LABELS, found.threshold, found.sure, strict=True):
        print(f"  {label:16} said from {threshold:.2f}, shown from {sure:.2f}")


def heard(heads: Heads, encoder: Encoder, examples: Sequence[Example]) -> list[HeardTurn]:
    """Give what heads and encoder make of each example, as the product asks them."""
    return hear(heads, encoder, [turn_of(Said(each.text, before=each.before)) for each in examples])


def _fed(of: Material) -> Material:
    """Give the material with turns of sentences that were written apart."""
    return replace(of, home=(*of.home, *joined(of.home, JOINED * len(of.home) // 100, JOINED_SEED)))


def _names(of: Material) -> Names:
    return names([*of.home, *of.calibration])


def _for_ranges(start: Start, known: Names, of: Material) -> list[Wrapped]:
    """Give texts of all kinds that are trained on, to see what numbers come into each product."""
    chance = random.Random(RANGE_SEED)  # noqa: S311
    home, counselling, copied = (
        min(count, len(some))
        for count, some in zip(RANGE_TEXTS, (of.home, of.counselling, of.home), strict=True)
    )
    chosen = chance.sample(of.home, home) + chance.sample(of.counselling, counselling)
    copies = [known.copy(example, chance) for example in chance.sample(of.home, copied)]
    return all_wrapped(start.cut(), chosen + copies)


def few(of: Material) -> Material:
    """Give a handful of each part, to try the steps."""
    return Material(
        of.home[:FEW],
        of.counselling[:FEW],
        of.calibration[:FEW],
        of.home_test[:FEW],
        of.counselling_test[:FEW],
    )


if __name__ == "__main__":
    sys.exit(main())
