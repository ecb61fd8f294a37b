"""What holds for every test: no clock of hypothesis's own, English to begin with, the people of the tests."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import settings

PROGRAM_ZONE = ZoneInfo(
    "America/Chicago"
)  # as in tests/people.py: at midnight of UTC it is still yesterday there

settings.register_profile("apego", deadline=None)
settings.load_profile("apego")

pytest_plugins = ["tests.people", "tests.browser.served"]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Take back what a request of the test before left active in this thread; the day is the program's."""
    translation.activate("en")
    timezone.activate(PROGRAM_ZONE)
