"""The reflection as data: JSON by a published schema, and the counts as rows for CSV.

The schema stands beside this file as `reflection.schema.json`. Its version rises when a
field changes its meaning or goes; new fields may come without.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any

from apego.listening.model import FILES
from apego.listening.reflection import Reflection
from apego.listening.telling import Page
from apego.listening.transcript import Repair
from apego.practice.content import Language
from apego.practice.sentences import say

SCHEMA_VERSION = 1


def document(reflection: Reflection, page: Page) -> dict[str, Any]:
    """Give the reflection as plain values for JSON.

    Quotes name the turns they stand in (`first`, `last`, from 0), so that a reader can go
    back to the words; `turns` holds every turn with the labels heard in it.
    """
    told = asdict(page)
    return {
        "schema": SCHEMA_VERSION,
        "reader": reader_hash(),
        **{key: told[key] for key in told if key not in ("timeline", "timeline_says", "counts")},
        "timeline": told["timeline"],
        "counts": [
            {"measure": count.measure, "who": list(count.who), "value": count.value, "n": count.n}
            for count in reflection.counts
        ],
        "turns": _turns(reflection),
        "repairs": [_repair(repair, page.language) for repair in reflection.conversation.transcript.repairs],
    }


def rows(reflection: Reflection) -> list[tuple[str, str, str, str]]:
    """Give the counts as rows: measure, who, value (empty below ten cases), n."""
    return [
        (count.measure, " - ".join(count.who), "" if count.value is None else str(count.value), str(count.n))
        for count in reflection.counts
    ]


@cache
def schema() -> dict[str, Any]:
    """Give the JSON schema (draft 2020-12) of `document`."""
    path = resources.files(__package__).joinpath("reflection.schema.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def reader_hash() -> str:
    """Give the sha256 of the reader's weights: a stored reflection says by what it was read."""
    folder = resources.files("apego.listening.model")
    return hashlib.sha256(b"".join(folder.joinpath(name).read_bytes() for name in FILES)).hexdigest()


def _repair(repair: Repair, language: Language) -> dict[str, Any]:
    says = say(repair.code, language, line=repair.line, **dict(repair.slots))
    return {"line": repair.line, "code": repair.code, "says": says}


def _turns(reflection: Reflection) -> list[dict[str, Any]]:
    conversation = reflection.conversation
    return [
        {
            "speaker": turn.speaker,
            "role": turn.role.value,
            "start_ms": turn.start_ms,
            "end_ms": turn.end_ms,
            "text": turn.text,
            "marks": sorted(turn.marks),
            "labels": list(reading.labels),
        }
        for turn, reading in zip(conversation.turns, conversation.readings, strict=True)
    ]
