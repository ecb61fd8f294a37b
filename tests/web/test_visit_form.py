"""The coordinator orders the form in which a visit is copied as text."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from apego.records.models import Person, Program
from tests.people import client_of


@pytest.fixture
def helen(coordinator: Person) -> Client:
    return client_of(coordinator)


def sent(**fields: object) -> dict[str, object]:
    return {"delivery": str(uuid4()), **fields}


def test_the_shipped_form_stands_there_to_begin_with(helen: Client) -> None:
    assert 'value="Date and time"' in helen.get(reverse("visit_form")).content.decode()


def test_fields_stand_in_the_order_of_their_places_under_their_headings(
    helen: Client, program: Program
) -> None:
    places = {"place-minutes": 20, "place-date": 10, "place-next": 5}
    headings = {"heading-minutes": "Service", "heading-date": "Service", "heading-next": "Plan"}
    helen.post(reverse("visit_form"), sent(**places, **headings))
    program.refresh_from_db()
    assert program.form == [
        {"heading": "Plan", "fields": ["next"]},
        {"heading": "Service", "fields": ["date", "minutes"]},
    ]


def test_a_field_with_a_place_needs_a_heading(helen: Client, program: Program) -> None:
    answer = helen.post(reverse("visit_form"), sent(**{"place-minutes": 20}))
    assert answer.status_code == 422
    assert "Write the heading that it stands under." in answer.content.decode()
    program.refresh_from_db()
    assert program.form == []


def test_the_shipped_form_can_be_taken_again(helen: Client, program: Program) -> None:
    program.form = [{"heading": "Plan", "fields": ["next"]}]
    program.save()
    helen.post(reverse("visit_form"), sent(shipped="yes"))
    program.refresh_from_db()
    assert program.form == []


def test_a_visitor_does_not_change_the_programs_form(visitor: Person, program: Program) -> None:
    assert client_of(visitor).post(reverse("visit_form"), sent(shipped="yes")).status_code == 404
