"""Every page with the Tab key alone: nothing left out or out of order, no trap, and one always sees where one is."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from apego.records.models import Family, Person, Visit
from tests.browser.served import LAPTOP, PHONE, Open
from tests.browser.test_every_page import NO_PAGE
from tests.web.addresses import ADDRESSES
from tests.web.test_every_address import path_of
from tests.web.things import things

pytestmark = pytest.mark.browser

# What the Tab key must reach, in the order in which it stands in the page. A group of radio buttons is one stop:
# the chosen one, or the first. Then the page notes each stop, and whether it or its label is outlined there.
PREPARE = """() => {
  document.querySelectorAll("details").forEach(each => each.open = true);
  const all = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, :is(audio, video)[controls], [tabindex='0']"
  )].filter(each => !each.disabled && each.tabIndex >= 0 && each.checkVisibility({visibilityProperty: true}));
  const groups = new Map();
  for (const each of all.filter(each => each.type === "radio")) {
    const group = `${each.form?.id} ${[...document.forms].indexOf(each.form)} ${each.name}`;
    if (!groups.has(group) || each.checked) groups.set(group, each);
  }
  const stops = all.filter(each => each.type !== "radio" || [...groups.values()].includes(each));
  const outlined = each => {
    const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(each);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/^rgba.*, 0\\)$/.test(outlineColor);
  };
  const tell = each => each.outerHTML.replace(/\\s+/g, " ").slice(0, 120);
  const first = stops.filter(each => each.tabIndex > 0).map(tell);
  window.walk = {stops: stops.map(tell), first, reached: [], faint: [], round: false};
  document.addEventListener("focusin", ({target}) => {
    const {reached, faint} = window.walk;
    if (target === stops[0] && reached.length) window.walk.round = true;
    if (window.walk.round) return;
    reached.push(tell(target));
    const shown = target.closest(".chips label, .cards label");
    if (!outlined(target) && !(shown && outlined(shown))) faint.push(tell(target));
  });
  // Where a page puts the cursor into a field, the walk begins before it.
  const start = document.createElement("span");
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
  window.walk.reached.length = window.walk.faint.length = 0;
  // A field for a day or a time holds several stops of the browser's own.
  return stops.length + 6 * stops.filter(each => /date|time|month/.test(each.type)).length + 2;
}"""


def lost(page: Any, path: str) -> list[str]:
    """Walk a page by Tab until it comes round; give what was not reached, not in order, or not seen."""
    page.goto(path)
    presses = page.evaluate(PREPARE)
    for press in range(presses):
        page.keyboard.down("Tab")
        if press % 20 == 19 and page.evaluate("window.walk.round"):
            break
    walk = page.evaluate("window.walk")
    wrong = [f"{path}: no outline on {each}" for each in walk["faint"]]
    wrong += [f"{path}: goes before its turn: {each}" for each in walk["first"]]
    if not walk["stops"] or 'class="skip"' not in walk["stops"][0]:
        wrong.append(f"{path}: the way past the doors is not the first stop")
    if walk["reached"] != walk["stops"]:
        pairs = zip([*walk["stops"], "the end"], [*walk["reached"], "nothing"], strict=False)
        due, came = next((due, came) for due, came in pairs if due != came)
        wrong.append(f"{path}: {came} where {due} stands")
    return wrong


@pytest.mark.parametrize(
    ("who", "language", "width"),
    [("ana", "es", PHONE), ("helen", "en", LAPTOP)],
    ids=["visitor", "coordinator"],
)
def test_the_tab_key_goes_through_every_page(
    browse: Open,
    known: dict[str, Person],
    family: Family,
    visit: Visit,
    who: str,
    language: str,
    width: int,
) -> None:
    made = things(family, visit, known)
    page = browse(known[who], width=width)
    wrong: list[str] = []
    with translation.override(language):
        for address in ADDRESSES:
            # The coordinator walks what the visitor may not open.
            theirs = getattr(address, who) == 200 and (who == "ana" or address.ana != 200)
            if theirs and address.name not in NO_PAGE:
                wrong += lost(page, path_of(address, made))
    assert wrong == []


START = """<style>:focus-visible { outline: 3px solid }</style><a class="skip" href="#main">Skip</a>
<button id="one">One</button><button id="two">Two</button><p id="main">"""


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("", None),
        ("<style>#two:focus { outline: 0 }</style>", 'no outline on <button id="two"'),
        ('<a href="#main" tabindex="3">First of all</a>', "goes before its turn"),
        ("<script>one.onkeydown = event => event.preventDefault()</script>", "nothing where"),
        ("<script>two.onfocus = () => one.focus()</script>", "where"),
        ("<script>document.querySelector('.skip').remove()</script>", "is not the first stop"),
    ],
    ids=["whole", "unseen", "out of order", "trapped", "thrown back", "no way past"],
)
def test_the_walk_tells_what_is_wrong(chromium: Any, added: str, told: str | None) -> None:
    page = chromium.new_page()
    page.route("**/*", lambda route: route.fulfill(body=START + added, content_type="text/html"))
    wrong = lost(page, "http://a.test/")
    page.close()
    assert (wrong == []) if told is None else any(told in each for each in wrong), wrong
