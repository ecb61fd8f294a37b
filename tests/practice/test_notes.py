"""The note check's content: whole in both languages, and written in what Python and JavaScript both read."""

from __future__ import annotations

import re
import warnings

import pytest

from apego.listening.notes import WORD, check
from apego.practice import notes
from apego.practice.content import LANGUAGES, ContentError
from apego.practice.notes import as_json, note_classes, note_lists

WEIGHTS = [
    "judging_parent",
    "diagnosis",
    "motive",
    "trait",
    "feeling",
    "mind",
    "absolute",
    "cause",
    "ability",
    "manner",
    "hedge",
    "vague",
]

# What a pattern may be made of. Everything else (lookbehind, named groups, flags, possessive
# and atomic forms, \s \A \Z \d in a set) means another thing in the other language, or nothing.
ALLOWED = re.compile(
    r"""(?: [a-z0-9A-Z ',"/:;%!-]            # signs that mean themselves
          | \\[bdwnt.?+*()\[\]-] | \\r | \\xa0
          | \[\^?(?:[^\\\[\]]|\\[nrt.-]|\\xa0)+\]  # a set of signs
          | \(\?: | \(\?= | \(\?! | \((?!\?) | \) | \|  # groups, what follows and what does not
          | [?*+] \?? (?![?+*]) | \{\d+(?:,\d*)?\}\??
          | \^ | \$ | \. )*""",
    re.VERBOSE,
)


def sources() -> list[str]:
    lists = note_lists()
    patterns = {one.source for listed in lists.patterns.values() for one in listed}
    return [*sorted(patterns), *lists.asides, *lists.cased]


def test_the_classes_stand_in_the_order_of_their_weight() -> None:
    assert list(note_classes()) == WEIGHTS


def test_every_class_has_words_in_both_languages() -> None:
    for language in LANGUAGES:
        listed = {kind.note_class for kind in note_lists().words.values() if kind.language == language}
        assert set(WEIGHTS) <= listed


def test_patterns_hold_only_what_python_and_javascript_both_read() -> None:
    refused = [source for source in sources() if not ALLOWED.fullmatch(source)]
    assert refused == []


def test_what_the_languages_read_differently_is_refused() -> None:
    refused = (
        r"(?<=a)b",
        r"(?P<x>a)",
        r"(?i)a",
        r"a++",
        r"a\s",
        r"(?>a)",
        r"\Aa",
        r"[a[b]",
        r"(?#x)",
        r"\u0041",
    )
    for source in refused:
        assert not ALLOWED.fullmatch(source), source


def test_patterns_compile_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for source in sources():
            assert re.compile(source, re.ASCII).groups <= 1


def test_nothing_is_read_behind_the_group_that_is_asked_about() -> None:
    """The port finds the group by its length from the end: JavaScript tells no places of groups."""
    for pattern in {one for listed in note_lists().patterns.values() for one in listed}:
        opened = re.search(r"(?<!\\)\((?!\?)", pattern.source)
        if opened is not None:
            behind = pattern.source[_closed(pattern.source, opened.start()) :]
            assert re.match(r"(?:\\b)?(?:\(\?[!=]|$)", behind), pattern.source


def _closed(source: str, start: int) -> int:
    depth = 0
    for place in range(start, len(source)):
        depth += (source[place] == "(") - (source[place] == ")")
        if depth == 0:
            return place + 1
    return len(source)


def test_words_are_folded_and_whole() -> None:
    assert [word for word in note_lists().words if not WORD.fullmatch(word)] == []


def test_no_question_or_reason_speaks_of_an_error() -> None:
    for one in note_classes().values():
        for asked in one.questions.values():
            assert asked.en.endswith("?") and asked.es.startswith("¿") and asked.es.endswith("?")
        for text in (*one.questions.values(), one.why, one.name):
            assert not re.search(r"error|wrong|mistake|incorrect|mal escrito", f"{text.en} {text.es}".lower())


def test_what_the_check_says_passes_the_check() -> None:
    for one in note_classes().values():
        for text in one.questions.values():
            assert [span.text for language in LANGUAGES for span in check(text[language]).spans] == []


def test_a_list_for_a_topic_without_a_question_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = {"parts": {}, "innocent": {}, "feeling": {"nowhere": {"words": "sad"}}}
    with pytest.raises(ContentError, match=r"feeling\.nowhere"):
        list(notes._kinds(content, "en"))


@pytest.mark.parametrize("line", ["(?:very )?sad", "sad(?:ly)?", "[st]ad", "(?:a|.)b"])
def test_a_pattern_that_does_not_begin_with_a_whole_word_is_refused(line: str) -> None:
    with pytest.raises(ContentError):
        set(notes._first_words(line, {}, line))


def test_a_part_that_is_not_there_is_named() -> None:
    with pytest.raises(ContentError, match="nobody"):
        notes._filled("<nobody> sad", {})


def test_the_json_holds_all_that_the_check_needs() -> None:
    told = as_json()
    assert list(told["classes"]) == WEIGHTS
    assert told["words"]["shy"] == ["trait", "any"]
    assert set(told) == {"classes", "words", "patterns", "asides", "cased"}
