"""The sentence reader: what a visitor's words do, and which words show it.

A turn is read sentence by sentence and as a whole. The labels are those of
`practice.md`'s table of speech; another speaker's turn has none. Written notes are
another register and have their own check, `apego.listening.notes`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from apego.listening import model as trained
from apego.listening.features import SIGNS, features
from apego.listening.features import Sentence as Features
from apego.listening.features import before as behind
from apego.listening.model import Model, Numbers
from apego.listening.model.encoder import Asked, Encoder, asked
from apego.listening.model.heads import Heads, Heard
from apego.listening.stops import ENDINGS, Stopped, stopped
from apego.listening.words import Span, sentences, without_acts

VISITOR = "visitor"
WORDS_SHOWN = 5  # in one reason
SENTENCE_SHARE = np.float32(0.7)  # of the strongest sentence beside the turn as a whole: docs/reader.md
SHARE_SHOWN = 0.25  # of what the strongest word carries
# What many children of an age do is told to inform, and to compare. Where it may inform, no judgement is shown.
DOUBTED_BESIDE = {"judge": ("inform", 0.2)}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a label is said: the sentence that carries it, from `start` up to `end`, and the words in it."""

    label: str
    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a turn does: its labels in the order of the list, the probability of every label, the reasons.

    `sure` are those of the labels that are sure enough to be shown to a person.
    """

    labels: tuple[str, ...]
    probabilities: dict[str, float]
    reasons: tuple[Reason, ...]
    sure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A turn to be read, with the turn or turns just before it."""

    text: str
    role: str = VISITOR
    before: str | Sequence[str] = ()


NOTHING = Reading((), {}, ())


def read(text: str, role: str = VISITOR, before: str | Sequence[str] = ()) -> Reading:
    """Give the labels of what a visitor said, with the words that carried them.

        >>> reading = read("What was this week like with the two of them?")
        >>> "open_question" in reading.labels
        True

    The labels are of the visitor's speech: what a parent or a child says has none, and so
    has a turn without a word. A turn most of whose words are of neither language gets its
    probabilities, and no label.

        >>> read("What was this week like?", role="parent").labels
        ()
    """
    return read_all([Said(text, role, before)])[0]


def read_all(said: Iterable[Said]) -> list[Reading]:
    """Give the reading of each turn, in order.

    >>> [bool(reading.probabilities) for reading in read_all([Said("Look!"), Said("Sí.", role="parent")])]
    [True, False]
    """
    turns = [turn_of(each) for each in said]
    spoken = [turn for turn in turns if turn.has_words]
    if not spoken:
        return [NOTHING] * len(turns)
    model = trained.load()
    heard = iter(hear(model.heads, model.encoder, spoken))
    return [_reading(model, next(heard)) if turn.has_words else NOTHING for turn in turns]


@dataclass(frozen=True, slots=True)
class Turn:
    """A visitor's turn as it is read, and the turn before; acts in brackets are blank."""

    text: str
    before: str

    @property
    def has_words(self) -> bool:
        """Whether anything was said."""
        return bool(sentences(self.text))


@dataclass(frozen=True, slots=True)
class HeardTurn:
    """What the readers make of a turn: its sentences, what the heads make of each, and both of each stretch.

    The stretches, a row each, are the sentences, and behind them the whole where there are several.
    """

    written: Stopped
    sentences: tuple[Features, ...]
    heard: tuple[Heard, ...]
    sums: Numbers
    outputs: Numbers


def turn_of(said: Said) -> Turn:
    """Give a turn as it is read; another speaker's has no words."""
    if said.role != VISITOR:
        return Turn("", "")
    before = said.before if isinstance(said.before, str) else "".join(said.before[-1:])
    return Turn(without_acts(said.text), without_acts(before))


def hear(heads: Heads, encoder: Encoder, turns: Sequence[Turn]) -> list[HeardTurn]:
    """Give what both readers make of each turn; the encoder is asked about all of them in one go."""
    texts = [asked(encoder.pieces, turn.text.split(), turn.before) for turn in turns]
    found = encoder.outputs(texts)
    return [
        _heard(heads, turn, text, outputs) for turn, text, outputs in zip(turns, texts, found, strict=True)
    ]


