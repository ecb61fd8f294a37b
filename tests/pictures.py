"""The pictures of the README, taken of the invented program: `./dev pictures` writes docs/pictures/*.png anew."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs/pictures"
DAY = datetime(
    2026, 11, 23, 15, 0, tzinfo=UTC
)  # a Monday morning; the program is the same whenever it is played
WRITTEN = (
    "Renata banged the spoon on the pot five times. Yazmín waited, then tapped it back. "
    "Renata did it on purpose again."
)


def play() -> dict[str, str]:
    """Play the program into the folder of APEGO_DATA; give the addresses of what is worth a picture."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from apego.demo import program
    from apego.records.models import Family, Reflection, Visit

    program.play(now=DAY)
    ortega = next(family for family in Family.objects.all() if family.name == "Familia Ortega Ruiz")
    told = Reflection.objects.filter(state="done", transcript__by__login="ana").earliest("transcript__on")
    ahead = Visit.objects.filter(family=ortega, status="planned", visitors__login="ana").earliest(
        "planned_at"
    )
    return {
        "today": "/es/",
        "family": f"/en/families/{ortega.id}/",
        "visit": f"/en/visits/{ahead.id}/?write",
        "reflection": f"/es/reflections/{told.id}/",
    }


def take(addresses: dict[str, str]) -> None:
    """Take each picture at the width at which it is looked at."""
    from playwright.sync_api import sync_playwright

    from tests.shots import CHROMIUM, served, session_of

    sizes = {"today": (390, 844), "visit": (390, 844), "family": (1280, 860), "reflection": (1280, 860)}
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)  # type: ignore[arg-type]
        for name, path in addresses.items():
            width, height = sizes[name]
            context = browser.new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce"
            )
            context.add_cookies([{"name": "sessionid", "value": session_of("ana"), "url": base}])
            page = context.new_page()
            page.goto(base + path)
            if name == "visit":
                page.get_by_label("A moment", exact=True).fill(WRITTEN)
                page.get_by_role("button", name="Keep this moment").click()
                page.locator("mark").wait_for()
                page.locator(".note-check").evaluate('one => one.scrollIntoView({block: "end"})')
                page.mouse.wheel(0, 120)
            page.screenshot(path=DOCS / f"{name}.png")
        browser.close()


def smaller() -> None:
    """Leave sixteen million colours to photographs, where ImageMagick is installed."""
    for picture in DOCS.glob("*.png"):
        subprocess.run(["convert", picture, "-colors", "128", picture], check=False)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="apego-pictures-") as folder:
        os.environ |= {"APEGO_DATA": folder, "APEGO_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "apego.settings"}
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        DOCS.mkdir(exist_ok=True)
        take(play())
    smaller()
    sys.exit(0)
