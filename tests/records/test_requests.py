from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from apego.records import access
from apego.records.actions import notices, requests
from apego.records.actions.acting import NotPossible
from apego.records.models import Addendum, AnnualNotice, Family, Line, ParentRequest, Person, Visit
from tests.people import NOW, TODAY


def asked(family: Family, by: Person, kind: str = "amend") -> ParentRequest:
    return requests.receive(
        id=uuid4(),
        family=family,
        caregiver=family.caregivers.get(),
        kind=kind,
        words="No fue el lunes.",
        received_on=TODAY,
        by=by,
        at=NOW,
    )


def finished(visit: Visit, by: Person) -> Visit:
    visit.started_at, visit.ended_at, visit.finished_at, visit.finished_by = (
        NOW,
        NOW + timedelta(minutes=90),
        NOW,
        by,
    )
    visit.save()
    return visit


def test_the_clock_of_a_request_runs_45_days_from_the_day_it_came(
    family: Family, coordinator: Person
) -> None:
    assert asked(family, coordinator).due_on == date(2027, 1, 7)


def test_a_request_sent_twice_is_one(family: Family, coordinator: Person) -> None:
    first = asked(family, coordinator)
    again = {
        "caregiver": None,
        "kind": "copy",
        "words": "",
        "received_on": TODAY,
        "by": coordinator,
        "at": NOW,
    }
    assert requests.receive(id=first.id, family=family, **again) == first  # type: ignore[arg-type]
    assert ParentRequest.objects.count() == 1


def test_nobody_asks_for_another_family(family: Family, other_family: Family, coordinator: Person) -> None:
    with pytest.raises(NotPossible, match="not-of-this-family"):
        requests.receive(
            id=uuid4(), family=family, caregiver=other_family.caregivers.get(), kind="copy", words="",
            received_on=TODAY, by=coordinator, at=NOW,
        )  # fmt: skip


def test_it_is_answered_once_and_a_refusal_says_why(family: Family, coordinator: Person) -> None:
    request = asked(family, coordinator)
    with pytest.raises(NotPossible, match="refused-without-reason"):
        requests.answer(request=request, granted=False, words=" ", on=TODAY, by=coordinator, at=NOW)
    with pytest.raises(NotPossible, match="answered-too-early"):
        requests.answer(
            request=request, granted=True, words="", on=TODAY - timedelta(1), by=coordinator, at=NOW
        )
    told = requests.answer(
        request=request, granted=False, words="The log says Monday.", on=TODAY, by=coordinator, at=NOW
    )
    assert (told.answer, told.answered_on) == ("refused", TODAY)
    with pytest.raises(NotPossible, match="answered-before"):
        requests.answer(request=request, granted=True, words="", on=TODAY, by=coordinator, at=NOW)


def test_an_amendment_is_an_addendum_tied_to_its_request(
    visit: Visit, visitor: Person, coordinator: Person
) -> None:
    request = asked(visit.family, coordinator)
    kept = {"request": request, "visit": visit, "words": "It was Tuesday.", "by": coordinator, "at": NOW}
    with pytest.raises(NotPossible, match="add-when-finished"):
        requests.amend(id=uuid4(), **kept)  # type: ignore[arg-type]
    finished(visit, visitor)
    addendum = requests.amend(id=uuid4(), **kept)  # type: ignore[arg-type]
    assert list(request.addenda.all()) == [addendum]


def test_an_amendment_belongs_to_a_request_to_amend_of_this_family(
    visit: Visit, visitor: Person, coordinator: Person, other_family: Family
) -> None:
    finished(visit, visitor)
    for request in (asked(other_family, coordinator), asked(visit.family, coordinator, "copy")):
        with pytest.raises(NotPossible, match="not-this-request"):
            requests.amend(id=uuid4(), request=request, visit=visit, words="x", by=coordinator, at=NOW)
    assert not Addendum.objects.exists()


def test_a_statement_stands_beside_what_was_refused(family: Family, coordinator: Person) -> None:
    request = asked(family, coordinator)
    with pytest.raises(NotPossible, match="statement-when-refused"):
        requests.state(request=request, statement="Así fue.", by=coordinator, at=NOW)
    requests.answer(request=request, granted=False, words="No.", on=TODAY, by=coordinator, at=NOW)
    assert (
        requests.state(request=request, statement="Así fue.", by=coordinator, at=NOW).statement == "Así fue."
    )
    verbs = Line.objects.filter(family=family.id).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["requests.receive", "requests.answer", "requests.state"]


def test_a_visitor_of_another_family_sees_no_request(
    family: Family, coordinator: Person, stranger: Person
) -> None:
    asked(family, coordinator)
    assert not access.visible(stranger, ParentRequest).exists()
    assert access.visible(coordinator, ParentRequest).count() == 1


def test_a_notice_is_given_once_however_often_it_is_sent(family: Family, coordinator: Person) -> None:
    same = uuid4()
    for _ in range(2):
        notices.give(id=same, family=family, on=TODAY, language="es", how="paper", by=coordinator, at=NOW)
    assert AnnualNotice.objects.get().on == TODAY
