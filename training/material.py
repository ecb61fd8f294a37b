"""What the reader is trained on, turns of AnnoMI and the project's own corpus, and what is kept from it.

How an example becomes weights is the subject of `training.linear` and `training.fitting`.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from apego.listening.words import sentences, without_acts
from apego.practice.labels import annomi_labels, labels
from benchmark.data import ROOT

CORPUS = ROOT / "corpus" / "speech"
LABELS = tuple(labels())
BEHAVIOURS = ("question", "reflection", "therapist_input", "other")
STANDING = BEHAVIOURS[:3]  # AnnoMI says of each turn whether they stand in it, be it for the most part or not
CALIBRATION_SHARE = 6  # of the corpus's training part, every sixth family is for calibration and thresholds
FOLD_APART = 0  # of AnnoMI's five folds by video: the shipped reader is not trained on it, but tested

Part = Literal["train", "test"]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with what is known of it: `labels` has True, False, or nothing where no one said.

    `group` is what a split never parts: a family of the corpus, a video of AnnoMI. Where no stops part the
    sentences of a text, `parts` has them, each with whether it asks. Where sentences were written apart,
    `by_sentence` has what is known of each. Of a turn of AnnoMI `behaviour` is what it mostly does, `present`
    what of question, reflection and input stands in it, and `experts` is how many labelled it.
    """

    text: str
    before: str
    labels: dict[str, bool]
    source: Literal["corpus", "annomi"]
    group: str
    language: str
    is_hard: bool = False
    behaviour: str = ""
    present: frozenset[str] = frozenset()
    experts: int = 1
    parts: tuple[tuple[str, bool], ...] = ()
    by_sentence: tuple[dict[str, bool] | None, ...] = ()


class CorpusUnreadable(Exception):
    """A line of the corpus that cannot be used: file, line, what is wrong."""


