"""What stands beside an answer in a lesson: example answers, how a note reads, what the reader heard.

Each says what was found in her words and by which of them. Nothing is marked right or wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apego.listening.answers import MATCHES, Compared, Match, compare
from apego.listening.domains import domains as domains_in
from apego.listening.languages import language_of
from apego.listening.notes import check, weightiest
from apego.listening.reader import read
from apego.listening.words import sentences
from apego.listening.words import words as words_of
from apego.practice.content import Language, Text
from apego.practice.domains import domains
from apego.practice.labels import label
from apego.practice.lesson import ExampleAnswer, Group, Question, Say, Sort, SortItem
from apego.records.models import LessonAnswer, Mark


@dataclass(frozen=True, slots=True)
class Beside:
    """Her answer beside the examples, and the sentences of hers that none of them tells: hers, and kept so."""

    touched: tuple[Compared, ...]
    near: tuple[Compared, ...]
    not_yet: tuple[Compared, ...]
    own: tuple[str, ...]


def beside(words: str, examples: Sequence[ExampleAnswer], language: Language) -> Beside:
    """Give an answer beside the examples of a question, in the page's language."""
    texts = [example.words[language] for example in examples]
    by_match: dict[Match, list[Compared]] = {match: [] for match in MATCHES}
    for one in compare(words, texts, language):
        by_match[one.match].append(one)
    return Beside(
        tuple(by_match["touched"]), tuple(by_match["near"]), tuple(by_match["not_yet"]), _own(words, texts)
    )


def _own(words: str, examples: Sequence[str]) -> tuple[str, ...]:
    """Give the sentences of an answer that met none of the examples."""
    said = [words[span.start : span.end].strip() for span in sentences(words)]
    return tuple(
        sentence
        for sentence in said
        if any(letter.isalpha() for letter in sentence)
        and all(one.match == "not_yet" for one in compare(sentence, examples))
    )


@dataclass(frozen=True, slots=True)
class UnderDomain:
    """One domain: what she wrote under it, her marks that tell of it, and the examples with what they met."""

    id: str
    name: Text
    words: str
    marks: tuple[Mark, ...]
    examples: tuple[Compared, ...]


def by_domain(
    told: Mapping[str, str], marks: Sequence[Mark], question: Question, language: Language
) -> tuple[UnderDomain, ...]:
    """Lay her words and marks out by the five domains, beside the examples.

    Her words stand where she put them. An example counts as met wherever she wrote it: an observation
    often belongs to several domains.
    """
    whole = "\n".join(told.values())
    met = compare(whole, [example.words[language] for example in question.examples], language)
    read_in = [(mark, domains_in(mark.words).domains if mark.words else ()) for mark in marks]
    return tuple(
        UnderDomain(
            id,
            domain.name,
            told.get(id, ""),
            tuple(mark for mark, found in read_in if id in found),
            tuple(one for one, example in zip(met, question.examples, strict=True) if example.domain == id),
        )
        for id, domain in domains().items()
    )


@dataclass(frozen=True, slots=True)
class Sorted:
    """A sentence, where she put it, and where it stands here with the reason. Two places: visitors would differ."""

    item: SortItem
    hers: Group | None
    here: tuple[Group, ...]


def sorted_by(sort: Sort, answer: LessonAnswer) -> tuple[Sorted, ...]:
    groups = {group.id: group for group in sort.groups}
    return tuple(
        Sorted(item, groups.get(answer.parts.get(str(number), "")), tuple(groups[id] for id in item.belongs))
        for number, item in enumerate(sort.items)
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a note; one that is asked about carries its question."""

    text: str
    question: str = ""


def noted(words: str, language: Language) -> tuple[Stretch, ...]:
    """Give a note in stretches, at most two of them with a question, as everywhere in the product."""
    told: list[Stretch] = []
    end = 0
    for span in weightiest(check(words, language).spans):
        told += [Stretch(words[end : span.start]), Stretch(span.text, span.question)]
        end = span.end
    return tuple(one for one in (*told, Stretch(words[end:])) if one.text)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the reader heard in her words, and the words that carried it."""

    id: str
    name: Text
    it_is: Text
    words: tuple[str, ...]


def heard(words: str, practice: Say) -> tuple[Heard, ...]:
    """Give the labels of this practice that the reader surely heard in her words. Others are left unsaid."""
    before = practice.heard["es" if _is_spanish(words) else "en"] if practice.heard else ""
    reading = read(words, before=before)
    by_label = {
        reason.label: _together(words[reason.start : reason.end], reason.words) for reason in reading.reasons
    }
    found = [one for one in reading.sure if one in practice.labels]
    return tuple(Heard(one, label(one).name, label(one).it_is, by_label.get(one, ())) for one in found)


def _together(sentence: str, carriers: Sequence[str]) -> tuple[str, ...]:
    """Give the words that carried a label as they stand in the sentence, neighbors as one phrase."""
    phrases: list[list[str]] = [[]]
    for word in words_of(sentence):
        if word.text in carriers:
            phrases[-1].append(sentence[word.start : word.end])
        else:
            phrases.append([])
    return tuple(" ".join(phrase) for phrase in phrases if phrase)


def _is_spanish(words: str) -> bool:
    return language_of(words) == "es"
