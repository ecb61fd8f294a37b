"""The note check's classes, and the words and patterns by which they are found.

Judgement lives in `content/notes.toml` (the classes, weightiest first, each with its
questions) and `content/notes/en.toml`, `es.toml` (words, patterns, and what is innocent).
Finding them in a note is the subject of `apego.listening.notes`; a phone without signal
does the same from `as_json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import product
from typing import Any

from apego.practice.content import LANGUAGES, ContentError, Language, Text, load, text

INNOCENT = "innocent"
NOT_CLASSES = {"parts", INNOCENT, "asides", "specific"}
GAP = r"[ \t\r\n\xa0]"  # what a space in a pattern stands for; \s differs between Python and JavaScript
SPACE = re.compile(r"(\[(?:\\.|[^\]])*\])| ([*?]?)")  # outside of a set of signs
PART = re.compile(r"<([a-z_]+)>")
GROUP = re.compile(r"\(([^()]*)\)")
BRACKET = re.compile(r"[()|]")
OPENING = re.compile(r"([a-z0-9]+(?:'[a-z0-9]+)*)(?=$|[ /-]|\[ \\t|\\b|\(\?[=!]|\(\?:[ /-])")


@dataclass(frozen=True, slots=True)
class NoteClass:
    """One class of words that a note can do without. Its place in `note_classes` is its weight."""

    id: str
    name: Text
    why: Text
    questions: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a listed word is: its class, the topic that chooses the question, and the list's language."""

    note_class: str
    topic: str
    language: Language


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase as a regular expression, matched on folded text from the beginning of a word."""

    kind: Kind
    source: str


@dataclass(frozen=True, slots=True)
class SpecificLists:
    """By what a note is found to be specific. `actions` are words, all others are searched patterns."""

    who: str
    when: str
    where: str
    counts: str
    quoted: str
    parent: str
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoteLists:
    """The lists of both languages in one, because families' notes mix them.

    `words` and `patterns` stand under the word that they begin with. `asides` (on folded
    text) and `cased` (capitals kept) mark the places where nothing is asked: quoted and
    reported words, titles, names.
    """

    words: Mapping[str, Kind]
    patterns: Mapping[str, tuple[Pattern, ...]]
    asides: tuple[str, ...]
    cased: tuple[str, ...]
    specific: SpecificLists


@cache
def note_classes() -> Mapping[str, NoteClass]:
    """Give the classes by id, weightiest first.

    >>> list(note_classes())[:4]
    ['judging_parent', 'diagnosis', 'motive', 'trait']
    >>> note_classes()["hedge"].questions["any"]["en"]
    'What made it look so?'
    """
    return {class_id: _note_class(class_id, entry) for class_id, entry in load("notes").items()}


def _note_class(class_id: str, entry: Mapping[str, Any]) -> NoteClass:
    where = f"notes: {class_id}"
    questions = {topic: text(asked, f"{where}: {topic}") for topic, asked in entry["question"].items()}
    if "any" not in questions:
        raise ContentError(f"{where} has no question.any")
    return NoteClass(class_id, text(entry["name"], where), text(entry["why"], where), questions)


@cache
def note_lists() -> NoteLists:
    """Give all words and patterns of both languages.

        >>> note_lists().words["enojada"].note_class
        'feeling'

    Raises ContentError when a list names a class or topic that is not there, or a pattern
    does not begin with a plain word.
    """
    words: dict[str, Kind] = {}
    patterns: dict[str, list[Pattern]] = {}
    for language in LANGUAGES:
        content, parts = _content(language)
        for kind, entry in _kinds(content, language):
            for word in _spelled_out(entry.get("words", ""), parts):
                words.setdefault(word, kind)
            for line in _lines(entry.get("patterns", "")):
                pattern = Pattern(kind, _filled(line, parts))
                for first in _first_words(line, parts, line):
                    patterns.setdefault(first, []).append(pattern)
    return NoteLists(
        words,
        {first: tuple(listed) for first, listed in patterns.items()},
        tuple(_searched("asides", "patterns")),
        tuple(_searched("asides", "cased")),
        _specific(),
    )


def as_json() -> dict[str, Any]:
    """Give classes and lists as JSON holds them, for a program in another language to run the same check."""
    lists = note_lists()
    return {
        "classes": {
            one.id: {topic: {"en": asked.en, "es": asked.es} for topic, asked in one.questions.items()}
            for one in note_classes().values()
        },
        "words": {word: [kind.note_class, kind.topic] for word, kind in lists.words.items()},
        "patterns": {
            first: [[one.kind.note_class, one.kind.topic, one.source] for one in listed]
            for first, listed in lists.patterns.items()
        },
        "asides": list(lists.asides),
        "cased": list(lists.cased),
    }


@cache
def _content(language: Language) -> tuple[dict[str, Any], dict[str, str]]:
    """Give a language's file and its parts; a part may be made of the parts above it."""
    content = load(f"notes/{language}")
    parts: dict[str, str] = {}
    for name, part in content["parts"].items():
        parts[name] = _filled(part, parts)
    return content, parts


