"""How well the sentence reader does, and how fast: `./dev bench reader`, or one part of it by name.

Parts: home, content, annomi, leak, speed. `home` reads the test part of the corpus with the artefact
that ships, `content` the examples that stand in the product itself, which others wrote. `annomi` and
`leak` train anew, as `./dev train` does, five times each, and need scikit-learn and the data; `leak`
shows what the same reader would score under the split of a published figure.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib import resources

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from apego.listening import model as trained
from apego.listening.reader import Reading, Said, read_all
from apego.practice.content import LANGUAGES
from apego.practice.examples import examples
from apego.practice.labels import labels
from apego.practice.practices import practices
from benchmark.data import ANNOMI, needed
from training.fitting import (
    SEED,
    SURE,
    Calibration,
    calibration,
    chosen,
    copies,
    counted,
    heads,
    unpunctuated,
)
from training.fitting import (
    sums as read_by,
)
from training.material import BEHAVIOURS, LABELS, Example, annomi, corpus, folds, part_of

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FOLDS = 5


def main(arguments: Sequence[str]) -> int:
    """Run the parts that are named, or all."""
    parts: dict[str, Callable[[], None]] = {
        "home": home,
        "content": content,
        "annomi": of_annomi,
        "leak": leak,
        "speed": speed,
    }
    unknown = set(arguments) - set(parts)
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}. There are: {', '.join(parts)}.")
        return 2
    for name in arguments or parts:
        parts[name]()
        print()
    return 0


# ---- the corpus ------------------------------------------------------------


def home() -> None:
    """Read the test part of the corpus with the artefact that ships."""
    tested = [each for each in corpus() if part_of(each.group) == "test"]
    print(f"Home visiting: {len(tested)} sentences of the corpus's test part, the artefact as shipped")
    readings = _readings(tested)
    whole = _print_labels(tested, readings)
    _print_hard(tested, readings)
    _print_calibration(tested, readings)
    plain = _readings(
        [replace(each, text=unpunctuated(each.text), before=unpunctuated(each.before)) for each in tested]
    )
    everything = np.ones(len(tested), dtype=bool)
    bare = np.mean([_score(tested, plain, label, everything)[3] for label in LABELS])
    print(f"Small letters, no punctuation: macro-F1 {bare:.3f} (as written {whole:.3f})")


def content() -> None:
    """Read the product's own examples: of labels, of what stands close by, of the practices."""
    shown = [each for label in labels().values() for each in label.examples]
    near = [miss.example for label in labels().values() for miss in label.near_misses]
    of_practices = [each for practice in practices() for each in examples(practice)]
    told = list({each.said.en: each for each in (*shown, *near, *of_practices)}.values())
    tested = [
        Example(
            text=each.said[language],
            before=each.before[language] if each.before else "",
            labels={label: label in each.labels for label in LABELS},
            source="corpus",
            group="content",
            language=language,
        )
        for each in told
        for language in LANGUAGES
    ]
    print(f"The product's own examples, never trained on: {len(tested)} sentences")
    _print_labels(tested, _readings(tested))


def _print_labels(tested: Sequence[Example], readings: Sequence[Reading]) -> float:
    """Print precision, recall and F1 of each label and language; give the macro-F1 of all."""
    print(f"{'label':16}" + "".join(f"{kind:>30}" for kind in ("English", "Spanish", "all")))
    print(" " * 16 + f"{'n':>9}{'P':>7}{'R':>7}{'F1':>7}" * 3)
    kinds = [_of_language(tested, "en"), _of_language(tested, "es"), np.ones(len(tested), dtype=bool)]
    scores = {label: [_score(tested, readings, label, kind) for kind in kinds] for label in LABELS}
    for label, of in scores.items():
        mark = "*" if label in SURE else " "
        print(f"{label:15}{mark}" + "".join(f"{n:9d}{p:7.2f}{r:7.2f}{f:7.2f}" for n, p, r, f in of))
    means = [float(np.mean([of[kind][3] for of in scores.values()])) for kind in range(3)]
    print(f"{'macro-F1':16}" + "".join(f"{mean:30.3f}" for mean in means))
    _print_sure(tested, readings, kinds)
    return means[2]


def _print_sure(tested: Sequence[Example], readings: Sequence[Reading], kinds: Sequence[Flags]) -> None:
    """Print precision and recall of what is shown to a person (`sure`), for the labels marked with a star."""
    print("* at the threshold from which it is shown to a person:")
    shown = [replace(reading, labels=reading.sure) for reading in readings]
    for label in sorted(SURE):
        of = [_score(tested, shown, label, kind) for kind in kinds]
        print(f"{label:16}" + "".join(f"{n:9d}{p:7.2f}{r:7.2f}{f:7.2f}" for n, p, r, f in of))


def _print_hard(tested: Sequence[Example], readings: Sequence[Reading]) -> None:
    for name, kind in (("hard", True), ("plain", False)):
        rows = np.array([each.is_hard is kind for each in tested])
        mean = np.mean([_score(tested, readings, label, rows)[3] for label in LABELS])
        print(f"{name} sentences ({rows.sum()}): macro-F1 {mean:.3f}")
    none = [not any(each.labels.values()) for each in tested]
    silent = [not reading.labels for reading, is_none in zip(readings, none, strict=True) if is_none]
    print(f"sentences with no label: {len(silent)}, of which {sum(silent)} were left without one")


