"""An installed Chromium, at a phone's and a laptop's width. Apego downloads no browser of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("No Chromium is installed. On Debian: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=["en", "es"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The page of the visit that ships with Apego, in a language, as the command writes it: (language, path)."""
    from importlib import resources

    from click.testing import CliRunner

    from apego.command import main

    path = tmp_path_factory.mktemp("page") / "reflection.html"
    visit = str(resources.files("apego.command").joinpath("demo", "visit.vtt"))
    ran = CliRunner().invoke(
        main, ["reflect", visit, "--language", request.param, "--out", str(path)], catch_exceptions=False
    )
    assert ran.exit_code == 0, ran.output
    return request.param, path
