from __future__ import annotations

import re

import pytest
from django.test import Client

from apego.records.models import CalendarAddress, Person, Visit
from tests.people import client_of


def made_by(visitor: Person) -> str:
    """Make an address as the visitor does; give its path."""
    page = client_of(visitor).post("/en/calendar/", {"what": "make"}).content.decode()
    [address] = re.findall(r'value="http://testserver(/calendar/[^"]+)"', page)
    return str(address)


@pytest.mark.usefixtures("on_that_day")
def test_a_calendar_has_times_and_links_and_no_names(visitor: Person, visit: Visit) -> None:
    drawn = Client().get(made_by(visitor))
    text = drawn.content.decode()
    assert drawn["Content-Type"].startswith("text/calendar")
    assert str(visit.id) in text
    assert "Visita al hogar" in text
    for name in ("Ortega", "Inés", "Rosa", visitor.name):
        assert name not in text


def test_an_address_is_kept_hashed_and_shown_once(visitor: Person) -> None:
    path = made_by(visitor)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert CalendarAddress.objects.get().token_hash != token
    assert token not in client_of(visitor).get("/en/calendar/").content.decode()


def test_a_revoked_address_and_an_older_one_open_nothing(visitor: Person) -> None:
    older = made_by(visitor)
    newer = made_by(visitor)
    assert Client().get(older).status_code == 404
    assert Client().get(newer).status_code == 200
    client_of(visitor).post(
        "/en/calendar/", {"what": "revoke", "delivery": "6b0f9a52-2f6e-4d4f-8a44-111111111111"}
    )
    assert Client().get(newer).status_code == 404


def test_who_no_longer_works_here_has_no_calendar(visitor: Person) -> None:
    path = made_by(visitor)
    Person.objects.update(is_active=False)
    assert Client().get(path).status_code == 404