def _print_calibration(tested: Sequence[Example], readings: Sequence[Reading]) -> None:
    errors = {}
    for label in LABELS:
        chances = np.array([reading.probabilities[label] for reading in readings])
        errors[label] = calibration_error(chances, np.array([each.labels[label] for each in tested]))
    worst = max(errors, key=lambda label: errors[label])
    mean = np.mean(list(errors.values()))
    print(f"Expected calibration error (ten bins): mean {mean:.3f}, worst {errors[worst]:.3f} ({worst})")


def calibration_error(chances: Floats, holds: Flags, bins: int = 10) -> float:
    """Give the expected calibration error: how far, on average, a probability is from what holds."""
    placed = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = [
        abs(chances[placed == place].mean() - holds[placed == place].mean()) * (placed == place).mean()
        for place in set(placed.tolist())
    ]
    return float(sum(gaps))


def _readings(told: Sequence[Example]) -> list[Reading]:
    return read_all(Said(each.text, before=each.before) for each in told)


def _of_language(told: Sequence[Example], language: str) -> Flags:
    return np.array([each.language == language for each in told])


def _score(
    told: Sequence[Example], readings: Sequence[Reading], label: str, rows: Flags
) -> tuple[int, float, float, float]:
    holds = np.array([each.labels[label] for each in told])[rows]
    said = np.array([label in reading.labels for reading in readings])[rows]
    return int(holds.sum()), *precision_recall_f1(said, holds)


def precision_recall_f1(said: Flags, holds: Flags) -> tuple[float, float, float]:
    """Give precision, recall and F1; what is never said has precision zero here."""
    both = int((said & holds).sum())
    precision, recall = both / max(int(said.sum()), 1), both / max(int(holds.sum()), 1)
    return precision, recall, 2 * both / max(int(said.sum() + holds.sum()), 1)


# ---- AnnoMI ----------------------------------------------------------------


def of_annomi() -> None:
    """Five folds grouped by video: every turn is read by heads that saw nothing of its video."""
    turns = annomi(needed(ANNOMI))
    videos = len({turn.group for turn in turns})
    print(f"AnnoMI: {len(turns)} therapist turns, {FOLDS} folds over {videos} videos")
    _annomi_scores(turns, np.array(folds([turn.group for turn in turns], FOLDS)))


def leak() -> None:
    """The same reader under a split over the rows of AnnoMI-full, which repeated turns straddle."""
    turns = _rows()
    print(f"Leak test: {len(turns)} rows of AnnoMI-full, {FOLDS} folds over rows, as in published work")
    straddling = [replace(turn, group=f"row {number}") for number, turn in enumerate(turns)]
    places = np.random.default_rng(SEED).permutation(len(turns)) % FOLDS
    _annomi_scores(straddling, places)
    print("The published 0.83 (M3TCM) is under such a split: not comparable with folds by video.")


def _rows() -> list[Example]:
    """Give every therapist row, repeats included, each with the labels of its own annotator."""
    unique = {(turn.text, turn.before): turn for turn in annomi(needed(ANNOMI))}
    by_text = {turn.text: turn for turn in unique.values()}
    with needed(ANNOMI).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["interlocutor"] == "therapist"]
    return [
        replace(by_text[row["utterance_text"]], behaviour=row["main_therapist_behaviour"]) for row in rows
    ]


def _annomi_scores(turns: Sequence[Example], fold_of: npt.NDArray[np.int64]) -> None:
    ours = [each for each in corpus() if part_of(each.group) == "train"]
    sums = _read_apart(turns, ours, fold_of)
    behaviour = np.array([BEHAVIOURS.index(turn.behaviour) for turn in turns])
    guessed = np.zeros(len(turns), dtype=int)
    calibrated: list[Calibration] = []
    for number in range(FOLDS):
        rest = np.flatnonzero(fold_of != number).tolist()
        readout = LogisticRegression(C=0.3, max_iter=3000).fit(_seen(sums[rest]), behaviour[rest])
        guessed[fold_of == number] = readout.predict(_seen(sums[fold_of == number]))
        calibrated.append(calibration(chosen(turns, rest), sums[rest]))
    _print_spread(
        "main behaviour, macro-F1",
        [
            f1_score(behaviour[fold_of == number], guessed[fold_of == number], average="macro")
            for number in range(FOLDS)
        ],
    )
    for number, name in enumerate(BEHAVIOURS):
        print(f"  {name:16} F1 {f1_score(behaviour == number, guessed == number):.3f}")
    if any("row" in turn.group for turn in turns[:1]):
        return
    chances = np.zeros_like(sums)
    said = np.zeros(sums.shape, dtype=bool)
    for number, line in enumerate(calibrated):
        own = fold_of == number
        chances[own] = 1 / (1 + np.exp(-(line.slope * sums[own] + line.offset)))
        said[own] = chances[own] >= line.threshold
    _print_presence(turns, chances, said, fold_of)


