"""The reader for other programs: one text, or one JSON object a line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from apego.command import main

COMMANDS = ("read", "note", "domains", "compare")


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given)


def lines(*requests: Any) -> str:
    return "".join(json.dumps(request) + "\n" for request in requests)


def test_read_gives_labels_probabilities_and_the_words_that_carried_them() -> None:
    found = json.loads(run("read", "What was this week like with the two of them?").stdout)
    assert "open_question" in found["labels"]
    assert found["probabilities"]["open_question"] > 0.5
    assert {reason["label"] for reason in found["reasons"]} == set(found["labels"])


def test_note_gives_spans_in_code_points() -> None:
    text = "👶🏽 He was happy."
    found = json.loads(run("note", text).stdout)
    for span in found["spans"]:
        assert text[span["start"] : span["end"]] == span["text"]
    assert [span["class"] for span in found["spans"]] == ["feeling"]
    assert found["spans"][0]["question"].endswith("?")


def test_a_name_is_never_questioned() -> None:
    assert json.loads(run("note", "Happy reached for the cup.", "--name", "Happy").stdout)["spans"] == []


def test_domains_gives_domains_goals_and_probabilities() -> None:
    found = json.loads(run("domains", "She put two words together: more milk.", "--months", "22").stdout)
    assert "language" in found["domains"]
    assert all(goal.startswith("IT-") for goal in found["goals"])
    assert set(found["probabilities"]) == {
        "physical",
        "social_emotional",
        "cognition",
        "approaches",
        "language",
    }


def test_compare_gives_each_example_in_its_order() -> None:
    examples = ["The father sang to the baby.", "They look at a book."]
    found = json.loads(run("compare", "The dad was singing to his baby.", *examples).stdout)["examples"]
    assert [one["text"] for one in found] == examples
    assert found[0]["match"] == "touched"


@pytest.mark.parametrize("command", COMMANDS)
def test_lines_are_answered_in_order_and_a_bad_one_in_its_place(command: str) -> None:
    good = {"text": "Hola.", "answer": "Hola.", "examples": ["Hola."]}
    ran = run(command, "--jsonl", given=lines(good) + "not json\n" + "[1]\n\n" + lines({}, good))
    answered = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ["error" in one for one in answered] == [False, True, True, True, False]
    assert answered[1]["line"] == 2
    assert answered[0] == answered[4]
    assert ran.exit_code == 1


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "wrong",
    [
        {"lang": 3},
        {"lang": "fr"},
        {"months": "9"},
        {"months": True},
        {"months": -1},
        {"text": 5, "answer": 5},
        {"role": []},
        {"before": [1]},
        {"names": 5, "examples": 5},
        {"names": [None], "examples": [None]},
    ],
    ids=json.dumps,
)
def test_a_field_of_the_wrong_kind_never_ends_in_a_traceback(command: str, wrong: dict[str, Any]) -> None:
    good = {"text": "Hola.", "answer": "Hola.", "examples": ["Hola."]}
    ran = run(command, "--jsonl", given=lines({**good, **wrong}, good))
    assert not isinstance(ran.exception, Exception)
    assert len(ran.stdout.splitlines()) == 2


def test_a_language_that_apego_does_not_read_is_told() -> None:
    told = json.loads(run("note", "--jsonl", given=lines({"text": "a", "lang": "fr"})).stdout)
    assert "lang" in told["error"]


@pytest.mark.parametrize("command", COMMANDS)
def test_with_neither_a_text_nor_lines_it_says_what_to_give(command: str) -> None:
    ran = run(command)
    assert ran.exit_code == 2
    assert "--jsonl" in ran.stderr