def _kinds(content: Mapping[str, Any], language: Language) -> Iterator[tuple[Kind, Mapping[str, Any]]]:
    yield Kind(INNOCENT, "any", language), content[INNOCENT]
    for class_id, topics in content.items():
        if class_id in NOT_CLASSES:
            continue
        for topic, entry in topics.items():
            if class_id not in note_classes() or topic not in note_classes()[class_id].questions:
                raise ContentError(f"notes/{language}: notes.toml has no question for {class_id}.{topic}")
            yield Kind(class_id, topic, language), entry


def _lines(listed: str) -> Iterator[str]:
    """Give the lines that hold something; one that begins with "#" tells the reader of the file something."""
    for line in listed.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _filled(line: str, parts: Mapping[str, str]) -> str:
    spaced = SPACE.sub(lambda found: found[1] or GAP + (found[2] or "+"), line)
    try:
        return PART.sub(lambda found: f"(?:{parts[found[1]]})", spaced)
    except KeyError as missing:
        raise ContentError(f"notes: {line!r} names the part {missing}, which is not there") from None


def _spelled_out(listed: str, parts: Mapping[str, str]) -> Iterator[str]:
    """Give every form of every word: "triste(|s)" is triste and tristes, "<o>" the endings of a part."""
    for line in _lines(listed):
        for word in PART.sub(lambda found: f"({parts[found[1]]})", line).split():
            pieces = GROUP.split(word)
            yield from map("".join, product(*(piece.split("|") for piece in pieces)))


def _first_words(pattern: str, parts: Mapping[str, str], line: str) -> Iterator[str]:
    """Give the words with which a pattern can begin, so that it is tried only where one of them stands."""
    part = PART.match(pattern)
    if part is not None:
        yield from _first_words_of(f"(?:{parts[part[1]]})", parts, line)
    elif pattern.startswith("(?:"):
        yield from _first_words_of(pattern, parts, line)
    else:
        opening = OPENING.match(pattern)
        if opening is None:
            raise ContentError(f"notes: {line!r}: {pattern[:40]!r} does not begin with a whole word")
        yield opening[1]


def _first_words_of(group: str, parts: Mapping[str, str], line: str) -> Iterator[str]:
    """Give the words with which the choices of the group that opens a pattern can begin."""
    depth, begin = 0, 3
    for sign in BRACKET.finditer(group):
        depth += (sign[0] == "(") - (sign[0] == ")")
        if depth == 0 or (depth == 1 and sign[0] == "|"):
            yield from _first_words(group[begin : sign.start()], parts, line)
            begin = sign.end()
        if depth == 0:
            break
    if group[begin : begin + 1] in {"?", "*"}:
        raise ContentError(f"notes: {line!r} begins with something that may be absent")


def _searched(section: str, key: str) -> Iterator[str]:
    for language in LANGUAGES:
        content, parts = _content(language)
        for line in _lines(content[section].get(key, "")):
            yield _filled(line, parts)


def _specific() -> SpecificLists:
    actions: Iterable[str] = ()
    for language in LANGUAGES:
        content, parts = _content(language)
        actions = (*actions, *_spelled_out(content["specific"]["actions"], parts))
    searched = [field.name for field in fields(SpecificLists) if field.name != "actions"]
    found = {name: "|".join(f"(?:{one})" for one in _searched("specific", name)) for name in searched}
    return SpecificLists(**found, actions=frozenset(actions))
