"""The calendar of a family's visits, and what changes it: planned, moved, not held, made up, weekly."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apego.records.actions import visits
from apego.records.models import Family, Person, Series, Visit
from tests.people import NOW, client_of


@pytest.fixture
def ana(visitor: Person) -> Client:
    return client_of(visitor)


def sent(**fields: object) -> dict[str, object]:
    return {"delivery": str(uuid4()), **fields}


def page(client: Client, family: Family, query: str = "") -> str:
    answer = client.get(reverse("family_visits", args=[family.id]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_calendar_says_what_to_do(ana: Client, family: Family) -> None:
    told = page(ana, family)
    assert "No visit is planned yet." in told
    assert reverse("visit_new", args=[family.id]) in told


def test_a_visit_is_planned_and_goes_on_to_its_plan(ana: Client, family: Family, visitor: Person) -> None:
    form = sent(day="2026-11-30", time="10:00", visitors=[str(visitor.id)])
    answer = ana.post(reverse("visit_new", args=[family.id]), form)
    visit = family.visits.get()
    assert answer["Location"] == reverse("plan", args=[visit.id])
    assert visit.planned_at == NOW + timedelta(weeks=1)


def test_a_visit_is_moved_on_the_programs_clock(ana: Client, visit: Visit) -> None:
    ana.post(reverse("visit_move", args=[visit.id]), sent(day="2026-11-24", time="14:30", base_version=1))
    visit.refresh_from_db()
    assert visit.planned_at == NOW + timedelta(days=1, hours=4.5)


def test_a_cancelled_visit_waits_to_be_made_up(ana: Client, visit: Visit) -> None:
    ana.post(reverse("visit_not_held", args=[visit.id]), sent(outcome="cancelled_program", reason="training"))
    told = page(ana, visit.family)
    assert "Owed to the family." in told
    assert "Training or a meeting" in told
    ana.post(reverse("visit_make_up", args=[visit.id]), sent(day="2026-11-27", time="09:00"))
    assert "Owed to the family." not in page(ana, visit.family)


def test_a_reason_of_the_family_does_not_stand_beside_the_program(ana: Client, visit: Visit) -> None:
    form = sent(outcome="cancelled_program", reason="child_ill")
    answer = ana.post(reverse("visit_not_held", args=[visit.id]), form)
    assert answer.status_code == 422
    assert "This reason stands under another answer." in answer.content.decode()


def test_a_visit_that_was_cancelled_by_mistake_is_put_back(ana: Client, visit: Visit) -> None:
    ana.post(reverse("visit_not_held", args=[visit.id]), sent(outcome="attempted", reason=""))
    ana.post(reverse("visit_put_back", args=[visit.id]), sent())
    visit.refresh_from_db()
    assert visit.status == Visit.Status.PLANNED


@pytest.mark.usefixtures("on_that_day")
def test_weekly_visits_are_laid_out_and_ended(ana: Client, family: Family, visitor: Person) -> None:
    form = sent(weekday="1", time="10:00", since="2026-11-24", visitor=str(visitor.id))
    ana.post(reverse("series_new", args=[family.id]), form)
    assert family.visits.count() >= 8
    told = page(ana, family)
    assert "Every Tuesday at 10:00 a.m., Ana" in told
    ana.post(reverse("series_end", args=[Series.objects.get().id]), sent())
    assert family.visits.filter(planned_at__gt=NOW + timedelta(days=7)).count() == 0


def test_a_supervisor_sees_the_calendar_and_changes_nothing(
    family: Family, visit: Visit, supervisor: Person
) -> None:
    ruth = client_of(supervisor)
    assert reverse("visit_new", args=[family.id]) not in page(ruth, family)
    for name in ("visit_move", "visit_not_held", "visit_make_up", "visit_edit", "visit_finish", "visit_sign"):
        assert ruth.get(reverse(name, args=[visit.id])).status_code == 404


def test_a_coordinator_sees_no_visit_of_a_family_without_a_reason(
    family: Family, visit: Visit, coordinator: Person
) -> None:
    helen = client_of(coordinator)
    assert reverse("visit_detail", args=[visit.id]) not in page(helen, family)
    assert helen.get(reverse("visit_detail", args=[visit.id])).status_code == 404


def test_another_year_is_asked_for_and_nonsense_is_not_minded(ana: Client, family: Family) -> None:
    for query in ("?year=2025", "?year=x", "?year=99999", "?year=0"):
        page(ana, family, query)


def test_the_questions_of_the_database_do_not_grow_with_the_visits(
    ana: Client, family: Family, visitor: Person
) -> None:
    page(ana, family)
    counted = []
    for week in range(2):
        for day in range(5):
            at = NOW + timedelta(weeks=week, days=day)
            visits.schedule(id=uuid4(), family=family, planned_at=at, visitors=[visitor], by=visitor, at=NOW)
        with CaptureQueriesContext(connection) as asked:
            page(ana, family)
        counted.append(len(asked))
    assert counted[0] == counted[1]
