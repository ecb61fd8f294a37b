"""What the reader is trained on: labelled turns of AnnoMI, and the project's own corpus.

How a turn's features become weights is the subject of `training.fitting`.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from apego.practice.labels import annomi_labels, labels
from benchmark.data import ROOT

CORPUS = ROOT / "corpus" / "speech"
LABELS = tuple(labels())
BEHAVIOURS = ("question", "reflection", "therapist_input", "other")
TEST_SHARE = 5  # every fifth family is for testing

Part = Literal["train", "test"]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with what is known of it: `labels` has True, False, or nothing where no one said.

    `group` is what a split never parts: a family of the corpus, a video of AnnoMI.
    """

    text: str
    before: str
    labels: dict[str, bool]
    source: Literal["corpus", "annomi"]
    group: str
    language: str
    is_hard: bool = False
    behaviour: str = ""


class CorpusUnreadable(Exception):
    """A line of the corpus that cannot be used: file, line, what is wrong."""


def corpus(folder: Path = CORPUS) -> list[Example]:
    """Give the sentences of the corpus in the order of files and lines.

    Raises CorpusUnreadable for a line that is not JSON, has no text, or names a label that is not one.
    """
    return [
        _sentence(line, f"{path.name}, line {number}")
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    ]


def _sentence(line: str, where: str) -> Example:
    try:
        entry: dict[str, Any] = json.loads(line)
        text, given, family = str(entry["text"]), entry["labels"], str(entry["family"])
    except (json.JSONDecodeError, KeyError) as fault:
        raise CorpusUnreadable(
            f"{where}: {fault!r}. Each line is an object with text, labels, family."
        ) from fault
    unknown = set(given) - set(LABELS)
    if unknown or not text.strip():
        raise CorpusUnreadable(f"{where}: no text, or labels that are none of ours: {sorted(unknown)}")
    known = {label: label in given for label in LABELS}
    earlier = entry.get("before") or ""
    said_before = earlier if isinstance(earlier, str) else " ".join(earlier)
    return Example(
        text, said_before, known, "corpus", f"family {family}", entry["lang"], bool(entry.get("hard"))
    )


def part_of(group: str) -> Part:
    """Give the part of a family: one in five is for testing, by the hash of its name.

    >>> part_of("family lid") == part_of("family lid")
    True
    """
    number = int.from_bytes(hashlib.sha256(group.encode()).digest()[:8], "big")
    return "test" if number % TEST_SHARE == 0 else "train"


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
        text,
        said_before,
        annomi_labels(row),
        "annomi",
        f"video {video}",
        "en",
        behaviour=row["main_therapist_behaviour"],
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


def folds(groups: Sequence[str], count: int = 5) -> list[int]:
    """Give for each example its fold: groups whole, the largest first into the emptiest fold.

    >>> folds(["a", "a", "b", "c"], 2)
    [0, 0, 1, 1]
    """
    sizes = Counter(groups)
    filled = [0] * count
    placed: dict[str, int] = {}
    for group in sorted(sizes, key=lambda name: (-sizes[name], name)):
        fold = min(range(count), key=lambda number: (filled[number], number))
        placed[group] = fold
        filled[fold] += sizes[group]
    return [placed[group] for group in groups]
