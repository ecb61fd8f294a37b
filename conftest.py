"""What holds for every test: no clock of hypothesis's own, a folder that is thrown away, the people of the tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("apego", deadline=None)
settings.load_profile("apego")

pytest_plugins = ["tests.people", "tests.browser.served"]