def _read_apart(turns: Sequence[Example], ours: Sequence[Example], fold_of: npt.NDArray[np.int64]) -> Floats:
    """Give the sums of each turn by heads trained on the other folds and on the corpus's training part."""
    everything = [*turns, *ours]
    known = [counted(each) for each in everything]
    copied = [counted(each) for each in copies(everything)]
    sums = np.zeros((len(turns), len(LABELS)))
    for number in range(FOLDS):
        rest = [*np.flatnonzero(fold_of != number).tolist(), *range(len(turns), len(everything))]
        own = np.flatnonzero(fold_of == number).tolist()
        fitted = heads(chosen(everything, rest), chosen(known, rest), chosen(copied, rest))
        sums[own] = read_by(fitted, chosen(turns, own))
    return sums


def _seen(sums: Floats) -> Floats:
    """Give what the read-out of the main behaviour sees: the sums and their chances."""
    return np.hstack([sums, 1 / (1 + np.exp(-sums))])


def _print_presence(
    turns: Sequence[Example], chances: Floats, said: Flags, fold_of: npt.NDArray[np.int64]
) -> None:
    column = {label: place for place, label in enumerate(LABELS)}
    together = {
        "question": ("open_question", "closed_question"),
        "reflection": ("reflect",),
        "input": ("inform", "advise"),
    }
    for name, among in together.items():
        holds = np.array([any(turn.labels[label] for label in among) for turn in turns])
        chance = 1 - np.prod([1 - chances[:, column[label]] for label in among], axis=0)
        _print_spread(
            f"{name} present, F1",
            [
                precision_recall_f1(chance[fold_of == number] >= 0.5, holds[fold_of == number])[2]
                for number in range(FOLDS)
            ],
        )
    asks = np.array([turn.labels["open_question"] or turn.labels["closed_question"] for turn in turns])
    is_open = np.array([turn.labels["open_question"] for turn in turns])
    opened = chances[:, column["open_question"]] >= chances[:, column["closed_question"]]
    _print_spread(
        "open against closed, macro-F1 where there is a question",
        [
            f1_score(is_open[rows], opened[rows], average="macro")
            for rows in (asks & (fold_of == number) for number in range(FOLDS))
        ],
    )
    given = np.array([turn.labels["inform"] or turn.labels["advise"] for turn in turns])
    is_advice = np.array([turn.labels["advise"] for turn in turns])
    likelier = chances[:, column["advise"]] > chances[:, column["inform"]]
    print(f"advice among inputs, F1: {precision_recall_f1(likelier[given], is_advice[given])[2]:.3f}")
    for label in ("reflect", "open_question", "closed_question", "inform", "advise"):
        holds = np.array([turn.labels[label] for turn in turns])
        precision, recall, f1 = precision_recall_f1(said[:, column[label]], holds)
        print(f"  {label:16} P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}  (n {holds.sum()})")


def _print_spread(name: str, values: Sequence[float]) -> None:
    listed = " ".join(f"{value:.3f}" for value in values)
    print(f"{name}: {np.mean(values):.3f} ± {np.std(values):.3f}  ({listed})")


# ---- speed -----------------------------------------------------------------

_COLD = """
import time; began = time.perf_counter()
from apego.listening import model
imported = time.perf_counter(); model.load(); loaded = time.perf_counter()
from apego.listening.reader import read; read("What did she do next?"); first = time.perf_counter()
print(imported - began, loaded - imported, first - loaded)
"""


def speed() -> None:
    """Sentences a second on one and two processes, and the time to load."""
    told = [Said(each.text, before=each.before) for each in corpus()]
    print(f"Speed over {len(told)} sentences, artefact {_size():.1f} MB")
    cold, warm = _rate(told), _rate(told)
    print(f"  one process: {cold[0]:,.0f} sentences/s cold, {warm[0]:,.0f} with its words known")
    print(f"  by processor time: {cold[1]:,.0f} cold, {warm[1]:,.0f} with its words known")
    halves = [told[::2], told[1::2]]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_rate, halves))
        began = time.perf_counter()
        list(pool.map(_rate, halves))
        print(f"  two processes: {len(told) / (time.perf_counter() - began):,.0f} sentences/s")
    new = subprocess.run([sys.executable, "-c", _COLD], capture_output=True, text=True, check=True)
    imported, loaded, first = (1000 * float(part) for part in new.stdout.split())
    print(
        f"  in a new process: import {imported:.0f} ms, load {loaded:.0f} ms, first sentence {first:.0f} ms"
    )


def _rate(told: Sequence[Said]) -> tuple[float, float]:
    """Give sentences a second, by the clock and by the processor's time, which other work does not slow."""
    trained.load()
    began, worked = time.perf_counter(), time.process_time()
    read_all(told)
    return len(told) / (time.perf_counter() - began), len(told) / (time.process_time() - worked)


def _size() -> float:

    with resources.files("apego.listening.model").joinpath("reader.npz").open("rb") as file:
        return len(file.read()) / 1e6
