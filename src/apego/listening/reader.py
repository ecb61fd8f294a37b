"""The sentence reader: what a visitor's words do, and which words show it.

A turn is read sentence by sentence and as a whole. The labels are those of
`practice.md`'s table of speech; another speaker's turn has none. Written notes are
another register and have their own check, `apego.listening.notes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apego.listening import model as trained
from apego.listening.features import SIGNS, features
from apego.listening.features import Sentence as Features
from apego.listening.features import before as behind
from apego.listening.model import Heard, Model, Numbers

VISITOR = "visitor"
WORDS_SHOWN = 5  # in one reason
SHARE_SHOWN = 0.25  # of what the strongest word carries


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
    return _read(Said(text, role, before), trained.load())


def read_all(said: Iterable[Said]) -> list[Reading]:
    """Give the reading of each turn, in order.

    >>> [bool(reading.probabilities) for reading in read_all([Said("Look!"), Said("Sí.", role="parent")])]
    [True, False]
    """
    model = trained.load()
    return [_read(turn, model) for turn in said]


def _read(said: Said, model: Model) -> Reading:
    if said.role != VISITOR:
        return NOTHING
    sentences = features(said.text)
    if not sentences:
        return NOTHING
    earlier = behind(_last(said.before))
    heard = [model.hear(sentence) for sentence in sentences]
    sums, carriers = model.judged(heard, earlier)
    chances = model.probabilities(sums).tolist()
    probabilities = {label: round(chance, 4) for label, chance in zip(model.labels, chances, strict=True)}
    if not model.understands(sentences):
        return Reading((), probabilities, ())
    labels = _from(model.threshold, model, probabilities)
    reasons = tuple(
        _reason(model, label, sentences, heard, carriers[model.labels.index(label)]) for label in labels
    )
    return Reading(labels, probabilities, reasons, _from(model.sure, model, probabilities))


def _from(thresholds: Numbers, model: Model, probabilities: dict[str, float]) -> tuple[str, ...]:
    """Give the labels whose probability reaches its threshold."""
    pairs = zip(model.labels, thresholds.tolist(), strict=True)
    return tuple(label for label, threshold in pairs if probabilities[label] >= threshold)


def _last(before: str | Sequence[str]) -> str:
    if isinstance(before, str):
        return before
    return before[-1] if before else ""


def _reason(
    model: Model, label: str, sentences: Sequence[Features], heard: Sequence[Heard], carrier: int
) -> Reason:
    sentence = sentences[carrier]
    shares = model.carried(sentence, heard[carrier], model.labels.index(label))
    strongest = max(shares)
    by_share = sorted(range(len(shares)), key=lambda place: (-shares[place], place))
    strong = [place for place in by_share if shares[place] > max(0.0, strongest * SHARE_SHOWN)]
    said = [place for place in strong if sentence.words[place].text not in SIGNS]
    words = tuple(sentence.words[place].text for place in sorted((said or strong)[:WORDS_SHOWN]))
    return Reason(label, sentence.words[0].start, sentence.words[-1].end, words)
