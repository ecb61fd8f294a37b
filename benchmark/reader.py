"""How well the sentence reader does, and how fast: `./dev bench reader`, or one part of it by name.

Parts: home, content, annomi, folds, leak, speed. `home` reads the test part of the corpus with the artefact
that ships, `content` the examples that stand in the product itself, which others wrote, `annomi` the videos
that were kept from training. `folds` and `leak` fit the linear heads anew, five times each, and need
scikit-learn and the data; `leak` shows what they would score under the split of a published figure.
"""

from __future__ import annotations

import csv
import multiprocessing
import random
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from apego.listening import model as trained
from apego.listening.model import FILES
from apego.listening.model.heads import Heads
from apego.listening.reader import Reading, Said, heard_by, read, read_all, strongest, turn_of
from apego.practice.content import LANGUAGES
from apego.practice.examples import examples
from apego.practice.labels import labels
from apego.practice.practices import practices
from benchmark.data import ANNOMI, needed
from training import linear
from training.calibration import SURE
from training.copies import bare, names
from training.material import BEHAVIOURS, LABELS, Example, annomi, calibrates, corpus, folds, material

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FOLDS = 5
SWAPS = Path(__file__).with_name("swaps.toml")
SEED = 20261123
REASONS_EVERY = 2  # sentences of the test part whose reasons are tried


def main(arguments: Sequence[str]) -> int:
    """Run the parts that are named, or all."""
    parts: dict[str, Callable[[], None]] = {
        "home": home,
        "content": content,
        "annomi": of_annomi,
        "folds": of_folds,
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
    tested = corpus("test")
    print(f"Home visiting: {len(tested)} sentences of the corpus's test part, the artefact as shipped")
    readings = _readings(tested)
    whole = _print_labels(tested, readings)
    _print_hard(tested, readings)
    _print_calibration(tested, readings)
    everything = np.ones(len(tested), dtype=bool)
    unmarked = np.mean([_score(tested, _readings(bare(tested)), label, everything)[3] for label in LABELS])
    print(f"Small letters, no punctuation: macro-F1 {unmarked:.3f} (as written {whole:.3f})")
    _print_swapped(tested, readings)
    _print_reasons(tested, readings)


def _print_swapped(tested: Sequence[Example], readings: Sequence[Reading]) -> None:
    """Print how many sentences show the same labels when names, toys or ages are swapped."""
    known, chance = names(tested), random.Random(SEED)  # noqa: S311 - to try, not for keys
    words = tomllib.loads(SWAPS.read_text(encoding="utf-8"))
    ways: dict[str, Callable[[str, str], tuple[str, str]]] = {
        "names": lambda text, before: known.swapped(text, before, chance),
        "toys": lambda text, before: (_swapped(text, words["toys"]), _swapped(before, words["toys"])),
        "ages": lambda text, before: (_swapped(text, words["ages"]), _swapped(before, words["ages"])),
    }
    for name, swap in ways.items():
        pairs = [swap(each.text, each.before) for each in tested]
        touched = [at for at, each in enumerate(tested) if pairs[at][0] != each.text]
        other = _readings([replace(tested[at], text=pairs[at][0], before=pairs[at][1]) for at in touched])
        same = sum(readings[at].sure == reading.sure for at, reading in zip(touched, other, strict=True))
        print(f"Other {name}: of {len(touched)} sentences that have some, {same} show the same labels")


def _swapped(text: str, stand_ins: dict[str, str]) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: stand_ins.get(word[0], word[0]), text)


def _print_reasons(tested: Sequence[Example], readings: Sequence[Reading]) -> None:
    """Print how often a label falls when the words that are given as its reason are taken out."""
    fell = [
        read(_without(each.text, reason.words), before=each.before).probabilities.get(reason.label, 0.0)
        < reading.probabilities[reason.label]
        for each, reading in list(zip(tested, readings, strict=True))[::REASONS_EVERY]
        for reason in reading.reasons
        if reason.label in reading.sure
    ]
    print(f"Reasons: of {len(fell)} shown labels {sum(fell)} fall when their words are taken out")


