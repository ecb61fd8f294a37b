"""How long the server works for a page, on the large program (`./dev bench statewide` makes it first).

`./dev bench pages [RUNS]`: Today, a family, a visit and a search for a visitor; the office's pages and a search for
the coordinator; the note check alone. Each page is asked through Django's own client, in one process, RUNS times
(200 unless told) over different people and families; given are the median and the 95th percentile, and how many
queries the page took.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

import django

LIMITS_MS = {"visitor": 100, "coordinator": 200, "note": 20}


def main(arguments: list[str]) -> int:
    """Print a line a page; fail where a page took longer than its limit."""
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    runs = int(arguments[0]) if arguments else 200
    slow = 0
    for who, name, ask in _pages():
        times = sorted(_timed(ask) for _ in range(runs))
        p95 = times[int(len(times) * 0.95)]
        slow += p95 > LIMITS_MS[who]
        print(f"{who:12} {name:24} median {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms")
    return int(slow > 0)


def _timed(ask: Callable[[], None]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _pages() -> list[tuple[str, str, Callable[[], None]]]:
    from django.test import Client
    from django.urls import reverse

    from apego.listening.notes import check
    from apego.records.models import Family, Person, Visit

    by_chance = random.Random(7)  # noqa: S311 - the same pages every time
    visitors = list(Person.objects.filter(role="visitor")[:20])
    clients = {visitor.pk: Client() for visitor in visitors}
    for visitor in visitors:
        clients[visitor.pk].force_login(visitor)
    families = {
        visitor.pk: list(Family.objects.filter(assignments__visitor=visitor).values_list("pk", flat=True))
        for visitor in visitors
    }
    visits = {
        visitor.pk: list(Visit.objects.filter(visitors=visitor).values_list("pk", flat=True)[:200])
        for visitor in visitors
    }
    office = Client()
    office.force_login(Person.objects.get(role="coordinator"))

    def got(client: Client, path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    def searched(client: Client) -> None:
        assert (
            client.post(reverse("search"), {"q": by_chance.choice(("ma", "so", "ju", "kel"))}).status_code
            == 200
        )

    def anybody() -> Person:
        return by_chance.choice(visitors)

    def today() -> None:
        got(clients[anybody().pk], reverse("today"))

    def family() -> None:
        who = anybody()
        got(clients[who.pk], reverse("family", args=[by_chance.choice(families[who.pk])]))

    def visit() -> None:
        who = anybody()
        got(clients[who.pk], reverse("visit_detail", args=[by_chance.choice(visits[who.pk])]))

    def note() -> None:
        check("She was happy and threw the cup on purpose because she always wants my attention. " * 3, "en")

    return [
        ("visitor", "Today", today),
        ("visitor", "families", lambda: got(clients[anybody().pk], reverse("families"))),
        ("visitor", "family", family),
        ("visitor", "visit", visit),
        ("visitor", "search", lambda: searched(clients[anybody().pk])),
        ("coordinator", "office", lambda: got(office, reverse("office"))),
        ("coordinator", "families", lambda: got(office, reverse("families"))),
        ("coordinator", "people", lambda: got(office, reverse("people"))),
        ("coordinator", "search", lambda: searched(office)),
        ("note", "note check", note),
    ]
