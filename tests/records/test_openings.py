from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from apego.records import access
from apego.records.actions import openings, requests
from apego.records.actions.acting import NotPossible
from apego.records.models import Family, Line, Moment, Opening, ParentRequest, Person, Visit
from tests.people import NOW, TODAY, person


def opened(
    family: Family, by: Person, request: ParentRequest | None = None, at: datetime | None = None
) -> Opening:
    return openings.begin(id=uuid4(), family=family, reason="A request", request=request, by=by, at=at or NOW)


def test_an_opening_lasts_until_the_end_of_the_day_of_the_program(
    family: Family, coordinator: Person
) -> None:
    late = datetime(2026, 11, 24, 5, 59, tzinfo=UTC)  # one minute before midnight in Chicago
    assert opened(family, coordinator, at=late).until == late + timedelta(minutes=1)


def test_it_opens_what_is_written_of_this_family_to_this_person(
    visit: Visit, visitor: Person, coordinator: Person, other_family: Family
) -> None:
    Moment.objects.create(family=visit.family, visit=visit, at=NOW, words="Gateó.", by=visitor)
    colleague = person("nora", coordinator.role)  # type: ignore[arg-type]
    opening = openings.begin(
        id=uuid4(), family=visit.family, reason="A request", by=coordinator, at=datetime.now(UTC)
    )
    assert access.visible(coordinator, Moment).count() == 1
    assert not access.visible(colleague, Moment).exists()
    assert list(access.families_opened(coordinator)) == [visit.family]
    openings.close(opening=opening, by=coordinator, at=datetime.now(UTC))
    assert not access.visible(coordinator, Moment).exists()


def test_an_opening_that_is_over_opens_nothing(family: Family, coordinator: Person) -> None:
    opened(family, coordinator, at=datetime.now(UTC) - timedelta(days=2))
    assert not access.families_opened(coordinator).exists()


def test_it_names_only_a_request_of_this_family(
    family: Family, other_family: Family, coordinator: Person
) -> None:
    request = requests.receive(
        id=uuid4(),
        family=other_family,
        caregiver=None,
        kind="copy",
        words="",
        received_on=TODAY,
        by=coordinator,
        at=NOW,
    )
    with pytest.raises(NotPossible, match="not-this-request"):
        opened(family, coordinator, request)
    assert opened(other_family, coordinator, request).request == request


def test_an_opening_is_a_line_of_the_familys_log(family: Family, coordinator: Person) -> None:
    opening = opened(family, coordinator)
    line = Line.objects.get(verb="openings.begin")
    assert (line.family, line.thing, line.by) == (family.id, opening.id, coordinator.id)


def test_closing_does_not_lengthen_what_is_over(family: Family, coordinator: Person) -> None:
    opening = opened(family, coordinator)
    until = opening.until
    assert openings.close(opening=opening, by=coordinator, at=until + timedelta(hours=1)).until == until
