"""Small made files of every kind, and what each is read as."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from apego.listening import formats
from apego.listening.formats import vtt
from apego.listening.transcript import Transcript
from apego.practice.sentences import say

FOLDER = Path(__file__).parents[2] / "cases" / "transcripts"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
READ: dict[str, dict[str, Any]] = EXPECTED["read"]
TEXTS = sorted(name for name in READ)


def told(transcript: Transcript) -> dict[str, Any]:
    """Give a transcript in the words of the case file."""
    repairs = [
        {"line": repair.line, "code": repair.code.removeprefix("transcripts."), **dict(repair.slots)}
        for repair in transcript.repairs
    ]
    turns = [
        {
            "line": turn.line,
            "speaker": turn.speaker,
            "text": turn.text,
            "start_ms": turn.start_ms,
            "end_ms": turn.end_ms,
            "role": str(turn.role),
            "language": turn.language,
            "marks": sorted(turn.marks),
        }
        for turn in transcript.turns
    ]
    stated = {name: str(role) for name, role in transcript.stated.items()}
    return {"turns": turns, "repairs": repairs, "stated": stated, "child_months": transcript.child_months}


def expected(name: str) -> dict[str, Any]:
    """Give a case with what it leaves out filled in."""
    case = READ[name]
    missing: dict[str, Any] = {
        "start_ms": None,
        "end_ms": None,
        "role": "other",
        "language": None,
        "marks": [],
    }
    turns = [missing | turn for turn in case["turns"]]
    found = {key: case.get(key) for key in ("repairs", "child_months")}
    return {"turns": turns, "stated": case.get("stated", {}), **found}


@pytest.mark.parametrize("name", TEXTS)
def test_a_made_file_is_read_as_its_case_says(name: str) -> None:
    assert told(formats.read(FOLDER / name)) == expected(name)


def test_every_made_file_has_its_case() -> None:
    assert {path.name for path in FOLDER.iterdir()} >= set(TEXTS)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_file_reads_the_same_in_another_encoding(name: str, encoding: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("cp1252 has no emoji and no notes of music")
    read = formats.read_data(data, name)
    without = [repair for repair in told(read)["repairs"] if repair["code"] != "repair-letters-guessed"]
    assert {**told(read), "repairs": without} == expected(name)


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_file_reads_the_same_with_other_line_ends(name: str, line_end: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert told(formats.read_data(text.replace("\n", line_end).encode(), name)) == expected(name)


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_goes_to_webvtt_and_back_without_loss(name: str) -> None:
    transcript = formats.read(FOLDER / name)
    back = formats.read_data(vtt.write(transcript).encode(), "visit.vtt")
    assert [replace(turn, line=0) for turn in back.turns] == [
        replace(turn, line=0) for turn in transcript.turns
    ]
    assert (back.stated, back.child_months) == (transcript.stated, transcript.child_months)


@pytest.mark.parametrize("name", TEXTS)
def test_every_repair_can_be_said_in_both_languages(name: str) -> None:
    for repair in formats.read(FOLDER / name).repairs:
        assert say(repair.code, "en", **dict(repair.slots)) != say(repair.code, "es", **dict(repair.slots))


@pytest.mark.parametrize("name", TEXTS)
def test_no_repair_carries_a_word_that_was_said(name: str) -> None:
    transcript = formats.read(FOLDER / name)
    said = {word.casefold() for turn in transcript.turns for word in turn.text.split() if len(word) > 3}
    for repair in transcript.repairs:
        assert said.isdisjoint(str(value).casefold() for _, value in repair.slots)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.xfail(reason=case["why"], strict=True))
        for case in EXPECTED["known_failures"]
    ],
    ids=lambda case: case["name"],
)
def test_known_failure(case: dict[str, Any]) -> None:
    transcript = formats.read_data(case["text"].encode(), case["name"])
    assert list(transcript.speakers) == case["speakers"]
