"""Screenshots of pages, for looking at them: `python -m tests.shots OUT LOGIN PATH...`

Each path is drawn at 360 and 1280 px, light, and at 360 px dark. It serves the data folder of APEGO_DATA; an
empty one is filled with the people of the tests. `{visit}` and `{family}` in a path stand for Ana's.
LOGIN is who looks: ana, marisol, ruth, gloria, keisha or helen. Example:

    APEGO_DATA=/tmp/look python -m tests.shots /tmp/out ana /es/ /es/families/{family}/
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

VIEWS = ((360, 780, "light"), (360, 780, "dark"), (1280, 900, "light"))
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
}


class Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def fill() -> None:
    """Make the people of the tests, and a planned visit, where there is nothing yet."""
    from apego.records.models import Program, Role, Visit
    from tests.people import NOW, family_of, person

    if Program.objects.exists():
        return
    Program.objects.create(name="Bluestem Early Head Start", time_zone="America/Chicago")
    person("helen", Role.COORDINATOR)
    ruth, gloria = person("ruth", Role.SUPERVISOR), person("gloria", Role.SUPERVISOR)
    ana, marisol = person("ana", Role.VISITOR, ruth, "es"), person("marisol", Role.VISITOR, ruth)
    keisha = person("keisha", Role.VISITOR, gloria)
    family = family_of(ana, "Ortega Ruiz", marisol)
    family_of(keisha, "Daniels")
    Visit.objects.create(family=family, planned_at=NOW).visitors.add(ana)


def session_of(login: str) -> str:
    from django.test import Client

    from apego.records.models import Person

    client = Client()
    client.force_login(Person.objects.get(login=login))
    return client.cookies["sessionid"].value


@contextmanager
def served() -> Iterator[str]:
    """Serve the installation of APEGO_DATA from this process; give its address."""
    from apego.wsgi import application

    server = make_server("127.0.0.1", 0, application, handler_class=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def main(out: Path, login: str, paths: list[str]) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apego.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    django.setup()
    from django.core.management import call_command
    from playwright.sync_api import sync_playwright

    from apego.records.models import Family, Visit

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    fill()
    known = {
        "family": Family.objects.order_by("made_at")[0].id,
        "visit": Visit.objects.order_by("made_at")[0].id,
    }
    out.mkdir(parents=True, exist_ok=True)
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)  # type: ignore[arg-type]
        for width, height, scheme in VIEWS:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            context.add_cookies([{"name": "sessionid", "value": session_of(login), "url": base}])
            page = context.new_page()
            for path in paths:
                page.goto(base + path.format(**known))
                name = (
                    path.split("?")[0].strip("/").replace("/", "-").replace("{", "").replace("}", "")
                    or "root"
                )
                page.screenshot(path=out / f"{name}-{width}-{scheme}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