def _without(text: str, taken: Sequence[str]) -> str:
    return "".join(
        part for part in re.split(r"([\w'’\-]+)", text) if part.lower().replace("’", "'") not in taken
    )


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
    """Print precision and recall of what is shown (`sure`): right in four of five, where starred in nine of ten."""
    print("at the threshold from which it is shown to a person:")
    shown = [replace(reading, labels=reading.sure) for reading in readings]
    for label in LABELS:
        of = [_score(tested, shown, label, kind) for kind in kinds]
        mark = "*" if label in SURE else " "
        print(f"{label:15}{mark}" + "".join(f"{n:9d}{p:7.2f}{r:7.2f}{f:7.2f}" for n, p, r, f in of))


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
    return read_all(map(_said, told))


def _said(example: Example) -> Said:
    return Said(example.text, before=example.before)


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
    """Read the videos that were kept from training with the artefact that ships."""
    of = material(needed(ANNOMI))
    turns = [turn for turn in of.counselling_test if turn_of(_said(turn)).sentences]
    videos = len({turn.group for turn in turns})
    print(f"AnnoMI: {len(turns)} turns of {videos} videos kept from training, the artefact as shipped")
    model = trained.load()
    behaviour = _behaviours(turns)
    of_encoder = _by_encoder(model, turns)
    seen = [turn for turn in of.counselling if turn_of(_said(turn)).sentences]
    readout = LogisticRegression(C=0.3, max_iter=3000).fit(_seen(_sums(model.heads, seen)), _behaviours(seen))
    of_heads = readout.predict_proba(_seen(_sums(model.heads, turns)))
    for name, chances in (("encoder", of_encoder), ("heads", of_heads), ("both", of_encoder + of_heads)):
        found = chances.argmax(axis=1)
        each = " ".join(f"{f1_score(behaviour == at, found == at):.3f}" for at in range(len(BEHAVIOURS)))
        macro = f1_score(behaviour, found, average="macro")
        print(f"  main behaviour by {name:8} macro-F1 {macro:.3f}  ({', '.join(BEHAVIOURS)}: {each})")
    readings = _readings(turns)
    chances = np.array([[reading.probabilities[label] for label in LABELS] for reading in readings])
    said = np.array([[label in reading.labels for label in LABELS] for reading in readings])
    _print_presence(turns, chances, said)


def _by_encoder(model: trained.Model, turns: Sequence[Example]) -> Floats:
    """Give the chances of the four behaviours by the encoder's own outputs for them, which the product leaves."""
    outputs = model.encoder.outputs([model.encoder.asked(turn.text, turn.before) for turn in turns])
    own = np.exp(outputs[:, -len(BEHAVIOURS) :])
    found: Floats = own / own.sum(axis=1, keepdims=True)
    return found


def _behaviours(turns: Sequence[Example]) -> npt.NDArray[np.int64]:
    return np.array([BEHAVIOURS.index(turn.behaviour) for turn in turns])


def of_folds() -> None:
    """Five folds grouped by video: every turn is read by linear heads that saw nothing of its video."""
    turns = annomi(needed(ANNOMI))
    videos = len({turn.group for turn in turns})
    print(f"AnnoMI: {len(turns)} therapist turns, {FOLDS} folds over {videos} videos, linear heads alone")
    _annomi_scores(turns, np.array(folds([turn.group for turn in turns], FOLDS)))


