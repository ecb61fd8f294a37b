"""The practices are whole: what each is, and enough sentences of ours in both languages, over all ages."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from apego.practice import examples as examples_module
from apego.practice import practices as practices_module
from apego.practice.content import LANGUAGES, ContentError, Text, load
from apego.practice.examples import Example, examples
from apego.practice.labels import labels
from apego.practice.practices import Practice, practice, practices
from tests.practice.wording import faults

PERMANENT = (
    "observe_describe",
    "listen",
    "encourage_sharing",
    "support_competence",
    "lead_to_reflect",
    "recognise_effort",
    "redirect",
    "relationship_care",
)
EXAMPLES_AT_LEAST = 14
FOR_EACH_LABEL = 3
FOR_EACH_AGE = 2
AGES = ((0, 8), (9, 17), (18, 35), (36, 60))  # months
POINTS_AT_LEAST = 3


def gaps(one: Practice, shown: tuple[Example, ...]) -> Iterator[str]:
    """Name everything that a practice lacks."""
    yield from faults((one, shown))
    for points in ("look_for", "leave_aside"):
        if len(getattr(one, points)) < POINTS_AT_LEAST:
            yield f"{points} has fewer than {POINTS_AT_LEAST}"
    for language in LANGUAGES:
        alike = Counter(plain(example.said[language]) for example in shown)
        yield from (f"said twice in {language}: {said}" for said, times in alike.items() if times > 1)
        if len(alike) < EXAMPLES_AT_LEAST:
            yield f"{len(alike)} examples in {language}, and {EXAMPLES_AT_LEAST} are the least"
    ages = [example.months for example in shown if example.months is not None]
    if ages != sorted(ages):
        yield "the examples are not in order of age"
    for first, last in AGES:
        if sum(first <= age <= last for age in ages) < FOR_EACH_AGE:
            yield f"fewer than {FOR_EACH_AGE} examples from {first} to {last} months"
    carried = Counter(label for example in shown for label in example.labels)
    yield from (
        f"{label} is shown {carried[label]} times" for label in one.labels if carried[label] < FOR_EACH_LABEL
    )
    for example in shown:
        if one.labels and not set(example.labels) & set(one.labels):
            yield f"shows no label of the practice: {example.said.en}"
        if set(example.labels) & to_notice():
            yield f"shows what is there to be noticed: {example.said.en}"


def plain(said: str) -> str:
    return re.sub(r"\W+", " ", said).strip().casefold()


def to_notice() -> set[str]:
    return {label_id for label_id, label in labels().items() if label.to_notice}


@pytest.mark.parametrize("practice_id", practices())
def test_a_practice_is_whole(practice_id: str) -> None:
    assert list(gaps(practice(practice_id), examples(practice_id))) == []


def test_the_ids_are_permanent_and_in_order() -> None:
    assert tuple(practices()) == PERMANENT
    assert [one.number for one in practices().values()] == list(range(1, len(PERMANENT) + 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_serves_two_practices(language: str) -> None:
    said = Counter(
        plain(one.said["es" if language == "es" else "en"]) for each in practices() for one in examples(each)
    )
    assert [sentence for sentence, times in said.items() if times > 1] == []


@pytest.mark.parametrize("practice_id", ["listen"])
def test_listening_is_shown_with_what_was_said_before(practice_id: str) -> None:
    assert [one.said.en for one in examples(practice_id) if one.before is None] == []


@pytest.mark.parametrize("missing", list(load("practices")["listen"]))
def test_a_practice_that_lacks_a_part_is_refused_by_name(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: dict[str, Any] = {
        "listen": {key: part for key, part in load("practices")["listen"].items() if key != missing}
    }
    monkeypatch.setattr(practices_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match=f"practices: listen has no {missing}"):
        practices.__wrapped__()


def test_a_practice_without_a_language_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = copy.deepcopy(load("practices"))
    broken["redirect"]["look_for"][1]["es"] = " "
    monkeypatch.setattr(practices_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match="practices: redirect, look_for 2 has no es"):
        practices.__wrapped__()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"es": ""}, "examples/listen, example 1 has no es"),
        ({"months": "six"}, "examples/listen, example 1: months is six"),
        ({"months": 61}, "examples/listen, example 1: months is 61"),
        ({"labels": ["reflekt"]}, "examples/listen, example 1, labels: there is no reflekt"),
        ({"before": {"en": "I don't sleep."}}, "examples/listen, example 1, before has no es"),
    ],
)
def test_a_broken_example_is_refused_by_place(
    change: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {"example": [{**load("examples/listen")["example"][0], **change}]}
    monkeypatch.setattr(examples_module, "load", lambda name: load(name) if name == "labels" else broken)
    with pytest.raises(ContentError, match=said):
        examples.__wrapped__("listen")


def test_an_example_without_an_age_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ageless = {key: part for key, part in load("examples/listen")["example"][0].items() if key != "months"}
    monkeypatch.setattr(
        examples_module, "load", lambda name: load(name) if name == "labels" else {"example": [ageless]}
    )
    with pytest.raises(ContentError, match="examples/listen, example 1 has no months"):
        examples.__wrapped__("listen")


def test_a_practice_that_is_not_there_is_refused() -> None:
    with pytest.raises(ContentError, match="practices: there is no lecture"):
        practice("lecture")
    with pytest.raises(ContentError, match="examples/lecture"):
        examples("lecture")


def test_each_gap_is_named() -> None:
    """The check itself can fail: a practice with one sentence shows every kind of gap."""
    thin = Example(Text("Good job.", "Muy bien, tú"), ("vague_praise",), months=6)
    named = " | ".join(gaps(practice("listen"), (thin, thin)))
    for gap in (
        "tú where usted belongs",
        "said twice in en: good job",
        "1 examples in es, and 14 are the least",
        "fewer than 2 examples from 36 to 60 months",
        "reflect is shown 0 times",
        "shows no label of the practice: Good job.",
        "shows what is there to be noticed: Good job.",
    ):
        assert gap in named