def corpus(part: Part, folder: Path = CORPUS) -> list[Example]:
    """Give the sentences of a part of the corpus in the order of files and lines.

    The two parts are by different writers, who knew nothing of each other.
    Raises CorpusUnreadable for a line that is not JSON, has no text, or names a label that is not one.
    """
    return [
        _sentence(line, f"{path.name}, line {number}")
        for path in sorted((folder / part).glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    ]


def _sentence(line: str, where: str) -> Example:
    try:
        entry: dict[str, Any] = json.loads(line)
        text, given, family = str(entry["text"]), entry["labels"], str(entry["family"])
        language = str(entry["lang"])
    except (ValueError, KeyError, TypeError) as fault:
        raise CorpusUnreadable(
            f"{where}: {fault!r}. Each line is an object with text, lang, labels, family."
        ) from fault
    unknown = set(given) - set(LABELS)
    if unknown or not text.strip():
        raise CorpusUnreadable(f"{where}: no text, or labels that are none of ours: {sorted(unknown)}")
    known = {label: label in given for label in LABELS}
    earlier = entry.get("before") or ""
    said_before = earlier if isinstance(earlier, str) else " ".join(earlier)
    return Example(
        without_acts(text),
        without_acts(said_before),
        known,
        "corpus",
        f"family {family}",
        language,
        bool(entry.get("hard")),
    )


def calibrates(example: Example) -> bool:
    """Whether an example of the training part is kept for calibration: one family in six, by its name's hash.

    >>> calibrates(Example("Look!", "", {}, "corpus", "family lid", "en"))
    False
    """
    number = int.from_bytes(hashlib.sha256(example.group.encode()).digest()[:8], "big")
    return number % CALIBRATION_SHARE == 0


def annomi(path: Path) -> list[Example]:
    """Give the 4,882 therapist turns of AnnoMI with the turn before each.

    AnnoMI-full repeats a turn once for each of its annotators; one turn is one example here. Where
    ten experts labelled a turn (216 turns), a label is what most of them said, and of a tie what
    the first row says.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    videos = _videos(rows)
    turns: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        turns[row["transcript_id"], int(row["utterance_id"])].append(row)
    examples = []
    earlier = ("", "")  # transcript, words
    for (transcript, _), same in sorted(turns.items(), key=lambda item: (int(item[0][0]), item[0][1])):
        text = same[0]["utterance_text"]
        if same[0]["interlocutor"] == "therapist":
            said_before = earlier[1] if earlier[0] == transcript else ""
            examples.append(_turn(text, said_before, same, videos[transcript]))
        earlier = (transcript, text)
    return examples


def _turn(text: str, said_before: str, same: list[dict[str, str]], video: str) -> Example:
    row = {column: _most(each[column] for each in same) for column in same[0]}
    return Example(
        without_acts(text),
        without_acts(said_before),
        annomi_labels(row),
        "annomi",
        f"video {video}",
        "en",
        behaviour=row["main_therapist_behaviour"],
        present=frozenset(name for name in STANDING if row[f"{name}_exists"] == "True"),
        experts=len(same),
    )


def _most(values: Iterable[str]) -> str:
    """Give the commonest value; of equals the first."""
    return Counter(values).most_common(1)[0][0]


def _videos(rows: Sequence[dict[str, str]]) -> dict[str, str]:
    """Give for each transcript its group: transcripts that share an address or a title are one."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for row in rows:
        transcript = f"transcript {row['transcript_id']}"
        for other in (f"url {row['video_url']}", f"title {row['video_title']}"):
            parent[root(other)] = root(transcript)
    return {row["transcript_id"]: root(f"transcript {row['transcript_id']}") for row in rows}


def folds(groups: Sequence[str], count: int = 5, first: Collection[str] = ()) -> list[int]:
    """Give for each example its fold: groups whole, the largest first into the emptiest fold.

        >>> folds(["a", "a", "b", "c"], 2)
        [0, 0, 1, 1]

    The groups of `first` stand together in the first fold, whatever their size.

        >>> folds(["a", "a", "b", "c"], 2, first={"b", "c"})
        [1, 1, 0, 0]
    """
    sizes = Counter(groups)
    placed = dict.fromkeys(first, 0)
    filled = [sum(sizes[group] for group in placed)] + [0] * (count - 1)
    for group in sorted(sizes.keys() - placed.keys(), key=lambda name: (-sizes[name], name)):
        fold = min(range(count), key=lambda number: (filled[number], number))
        placed[group] = fold
        filled[fold] += sizes[group]
    return [placed[group] for group in groups]


def folds_of(turns: Sequence[Example], count: int = 5) -> list[int]:
    """Give for each turn of AnnoMI its fold by video; those that ten experts labelled all stand in the first."""
    crowd = {turn.group for turn in turns if turn.experts > 1}
    return folds([turn.group for turn in turns], count, first=crowd)


@dataclass(frozen=True, slots=True)
class Material:
    """All examples by what they are for."""

    home: tuple[Example, ...]  # the corpus, to train on
    counselling: tuple[Example, ...]  # AnnoMI, to train on
    calibration: tuple[Example, ...]  # of the corpus
    home_test: tuple[Example, ...]
    counselling_test: tuple[Example, ...]

    @property
    def trained_on(self) -> tuple[Example, ...]:
        """What both readers are fitted to: the corpus first, then AnnoMI."""
        return self.home + self.counselling


def material(annomi_file: Path, folder: Path = CORPUS) -> Material:
    """Give the corpus and AnnoMI, parted: by writer and family, and by video."""
    told = corpus("train", folder)
    turns = [turn for turn in annomi(annomi_file) if sentences(turn.text)]
    fold_of = folds_of(turns)
    return Material(
        tuple(each for each in told if not calibrates(each)),
        tuple(turn for turn, fold in zip(turns, fold_of, strict=True) if fold != FOLD_APART),
        tuple(each for each in told if calibrates(each)),
        tuple(corpus("test", folder)),
        tuple(turn for turn, fold in zip(turns, fold_of, strict=True) if fold == FOLD_APART),
    )
