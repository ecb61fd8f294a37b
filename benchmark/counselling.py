"""How the reader does on counselling, AnnoMI's therapist turns: parts of `./dev bench reader`."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from apego.listening import model as trained
from apego.listening.features import features
from apego.listening.model.heads import Heads
from apego.listening.reader import HeardTurn, hear, heard_by, strongest, turn_of
from apego.listening.stops import ENDINGS
from benchmark.data import ANNOMI, needed
from benchmark.measures import Flags, Floats, precision_recall_f1, readings_of, said_of
from training import linear
from training.copies import names
from training.material import BEHAVIOURS, LABELS, Example, annomi, calibrates, corpus, folds, material

FOLDS = 5
SEED = 20261123


def of_annomi() -> None:
    """Read the videos that were kept from training with the artefact that ships."""
    of = material(needed(ANNOMI))
    turns = of.counselling_test
    videos = len({turn.group for turn in turns})
    print(f"AnnoMI: {len(turns)} turns of {videos} videos kept from training, the artefact as shipped")
    behaviour = _behaviours(turns)
    heard, seen = _heard(turns), _heard(of.counselling)
    of_encoder = _by_encoder(heard)
    readout = LogisticRegression(C=0.3, max_iter=3000).fit(_by_heads(seen), _behaviours(of.counselling))
    of_heads = readout.predict_proba(_by_heads(heard))
    for name, chances in (("encoder", of_encoder), ("heads", of_heads), ("both", of_encoder + of_heads)):
        found = chances.argmax(axis=1)
        each = " ".join(f"{f1_score(behaviour == at, found == at):.3f}" for at in range(len(BEHAVIOURS)))
        macro = f1_score(behaviour, found, average="macro")
        print(f"  main behaviour by {name:8} macro-F1 {macro:.3f}  ({', '.join(BEHAVIOURS)}: {each})")
    readings = readings_of(turns)
    chances = np.array([[reading.probabilities[label] for label in LABELS] for reading in readings])
    said = np.array([[label in reading.labels for label in LABELS] for reading in readings])
    _print_presence(turns, chances, said)


def _heard(turns: Sequence[Example]) -> list[HeardTurn]:
    model = trained.load()
    return hear(model.heads, model.encoder, [turn_of(said_of(turn)) for turn in turns])


def _by_encoder(heard: Sequence[HeardTurn]) -> Floats:
    """Give the chances of the four behaviours by the encoder's own outputs for them, which the product leaves."""
    last = -len(ENDINGS)  # behind them stand those of a word's end
    own = np.exp(np.stack([turn.outputs[-1, last - len(BEHAVIOURS) : last] for turn in heard]))
    found: Floats = own / own.sum(axis=1, keepdims=True)
    return found


def _by_heads(heard: Sequence[HeardTurn]) -> Floats:
    return _seen(np.stack([strongest(turn.sums) for turn in heard]))


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
    """Give every therapist row, repeats included, each with the behaviour that its own annotator gave.

    Turns of the same words share one turn before.
    """
    by_text = {turn.text: turn for turn in annomi(needed(ANNOMI))}
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
    for place, turn in enumerate(turns):
        if told := features(turn.text):
            found[place] = strongest(heard_by(heads, told, turn.before)[1])
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
