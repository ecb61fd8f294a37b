"""How the reader does on counselling, AnnoMI's therapist turns: parts of `./dev bench reader`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from apego.listening import model as trained
from apego.listening.features import features
from apego.listening.model.heads import Heads
from apego.listening.reader import HeardTurn, hear, heard_by, strongest, turn_of
from apego.listening.words import sentences
from benchmark.data import ANNOMI, needed
from benchmark.measures import Flags, Floats, precision_recall_f1, readings_of, said_of
from training import linear
from training.copies import names
from training.material import (
    BEHAVIOURS,
    LABELS,
    STANDING,
    Example,
    Material,
    annomi,
    calibrates,
    corpus,
    folds_of,
    material,
)
from training.outputs import BEHAVIOUR, STANDS_IN, YES_OR_NO

FOLDS = 5
SEED = 20261123
READ_OUT = 0.3  # C of what is read out of the heads' sums

Folds = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chances:
    """What one reader makes of turns, a row a turn: what each mostly does, and what of it stands in it at all."""

    behaviour: Floats
    present: Floats

    def __add__(self, other: Chances) -> Chances:
        """Give what both make of them together."""
        return Chances((self.behaviour + other.behaviour) / 2, (self.present + other.present) / 2)

    def of(self, own: Flags) -> Chances:
        """Give those of some turns."""
        return Chances(self.behaviour[own], self.present[own])


Fitted = Callable[[Sequence[Example], Sequence[Example]], Chances]


def of_annomi() -> None:
    """Read the videos that were kept from training with the artefact that ships."""
    of = material(needed(ANNOMI))
    turns = of.counselling_test
    videos = len({turn.group for turn in turns})
    print(f"AnnoMI: {len(turns)} turns of {videos} videos kept from training, the artefact as shipped")
    heard, seen = _heard(turns), _heard(of.counselling)
    by_encoder = _by_encoder(_outputs_of(heard))
    by_heads = _read_out(_sums_of(seen), of.counselling, _sums_of(heard))
    for name, chances in (("encoder", by_encoder), ("heads", by_heads), ("both", by_encoder + by_heads)):
        _print_chances(name, turns, chances)
    readings = readings_of(turns)
    of_labels = np.array([[reading.probabilities[label] for label in LABELS] for reading in readings])
    said = np.array([[label in reading.labels for label in LABELS] for reading in readings])
    _print_labels(turns, of_labels, said)


def _heard(turns: Sequence[Example]) -> list[HeardTurn]:
    model = trained.load()
    return hear(model.heads, model.encoder, [turn_of(said_of(turn)) for turn in turns])


def _outputs_of(heard: Sequence[HeardTurn]) -> Floats:
    """Give the encoder's outputs for each turn: of what is there or not the strongest, of the rest the whole's."""
    return np.stack(
        [np.r_[strongest(turn.outputs)[YES_OR_NO], turn.outputs[-1, YES_OR_NO.stop :]] for turn in heard]
    )


def _by_encoder(outputs: Floats) -> Chances:
    """Give what the encoder's own outputs for counselling say, which the product leaves alone."""
    own = np.exp(outputs[:, BEHAVIOUR])
    return Chances(own / own.sum(axis=1, keepdims=True), 1 / (1 + np.exp(-outputs[:, STANDS_IN])))


def _sums_of(heard: Sequence[HeardTurn]) -> Floats:
    return np.stack([strongest(turn.sums) for turn in heard])


def _read_out(of: Floats, told: Sequence[Example], sums: Floats) -> Chances:
    """Give what the heads' sums say of turns, learned from the sums of other turns."""
    learned, asked = _seen(of), _seen(sums)
    main = LogisticRegression(C=READ_OUT, max_iter=3000).fit(learned, _behaviours(told))
    present = [
        LogisticRegression(C=READ_OUT, max_iter=3000).fit(learned, holds).predict_proba(asked)[:, 1]
        for holds in _present(told).T
    ]
    return Chances(main.predict_proba(asked), np.stack(present, axis=1))


def _behaviours(turns: Sequence[Example]) -> npt.NDArray[np.int64]:
    return np.array([BEHAVIOURS.index(turn.behaviour) for turn in turns])


def _present(turns: Sequence[Example]) -> Flags:
    return np.array([[name in turn.present for name in STANDING] for turn in turns])


def _print_chances(name: str, turns: Sequence[Example], chances: Chances) -> None:
    """Print the scores over all turns, and over those that ten experts labelled."""
    crowd = np.array([turn.experts > 1 for turn in turns])
    for who, own in (("all", np.ones_like(crowd)), ("ten experts", crowd)):
        if own.any():
            known = _chosen(turns, own)
            main, each, present = _scores(known, chances.of(own))
            print(
                f"  {name:8} {who:12} n {len(known):4}  main behaviour {main:.3f} ({each})  present {present}"
            )


