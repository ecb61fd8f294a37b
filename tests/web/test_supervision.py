"""Supervision's pages: counts of visits for the supervisor, sessions for the two who hold them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apego.records.models import Family, Person, Role, Supervision, Variant
from tests.people import NOW, client_of, family_of, person


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    translation.activate("en")  # the language of `reverse`, whatever page another test opened last


def page(who: Person, name: str, *args: object) -> str:
    answer = client_of(who).get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def typed(**fields: object) -> dict[str, object]:
    return {
        "delivery": uuid4(), "day": "2026-11-20", "time": "09:30", "notes": "", "agreements": "", **fields
    }  # fmt: skip


def test_a_supervisor_opens_on_her_visitors(supervisor: Person, stranger: Person, family: Family) -> None:
    told = page(supervisor, "supervision")
    assert "Ana" in told
    assert "Marisol" in told
    assert "Keisha" not in told
    assert "Ortega Ruiz" in told  # neither seen nor called yet


def test_a_caseload_leads_to_cover_and_hand_over(supervisor: Person, visitor: Person, family: Family) -> None:
    told = page(supervisor, "caseload", visitor.id)
    assert reverse("hand_over", args=[family.id]) in told
    assert reverse("cover", args=[family.id]) in told


def test_a_visitor_sees_her_own_caseload_without_what_only_a_supervisor_does(
    visitor: Person, family: Family
) -> None:
    told = page(visitor, "caseload", visitor.id)
    assert "Ortega Ruiz" in told
    assert reverse("hand_over", args=[family.id]) not in told


def test_thirteen_families_are_told_plainly(supervisor: Person, visitor: Person) -> None:
    for number in range(13):
        family_of(visitor, f"Family {number}")
    assert "13 families: more than 12, the most that the standards allow" in page(supervisor, "supervision")


def test_a_session_is_noted_read_by_the_visitor_and_its_agreements_open_the_next(
    supervisor: Person, visitor: Person
) -> None:
    agreed = typed(notes="What the bath was like.", agreements="To sit closer to Rosa.")
    client_of(supervisor).post(reverse("session_new", args=[visitor.id]), agreed)
    made = Supervision.objects.get()
    assert (made.visitor, made.supervisor) == (visitor, supervisor)
    assert "To sit closer to Rosa." in page(visitor, "supervision")
    assert "What the bath was like." in page(visitor, "session", made.id)
    assert "To sit closer to Rosa." in page(supervisor, "session_new", visitor.id)


def test_a_form_sent_twice_notes_one_session(supervisor: Person, visitor: Person) -> None:
    client, once = client_of(supervisor), typed(notes="…")
    for _ in range(2):
        client.post(reverse("session_new", args=[visitor.id]), once)
    assert Supervision.objects.count() == 1


def test_a_day_that_is_none_is_told_beside_the_field_and_nothing_is_lost(
    supervisor: Person, visitor: Person
) -> None:
    answer = client_of(supervisor).post(
        reverse("session_new", args=[visitor.id]), typed(day="soon", notes="Kept words")
    )
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Supervision.objects.exists()


def test_two_wordings_of_a_session_are_laid_side_by_side(supervisor: Person, visitor: Person) -> None:
    made = Supervision.objects.create(supervisor=supervisor, visitor=visitor, at=NOW)
    address = reverse("session", args=[made.id])
    client_of(supervisor).post(address, typed(base_version=1, notes="hers"))
    answer = client_of(visitor).post(address, typed(base_version=1, notes="mine"))
    kept = Variant.objects.get()
    assert answer["Location"] == reverse("variant", args=[kept.id])
    for who in (supervisor, visitor):
        told = page(who, "variant", kept.id)
        assert "hers" in told
        assert "mine" in told
        assert reverse("variant", args=[kept.id]) in page(who, "session", made.id)
    client_of(visitor).post(reverse("variant", args=[kept.id]), {"delivery": uuid4(), "choice": "both"})
    made.refresh_from_db()
    assert made.notes == "hers\n\nmine"


def test_the_two_wordings_are_open_to_nobody_else(
    supervisor: Person, visitor: Person, second_visitor: Person, coordinator: Person
) -> None:
    made = Supervision.objects.create(supervisor=supervisor, visitor=visitor, at=NOW)
    kept = Variant.objects.create(
        kind="supervision", thing=made.id, base_version=1, content={"notes": "…"}, at=NOW, by=visitor
    )
    for other in (second_visitor, coordinator):
        assert client_of(other).get(reverse("variant", args=[kept.id])).status_code == 404


def test_a_planned_session_stands_with_the_visitor(supervisor: Person, visitor: Person) -> None:
    Supervision.objects.create(supervisor=supervisor, visitor=visitor, at=NOW + timedelta(days=3))
    assert "Next session: Thursday, November 26" in page(supervisor, "supervision")


def test_pages_take_as_many_queries_for_many_visitors_as_for_one(
    supervisor: Person, visitor: Person, family: Family
) -> None:
    client = client_of(supervisor)
    client.get("/en/supervision/")
    with CaptureQueriesContext(connection) as one:
        client.get("/en/supervision/")
    for number in range(3):
        more = person(f"v{number}", Role.VISITOR, supervisor)
        family_of(more, f"A {number}")
        family_of(more, f"B {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/en/supervision/")
    assert len(many) == len(one)
