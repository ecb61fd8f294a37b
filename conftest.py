"""What holds for every test: no clock of hypothesis's own, English to begin with, the people of the tests."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation
from hypothesis import settings

settings.register_profile("apego", deadline=None)
settings.load_profile("apego")

pytest_plugins = ["tests.people", "tests.browser.served"]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Take back what a request of the test before left active in this thread."""
    translation.activate("en")
    timezone.deactivate()