def leak() -> None:
    """The same reader under a split over the rows of AnnoMI-full, which repeated turns straddle."""
    turns = _rows()
    print(f"Leak test: {len(turns)} rows of AnnoMI-full, {FOLDS} folds over rows, as in published work")
    _annomi_scores(turns, np.random.default_rng(SEED).permutation(len(turns)) % FOLDS)
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
    ours = [each for each in corpus("train") if not calibrates(each)]
    known = names(ours)
    behaviour = _behaviours(turns)
    scores, guessed = [], np.zeros(len(turns), dtype=int)
    for number in range(FOLDS):
        own = fold_of == number
        rest = [turn for turn, is_own in zip(turns, own, strict=True) if not is_own]
        heads = linear.fitted([*ours, *rest], known)
        sums = _seen(_sums(heads, turns))
        readout = LogisticRegression(C=0.3, max_iter=3000).fit(sums[~own], behaviour[~own])
        guessed[own] = readout.predict(sums[own])
        scores.append(float(f1_score(behaviour[own], guessed[own], average="macro")))
    listed = " ".join(f"{score:.3f}" for score in scores)
    print(f"main behaviour, macro-F1: {np.mean(scores):.3f} ± {np.std(scores):.3f}  ({listed})")
    for number, name in enumerate(BEHAVIOURS):
        print(f"  {name:16} F1 {f1_score(behaviour == number, guessed == number):.3f}")


def _sums(heads: Heads, turns: Sequence[Example]) -> Floats:
    """Give what the linear heads alone make of each turn; of one without a word, what they make of nothing."""
    found = np.tile(heads.intercept.astype(np.float64), (len(turns), 1))
    for place, turn in enumerate(map(turn_of, map(_said, turns))):
        if turn.sentences:
            found[place] = strongest(heard_by(heads, turn)[1])
    return found


def _seen(sums: Floats) -> Floats:
    """Give what the read-out of the main behaviour sees: the sums and their chances."""
    return np.hstack([sums, 1 / (1 + np.exp(-sums))])


def _print_presence(turns: Sequence[Example], chances: Floats, said: Flags) -> None:
    column = {label: place for place, label in enumerate(LABELS)}
    together = {
        "question": ("open_question", "closed_question"),
        "reflection": ("reflect",),
        "input": ("inform", "advise"),
    }
    for name, among in together.items():
        holds = np.array([any(turn.labels[label] for label in among) for turn in turns])
        chance = 1 - np.prod([1 - chances[:, column[label]] for label in among], axis=0)
        print(f"  {name} present, F1 {precision_recall_f1(chance >= 0.5, holds)[2]:.3f}")
    asks = np.array([turn.labels["open_question"] or turn.labels["closed_question"] for turn in turns])
    is_open = np.array([turn.labels["open_question"] for turn in turns])
    opened = chances[:, column["open_question"]] >= chances[:, column["closed_question"]]
    macro = f1_score(is_open[asks], opened[asks], average="macro")
    print(f"  open against closed where there is a question, macro-F1 {macro:.3f}")
    given = np.array([turn.labels["inform"] or turn.labels["advise"] for turn in turns])
    is_advice = np.array([turn.labels["advise"] for turn in turns])
    likelier = chances[:, column["advise"]] > chances[:, column["inform"]]
    print(f"  advice among inputs, F1 {precision_recall_f1(likelier[given], is_advice[given])[2]:.3f}")
    for label in ("reflect", "open_question", "closed_question", "inform", "advise"):
        holds = np.array([turn.labels[label] for turn in turns])
        precision, recall, f1 = precision_recall_f1(said[:, column[label]], holds)
        print(f"  {label:16} P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}  (n {holds.sum()})")


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
    told = [_said(each) for part in ("train", "test") for each in corpus(part)]
    print(f"Speed over {len(told)} sentences, artefact {_size():.1f} MB")
    cold, warm = _rate(told), _rate(told)
    print(f"  one process: {cold[0]:,.0f} sentences/s cold, {warm[0]:,.0f} with its words known")
    print(f"  by processor time: {cold[1]:,.0f} cold, {warm[1]:,.0f} with its words known")
    halves = [told[::2], told[1::2]]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
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
    folder = resources.files("apego.listening.model")
    return sum(len(folder.joinpath(name).read_bytes()) for name in FILES) / 1e6
