"""How well the sentence reader does, and how fast: `./dev bench reader`, or one part of it by name.

Parts: home, content, annomi, folds, leak, speed. `home` reads the test part of the corpus with the artefact
that ships, `content` the examples that stand in the product itself, which others wrote, `annomi` the videos
that were kept from training. `folds` fits linear heads and an encoder anew for each of five folds, and needs
what training needs (`pip install -e .[train]`); `leak` does so with the heads alone, and shows what they would
score under the split of a published figure.
"""

from __future__ import annotations

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

from apego.listening import model as trained
from apego.listening.model import FILES
from apego.listening.reader import Reading, Said, hear, read, read_all, turn_of
from apego.practice.content import LANGUAGES
from apego.practice.examples import examples
from apego.practice.labels import labels
from apego.practice.practices import practices
from benchmark.counselling import leak, of_annomi, of_folds
from benchmark.data import ANNOMI, needed
from benchmark.measures import Flags, Floats, precision_recall_f1, readings_of, said_of
from training.calibration import SURE
from training.copies import bare, names
from training.material import LABELS, Example, annomi, corpus

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
    readings = readings_of(tested)
    whole = _print_labels(tested, readings)
    _print_hard(tested, readings)
    _print_calibration(tested, readings)
    _print_bare(bare(tested), whole)
    _print_swapped(tested, readings)
    _print_reasons(tested, readings)


def _print_bare(told: Sequence[Example], written: float) -> None:
    """Print what is lost without capitals and punctuation, and how much of it lies in where sentences end."""
    marked = [replace(each, text=" ".join(map(_marked, each.parts)) or each.text) for each in told]
    heard, known = (_macro(some, readings_of(some)) for some in (told, marked))
    print(
        f"Small letters, no punctuation: macro-F1 {heard:.3f} (as written {written:.3f}; true stops {known:.3f})"
    )
    model = trained.load()
    right = found = there = 0
    turns = hear(model.heads, model.encoder, [turn_of(said_of(each)) for each in told])
    for each, turn in zip(told, turns, strict=True):
        if len(each.parts) > 1:
            true = set(np.cumsum([len(part.split()) for part, _ in each.parts])[:-1].tolist())
            words = turn.written.text.split()
            put = {at for at, word in enumerate(words[:-1], start=1) if word.endswith((".", "?"))}
            right, found, there = right + len(true & put), found + len(put), there + len(true)
    print(
        f"Ends within a turn: {right} of {there} are heard, and of {found} that are heard {right} are there"
    )


def _marked(part: tuple[str, bool]) -> str:
    words, asks = part
    return words + ("?" if asks else ".")


def _macro(told: Sequence[Example], readings: Sequence[Reading]) -> float:
    everything = np.ones(len(told), dtype=bool)
    return float(np.mean([_score(told, readings, label, everything)[3] for label in LABELS]))


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
        other = readings_of([replace(tested[at], text=pairs[at][0], before=pairs[at][1]) for at in touched])
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
    _print_labels(tested, readings_of(tested))


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


def _of_language(told: Sequence[Example], language: str) -> Flags:
    return np.array([each.language == language for each in told])


def _score(
    told: Sequence[Example], readings: Sequence[Reading], label: str, rows: Flags
) -> tuple[int, float, float, float]:
    holds = np.array([each.labels[label] for each in told])[rows]
    said = np.array([label in reading.labels for reading in readings])[rows]
    return int(holds.sum()), *precision_recall_f1(said, holds)


# ---- speed -----------------------------------------------------------------

_COLD = """
import time; began = time.perf_counter()
from apego.listening import model
imported = time.perf_counter(); model.load(); loaded = time.perf_counter()
from apego.listening.reader import read; read("What did she do next?"); first = time.perf_counter()
print(imported - began, loaded - imported, first - loaded)
"""


def speed() -> None:
    """Sentences and turns of counselling a second, on one and two processes, and the time to load."""
    told = [said_of(each) for part in ("train", "test") for each in corpus(part)]
    print(f"Speed over {len(told)} sentences, artefact {_size():.1f} MB")
    cold, warm = _rate(told), _rate(told)
    print(f"  one process: {cold[0]:,.0f} sentences/s cold, {warm[0]:,.0f} with its words known")
    print(f"  by processor time: {cold[1]:,.0f} cold, {warm[1]:,.0f} with its words known")
    turns = [said_of(turn) for turn in annomi(needed(ANNOMI))]
    print(f"  turns of AnnoMI with the turn before: {max(_rate(turns)[0], _rate(turns)[0]):,.0f} a second")
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_rate, (told, told)))
        for name, many in (("sentences", told), ("turns of AnnoMI", turns)):
            began = time.perf_counter()
            list(pool.map(_rate, (many[::2], many[1::2])))
            print(f"  two processes: {len(many) / (time.perf_counter() - began):,.0f} {name} a second")
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