def _scores(turns: Sequence[Example], chances: Chances) -> tuple[float, str, str]:
    """Give macro-F1 of the main behaviour, F1 of each, and macro-F1 of each being there or not."""
    behaviour, found = _behaviours(turns), chances.behaviour.argmax(axis=1)
    each = [f1_score(behaviour == at, found == at) for at in range(len(BEHAVIOURS))]
    there = [
        f1_score(holds, chance >= 0.5, average="macro")
        for holds, chance in zip(_present(turns).T, chances.present.T, strict=True)
    ]
    listed = " ".join(f"{score:.3f}" for score in each)
    return float(np.mean(each)), listed, " ".join(f"{score:.3f}" for score in there)


def of_folds() -> None:
    """Five folds by video: each turn is read by linear heads and an encoder that saw nothing of its video."""
    turns = [turn for turn in annomi(needed(ANNOMI)) if sentences(turn.text)]
    videos = len({turn.group for turn in turns})
    print(f"AnnoMI: {len(turns)} therapist turns, {FOLDS} folds over {videos} videos, fitted anew for each")
    fold_of = np.array(folds_of(turns, FOLDS))
    by_heads, by_encoder = _folded(turns, fold_of, _fold_by_heads), _folded(turns, fold_of, _fold_by_encoder)
    for name, chances in (("heads", by_heads), ("encoder", by_encoder), ("both", by_heads + by_encoder)):
        _print_spread(name, turns, fold_of, chances)
        _print_chances(name, turns, chances)


def _folded(turns: Sequence[Example], fold_of: Folds, fitted: Fitted) -> Chances:
    """Give what is made of each turn by a reader that was fitted without its fold."""
    found = Chances(np.zeros((len(turns), len(BEHAVIOURS))), np.zeros((len(turns), len(STANDING))))
    for number in range(FOLDS):
        own = fold_of == number
        rest, asked = (_chosen(turns, which) for which in (~own, own))
        chances = fitted(rest, asked)
        found.behaviour[own], found.present[own] = chances.behaviour, chances.present
    return found


def _chosen(turns: Sequence[Example], own: Flags) -> list[Example]:
    return [turn for turn, is_own in zip(turns, own, strict=True) if is_own]


def _fold_by_heads(rest: Sequence[Example], asked: Sequence[Example]) -> Chances:
    """Fit the heads to the corpus and to other folds, as they are trained, and read one fold."""
    ours = [each for each in corpus("train") if not calibrates(each)]
    heads = linear.fitted([*ours, *rest], names(ours))
    return _read_out(_sums(heads, rest), rest, _sums(heads, asked))


def _fold_by_encoder(rest: Sequence[Example], asked: Sequence[Example]) -> Chances:
    """Fit three layers to other folds alone: no corpus, no teacher, no rounded weights; so in minutes."""
    from training import fitting  # torch, which no other part of this bench needs
    from training.network import all_wrapped
    from training.start import start_of

    of = start_of()
    alone = Material((), tuple(rest), (), (), ())
    network = fitting.repeatable(2, fitting.fitted, of.first(fitting.LAYERS), alone, of.cut(), names(()))
    return _by_encoder(fitting.answers_of(network, all_wrapped(of.cut(), asked)).numpy())


def _print_spread(name: str, turns: Sequence[Example], fold_of: Folds, chances: Chances) -> None:
    """Print the mean and the spread of the folds."""
    scores = []
    for number in range(FOLDS):
        own = fold_of == number
        scores.append(_scores(_chosen(turns, own), chances.of(own))[0])
    listed = " ".join(f"{score:.3f}" for score in scores)
    print(f"  {name:8} main behaviour, macro-F1 {np.mean(scores):.3f} ± {np.std(scores):.3f}  ({listed})")


def leak() -> None:
    """The same reader under a split over the rows of AnnoMI-full, which repeated turns straddle."""
    turns = _rows()
    print(f"Leak test: {len(turns)} rows of AnnoMI-full, {FOLDS} folds over rows, as in published work")
    fold_of = np.random.default_rng(SEED).permutation(len(turns)) % FOLDS
    _print_spread("heads", turns, fold_of, _folded(turns, fold_of, _fold_by_heads))
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


def _print_labels(turns: Sequence[Example], chances: Floats, said: Flags) -> None:
    """Print how right the product's own labels are in counselling."""
    column = {label: place for place, label in enumerate(LABELS)}
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
