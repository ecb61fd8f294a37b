"""The product as a browser meets it: served from this process, with the people of the tests signed in by cookie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from apego.records.models import Person
from tests.people import client_of

Open = Callable[..., Any]

PHONE, LAPTOP = 360, 1280
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.fixture
def served(chromium: Any, committed: None, live_server: LiveServer) -> str:
    """The address of a server on the test's own database."""
    return live_server.url


@pytest.fixture
def browse(chromium: Any, served: str) -> Iterator[Open]:
    """Open a browser in which somebody is signed in: `browse(ana, width=PHONE, scheme="dark")` gives its page."""
    contexts = []

    def opened(who: Person | None = None, width: int = PHONE, scheme: str = "light", **more: Any) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            reduced_motion="reduce",
            base_url=served,
            **more,
        )
        contexts.append(context)
        if who:
            session = client_of(who).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": served}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()
