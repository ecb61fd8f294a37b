"""The model card: what the artefact was trained on, with what licence and hash, and when."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy
import sklearn

from apego.listening.model import Model
from benchmark.data import ANNOMI
from training.artefact import ARTEFACT, CARD
from training.material import CORPUS, Example, part_of

TEXT = """# The reader's model card

Written by `./dev train` on {date} with Python {python}, numpy {numpy}, scikit-learn {sklearn} ({machine}).

`reader.npz` ({size:.1f} MB, sha256 `{digest}`) holds {features:,} features and
one linear head for each of {labels} labels of a visitor's speech, in English and Spanish. It is read with
numpy alone, without pickle. How it was made, what else was tried and where it falls short, with the figures
of `./dev bench reader`: `docs/reader.md`.

## What it is for

To point a home visitor to moments of her own talk. It is not for rating a person, for written notes (they
have their own check), for other professions' talk, or for a decision about a family. A label is said where
that does best on held-in folds, and shown to a person from 0.6 or more. For `judge`, `advise` and `interpret`
that is where at least nine in ten were right on held-in folds, or hardly ever where there is no such
probability (0.95 in the table below).

## What it was trained on

| source | licence | used | sha256 |
|---|---|---|---|
{sources}

AnnoMI: Wu, Z., Balloccu, S., Kumar, V., Helaoui, R., Reforgiato Recupero, D., Riboni, D.: Creation, Analysis
and Evaluation of AnnoMI, a Dataset of Expert-Annotated Counselling Dialogues. *Future Internet* 2023, 15(3),
110. It is publicly released for research; its page said "License: Public Domain" for a week in March 2023
and says nothing now. Weights are shipped, and no transcript. It gives evidence for `reflect`,
`open_question`, `closed_question`, `inform` and `advise` only; for every other label its turns are left out,
affirmations included. No sentence of CHILDES, and none that Apego itself says, was trained on.

Of the corpus the families in the test part ({tested:,} sentences, every fifth family by the hash of its name)
were not looked at in training.

## Examples for each label in training, and the probability from which it is said

| label | English | Spanish | mixed | AnnoMI | said from | shown from |
|---|---|---|---|---|---|---|
{counts}
"""


def write(examples: Sequence[Example], sentences: Sequence[Example], trained: Model) -> None:
    """Write the card beside the artefact."""
    artefact = ARTEFACT.read_bytes()
    text = TEXT.format(
        date=datetime.now(UTC).date().isoformat(),
        python=platform.python_version(),
        numpy=numpy.__version__,
        sklearn=sklearn.__version__,
        machine=f"{platform.machine()}, {sys.platform}",
        size=len(artefact) / 1e6,
        digest=hashlib.sha256(artefact).hexdigest(),
        features=sum(len(block.rows) for block in trained.blocks.values()),
        labels=len(trained.labels),
        sources="\n".join(_sources(examples)),
        tested=sum(part_of(each.group) == "test" for each in sentences),
        counts="\n".join(_counts(examples, trained)),
    )
    CARD.write_text(text, encoding="utf-8")


def _sources(examples: Sequence[Example]) -> list[str]:
    turns = sum(example.source == "annomi" for example in examples)
    used = f"{turns:,} therapist turns"
    rows = [f"| AnnoMI (`AnnoMI-full.csv`) | none stated, see below | {used} | `{_digest(ANNOMI)}` |"]
    for path in sorted(CORPUS.glob("*.jsonl")):
        lines = sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())
        rows.append(
            f"| `corpus/speech/{path.name}` | Apache-2.0, ours | of {lines:,} lines | `{_digest(path)}` |"
        )
    return rows


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _counts(examples: Sequence[Example], trained: Model) -> list[str]:
    rows = []
    for label, threshold, sure in zip(trained.labels, trained.threshold, trained.sure, strict=True):
        of = Counter(
            example.language if example.source == "corpus" else "annomi"
            for example in examples
            if example.labels.get(label)
        )
        given = " | ".join(f"{of[kind]:,}" for kind in ("en", "es", "mixed", "annomi"))
        rows.append(f"| `{label}` | {given} | {threshold:.2f} | {sure:.2f} |")
    return rows
