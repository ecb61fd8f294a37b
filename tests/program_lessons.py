"""A program's own lesson, small and whole, beside none of Apego's: what the tests of Learn are taken with."""

from __future__ import annotations

from pathlib import Path

import pytest

from apego.practice.lesson import Lesson
from apego.records import learning

FOLDER = Path(__file__).parent / "cases" / "program_lessons"
ADDRESS = "/en/learn/lessons/at_the_window/"


@pytest.fixture
def at_the_window(monkeypatch: pytest.MonkeyPatch) -> Lesson:
    """The only lesson there is: two pictures, three lines, two questions, three small practices."""
    monkeypatch.setattr("apego.practice.lessons.lessons", dict)
    monkeypatch.setenv("APEGO_LESSONS", str(FOLDER))
    return learning.lessons()["at_the_window"]
