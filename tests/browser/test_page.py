"""The page of a reflection as a person meets it: phone, laptop, dark, paper, keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

WIDTHS = {"phone": 360, "laptop": 1280}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


def opened(chromium: Any, path: Path, width: int = 360, scheme: str = "light") -> Any:
    # The page forbids scripts; axe is one, so the tests alone may pass its policy.
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_axe_finds_nothing(chromium: Any, written: tuple[str, Path], width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(chromium, written[1], width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_the_page_says_its_language_and_that_of_each_quote(chromium: Any, written: tuple[str, Path]) -> None:
    language, path = written
    page = opened(chromium, path)
    assert page.locator("html").get_attribute("lang") == language
    other = "en" if language == "es" else "es"
    assert page.locator(f"blockquote [lang={other}]").count() > 0


def test_nothing_is_wider_than_a_phone(chromium: Any, written: tuple[str, Path]) -> None:
    page = opened(chromium, written[1], 320)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_page_asks_nothing_of_any_other_place(chromium: Any, written: tuple[str, Path]) -> None:
    asked: list[str] = []
    context = chromium.new_context()
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(written[1].as_uri())
    assert asked == [written[1].as_uri()]


def test_what_is_folded_opens_by_keyboard(chromium: Any, written: tuple[str, Path]) -> None:
    page = opened(chromium, written[1])
    folded = page.locator("details")
    assert folded.count() == 2
    for _ in range(2):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    assert page.locator("details[open]").count() == 2


def test_on_paper_the_counts_stay_away(chromium: Any, written: tuple[str, Path]) -> None:
    page = opened(chromium, written[1])
    page.emulate_media(media="print")
    assert page.locator("section.counts").is_hidden()
    assert page.locator("blockquote").first.is_visible()
