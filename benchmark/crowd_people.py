"""What one of the crowd does; locust runs it. Not a bench by itself: `./dev bench crowd` starts it."""

from __future__ import annotations

import itertools
import os
import random
import re
from pathlib import Path
from uuid import uuid4

from locust import HttpUser, between, events, task
from locust.env import Environment

P95_MS = 300
PEOPLE = itertools.cycle(Path(os.environ["APEGO_CROWD"]).read_text(encoding="utf-8").splitlines())
LINK = re.compile(r"/en/visits/([0-9a-f-]{36})/")


class Visitor(HttpUser):
    """A visitor at work: she looks at her day, opens a family, reads a visit, looks for a name, notes a call."""

    wait_time = between(3, 8)

    def on_start(self) -> None:
        session, self.family = next(PEOPLE).split()
        self.client.cookies.set("sessionid", session)

    @task(4)
    def look_at_today(self) -> None:
        self.client.get("/en/", name="Today")

    @task(4)
    def open_a_family(self) -> None:
        page = self.client.get(f"/en/families/{self.family}/", name="family").text
        if visits := LINK.findall(page):
            self.client.get(f"/en/visits/{random.choice(visits)}/", name="visit")  # noqa: S311

    @task(1)
    def look_for_a_name(self) -> None:
        self.post("/en/search/", {"q": "so"}, "search")

    @task(1)
    def note_a_call(self) -> None:
        what = {
            "delivery": str(uuid4()),
            "how": "call",
            "words": "She sang it again.",
            "day": "2026-11-20",
            "time": "10:00",
        }
        self.post(f"/en/families/{self.family}/contacts/new/", what, "contact")

    def post(self, path: str, fields: dict[str, str], name: str) -> None:
        self.client.get(path, name=f"{name} form")
        token = self.client.cookies.get("csrftoken", "")
        self.client.post(path, {**fields, "csrfmiddlewaretoken": token}, name=name)


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def judged(environment: Environment, **_: object) -> None:
    """Fail on any error, or where 95 of 100 answers took longer than the limit."""
    total = environment.stats.total
    p95 = total.get_response_time_percentile(0.95)
    print(f"{total.num_requests} answers, {total.num_failures} errors, p95 {p95:.0f} ms")
    environment.process_exit_code = int(total.num_failures > 0 or p95 > P95_MS)
