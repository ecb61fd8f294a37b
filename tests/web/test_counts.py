"""The coordinator's counts, on the page and taken along."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.utils import translation

from apego.records.models import Family, Line, Person, Visit
from tests.people import NOW, client_of, family_of


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    translation.activate("en")


def held(family: Family, by: Person) -> None:
    at = NOW - timedelta(days=3)
    visit = Visit.objects.create(
        family=family, planned_at=at, status="done", started_at=at, ended_at=at + timedelta(minutes=91)
    )
    visit.visitors.add(by)
    visit.caregivers.set(family.caregivers.all())


def page(who: Person, period: str = "") -> str:
    answer = client_of(who).get(f"/en/office/counts/?period={period}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_counts_visits_and_names_no_family(
    coordinator: Person, visitor: Person, family: Family
) -> None:
    held(family, visitor)
    told = page(coordinator)
    assert "Ana" in told
    assert 'data-label="Minutes">91</td>' in told
    assert "Ortega" not in told
    assert "not shown" in told


def test_too_large_a_caseload_is_told_plainly(coordinator: Person, visitor: Person) -> None:
    for number in range(13):
        family_of(visitor, f"Family {number}")
    assert "over 12" in page(coordinator)


def test_a_month_and_an_empty_year_can_be_opened(
    coordinator: Person, visitor: Person, family: Family
) -> None:
    assert "October 2026" in page(coordinator, "2026-10")
    assert "Nothing to count in this time" in page(coordinator, "2024")


def test_the_export_is_a_table_safe_for_spreadsheets_and_a_line_in_the_log(
    coordinator: Person, visitor: Person, family: Family
) -> None:
    visitor.name = "=cmd|' /C calc'!A0"
    visitor.save()
    held(family, visitor)
    answer = client_of(coordinator).get("/en/office/counts/export/?period=2026")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    header, *rows = table
    assert header[:4] == ["from", "to", "of", "which"]
    assert [
        "2026-09-01",
        "2026-11-23",
        "program",
        "",
        "1",
        "1",
        "10",
        "91",
        "0",
        "0",
        "0",
        "0",
        "0",
        "0",
    ] in rows
    assert ["2026-09-01", "2026-11-23", "home language", "Spanish", "not shown"] in rows
    assert "'=cmd|' /C calc'!A0" in {row[3] for row in rows}
    assert "Ortega" not in str(table)
    assert Line.objects.filter(verb="counts.export", by=coordinator.id).count() == 1


def test_nobody_else_opens_or_takes_the_counts(visitor: Person, supervisor: Person) -> None:
    for who in (visitor, supervisor):
        for address in ("/en/office/counts/", "/en/office/counts/export/"):
            assert client_of(who).get(address).status_code == 404
    assert not Line.objects.filter(verb="counts.export").exists()
