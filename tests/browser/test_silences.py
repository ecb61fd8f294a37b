"""A reflection with little to tell is a page to be met, too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from apego.command import main
from tests.browser.test_page import RULES, opened

pytestmark = pytest.mark.browser

FEW_WORDS = {
    "only a visitor": "Ana: Hello, is anybody home?\nAna: I will come back on Friday.\n",
    "nobody known": "We talked for a while and then I went home.\n",
    "no child": "Visitor: How have the nights been?\nMom: Long. He wakes up every hour and I sing to him.\n",
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("said", FEW_WORDS.values(), ids=FEW_WORDS.keys())
def test_axe_finds_nothing_where_there_is_little_to_tell(
    chromium: Any, tmp_path: Path, said: str, language: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    visit, out = tmp_path / "visit.txt", tmp_path / "reflection.html"
    visit.write_text(said, encoding="utf-8")
    ran = CliRunner().invoke(main, ["reflect", str(visit), "--language", language, "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    page = opened(chromium, out)
    assert page.locator("h2").count() >= 3
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