def _heard(heads: Heads, turn: Turn, text: Asked, outputs: Numbers) -> HeardTurn:
    ends = outputs[np.array(text.ends) - 1, -len(ENDINGS) :].argmax(axis=1)
    written = stopped(turn.text, [ENDINGS[end] for end in ends.tolist()])
    told = features(written.text)
    starts = written.starts
    stretches = [stretch(starts, text.ends, sentence.span) for sentence in told]
    if len(told) > 1:
        stretches.append((0, len(outputs)))
    means = np.stack([outputs[first:last].mean(axis=0) for first, last in stretches])
    return HeardTurn(written, told, *heard_by(heads, told, turn.before), means)


def stretch(starts: Sequence[int], ends: Sequence[int], span: Span) -> tuple[int, int]:
    """Give the first piece of a sentence and the piece behind its last, a word's start and its last piece known.

    A word that stands in it in part belongs to it whole.
    """
    first, behind_last = bisect_right(starts, span.start) - 1, bisect_left(starts, span.end)
    return (ends[first - 1] if first else 0), ends[behind_last - 1]


def heard_by(heads: Heads, told: Sequence[Features], before: str) -> tuple[tuple[Heard, ...], Numbers]:
    """Give what the heads make of each sentence, and their sums, a row a stretch."""
    earlier = behind(before)
    single = tuple(heads.hear(sentence) for sentence in told)
    stretches = single if len(single) == 1 else (*single, reduce(add, single))
    return single, np.stack([heads.sums(each, earlier) for each in stretches])


def strongest(joined: Numbers) -> Numbers:
    """Give what a turn adds up to from its stretches: the sentences, and behind them the whole.

    A label may stand on one sentence among many, and then the whole only tempers it; or on
    how its sentences follow each other, and then the whole alone tells it.
    """
    whole = joined[-1]
    mostly_one = SENTENCE_SHARE * joined[:-1].max(axis=0, initial=-np.inf) + (1 - SENTENCE_SHARE) * whole
    found: Numbers = np.maximum(whole, mostly_one)
    return found


def _reading(model: Model, heard: HeardTurn) -> Reading:
    known = model.calibration
    joined = known.joined(heard.outputs, heard.sums)
    chances = known.probabilities(strongest(joined)).tolist()
    probabilities = {label: round(chance, 4) for label, chance in zip(model.labels, chances, strict=True)}
    if not model.heads.understands(heard.sentences):
        return Reading((), probabilities, ())
    labels = _from(known.threshold, model, probabilities)
    carriers = joined[: len(heard.sentences)].argmax(axis=0).tolist()
    reasons = tuple(_reason(model, label, heard, carriers[model.labels.index(label)]) for label in labels)
    sure = (label for label in _from(known.sure, model, probabilities) if not _doubted(label, probabilities))
    return Reading(labels, probabilities, reasons, tuple(sure))


def _doubted(label: str, probabilities: dict[str, float]) -> bool:
    other, chance = DOUBTED_BESIDE.get(label, ("", 0.0))
    return probabilities.get(other, -1.0) >= chance


def _from(thresholds: Numbers, model: Model, probabilities: dict[str, float]) -> tuple[str, ...]:
    """Give the labels whose probability reaches its threshold."""
    pairs = zip(model.labels, thresholds.tolist(), strict=True)
    return tuple(label for label, threshold in pairs if probabilities[label] >= threshold)


def _reason(model: Model, label: str, heard: HeardTurn, carrier: int) -> Reason:
    sentence = heard.sentences[carrier]
    shares = model.heads.carried(sentence, heard.heard[carrier], model.labels.index(label))
    highest = max(shares)
    by_share = sorted(range(len(shares)), key=lambda place: (-shares[place], place))
    strong = [place for place in by_share if shares[place] > max(0.0, highest * SHARE_SHOWN)]
    said = [place for place in strong if sentence.words[place].text not in SIGNS]
    words = tuple(sentence.words[place].text for place in sorted((said or strong)[:WORDS_SHOWN]))
    start, end = (heard.written.said(place) for place in (sentence.words[0].start, sentence.words[-1].end))
    return Reason(label, start, end, words)
