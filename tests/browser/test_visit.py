"""A visit as a browser meets it: what is typed is saved by itself, a moment is kept in its place, a parent signs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from apego.records.actions import visits
from apego.records.models import Draft, Moment, Person, Visit
from tests.browser.served import Open
from tests.people import NOW

pytestmark = pytest.mark.browser
EARLIER = NOW - timedelta(days=3)


@pytest.fixture
def under_way(visit: Visit, visitor: Person) -> Visit:
    Visit.objects.filter(id=visit.id).update(planned_at=EARLIER)
    return visits.start(visit=visit, by=visitor, at=EARLIER)


def address(visit: Visit, more: str = "") -> str:
    return f"/en/visits/{visit.id}/{more}"


def complaints(page: Any) -> list[str]:
    """Give what the browser complains about from now on: faults of scripts and of the content policy."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda fault: heard.append(str(fault)))
    return heard


def test_what_is_typed_is_saved_by_itself_and_is_there_after_the_tab_was_closed(
    browse: Open, visitor: Person, under_way: Visit
) -> None:
    page = browse(visitor)
    heard = complaints(page)
    page.goto(address(under_way))
    page.get_by_label("A moment", exact=True).fill("Inés took the spoon and")
    page.get_by_text("Saved as you type").first.wait_for()
    page.close()
    again = browse(visitor)
    again.goto(address(under_way))
    assert again.get_by_label("A moment", exact=True).input_value() == "Inés took the spoon and"
    assert heard == []


def test_a_moment_is_kept_without_leaving_the_page(browse: Open, visitor: Person, under_way: Visit) -> None:
    page = browse(visitor)
    heard = complaints(page)
    page.goto(address(under_way))
    page.evaluate("window.stayed = true")
    page.get_by_label("A moment", exact=True).fill("Inés banged the pot on purpose.")
    page.get_by_role("button", name="Keep this moment").click()
    page.locator("mark", has_text="on purpose").wait_for()
    assert page.get_by_label("A moment", exact=True).input_value() == ""
    page.get_by_role("button", name="Leave it as it is").click()
    page.locator("mark").wait_for(state="detached")
    assert page.evaluate("window.stayed") is True
    page.wait_for_timeout(1200)  # longer than a late draft waits
    assert not Draft.objects.exists()
    assert Moment.objects.get().words == "Inés banged the pot on purpose."
    assert heard == []


def test_two_quick_clicks_keep_one_moment(browse: Open, visitor: Person, under_way: Visit) -> None:
    page = browse(visitor)
    page.goto(address(under_way))
    page.get_by_label("A moment", exact=True).fill("Inés clapped.")
    page.get_by_role("button", name="Keep this moment").dblclick()
    page.locator(".moment", has_text="Inés clapped.").wait_for()
    page.wait_for_timeout(500)
    assert Moment.objects.count() == 1


def test_without_javascript_a_moment_is_kept_too(browse: Open, visitor: Person, under_way: Visit) -> None:
    page = browse(visitor, java_script_enabled=False)
    page.goto(address(under_way))
    page.get_by_label("A moment", exact=True).fill("Inés clapped.")
    page.get_by_role("button", name="Keep this moment").click()
    assert page.locator(".moment", has_text="Inés clapped.").count() == 1


def test_a_parent_signs_with_a_finger(browse: Open, visitor: Person, under_way: Visit) -> None:
    end = EARLIER + timedelta(minutes=90)
    who_and_when: visits.WhoWhenWhere = {
        "children": list(under_way.family.children.all()),
        "caregivers": list(under_way.family.caregivers.all()),
        "ended_at": end,
    }
    visits.change(visit=under_way, base_version=1, by=visitor, at=end, **who_and_when)
    visits.finish(visit=under_way, by=visitor, at=end)
    page = browse(visitor)
    page.goto(address(under_way, "sign/"))
    pad = page.locator("[data-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="Keep the signature").click()
    page.get_by_role("img", name="Signature of Rosa").wait_for()
