"""Every page for everybody who may open it: nothing that axe finds, nothing wider than a phone, no fault in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from apego.records.models import Family, Person, Visit
from tests.browser.served import RULES, Open
from tests.web.addresses import ADDRESSES
from tests.web.test_every_address import path_of
from tests.web.things import things

pytestmark = pytest.mark.browser

NO_PAGE = {
    "calendar_feed",
    "counts_export",
    "roster_sample",
    "family_bundle_data",
    "scene_file",
    "reflection_progress",
}


def faults(page: Any, path: str, rules: dict[str, Any]) -> list[str]:
    """Open a page and give what is wrong with it, each with its address."""
    from axe_playwright_python.sync_playwright import Axe

    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = [
        f"{path}: {violation['id']}: {violation['nodes'][0]['html'][:160]}"
        for violation in Axe().run(page, options=rules).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*found, f"{path}: {wide} px wide"] if wide > 360 else found


@pytest.mark.parametrize(
    ("language", "scheme"), [("en", "light"), ("es", "light"), ("es", "dark")], ids=lambda value: str(value)
)
def test_axe_finds_nothing_on_any_page(
    browse: Open,
    known: dict[str, Person],
    family: Family,
    visit: Visit,
    language: str,
    scheme: str,
) -> None:
    made = things(family, visit, known)
    # The dark theme differs in its colours alone.
    rules = RULES if scheme == "light" else {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    wrong: list[str] = []
    seen: set[str] = set()
    for who in ("ana", "ruth", "helen"):
        page = browse(known[who], scheme=scheme, bypass_csp=True)
        mistakes: list[str] = []
        page.on("pageerror", lambda error, mistakes=mistakes: mistakes.append(str(error)))
        for address in ADDRESSES:
            if getattr(address, who) != 200 or address.name in seen or address.name in NO_PAGE:
                continue
            with translation.override(language):
                wrong += faults(page, path_of(address, made), rules)
            seen.add(address.name)
        wrong += [f"{who}: {mistake}" for mistake in mistakes]
    assert wrong == []


def test_the_sign_in_page_is_as_good(browse: Open, language: str = "es") -> None:
    page = browse(bypass_csp=True)
    with translation.override(language):
        assert faults(page, reverse("account_login"), RULES) == []
