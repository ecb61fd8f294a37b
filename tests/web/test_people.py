"""The coordinator's people: invited, handed a link, changed, sent away; and the page a link opens."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from apego.records.actions import people as actions
from apego.records.models import Invitation, Line, Person, Role
from apego.records.people import fresh_token
from tests.people import client_of, person

WORDS = "four plain words together"
SETTINGS = {
    "delivery": "6f1c1a0e-40a5-4b8b-9d1b-0d6f6f0e7f10", "name": "Bluestem", "time_zone": "America/Denver",
    "year_starts_month": "8", "year_starts_day": "15", "parent_signs": "on", "retention_months": "60",
    "transcript_months": "6",
}  # fmt: skip


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A password is made slow to guess; a test does not wait for that."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def invite(helen: Person, **changed: str) -> tuple[Client, str]:
    """Helen invites somebody; give her browser and the address that it was sent on to."""
    client = client_of(helen)
    typed = {
        "delivery": str(uuid4()), "name": "Luz Herrera", "login": "Luz.Herrera", "role": "visitor",
        "supervisor": "", "language": "es",
    } | changed  # fmt: skip
    answer = client.post(reverse("person_invite"), typed)
    assert answer.status_code == 302, answer.content.decode()
    return client, answer["Location"]


def link_on(page: str) -> str:
    found = re.search(r"http://testserver(/e[ns]/welcome/[^<\"]+)", page)
    assert found, "no link on the page"
    return found[1]


def come_in(browser: Client, address: str, words: str = WORDS, again: str = WORDS) -> Any:
    """Open a link, and set a password on the page that it leads to."""
    opened = browser.get(address)
    return browser.post(opened.get("Location", address), {"password": words, "again": again})


def test_an_invited_visitor_sets_her_password_and_is_in(coordinator: Person, supervisor: Person) -> None:
    helen, shown = invite(coordinator, supervisor=str(supervisor.id))
    address = link_on(helen.get(shown).content.decode())
    assert address.startswith("/es/"), "the link opens in her language"
    phone = Client()
    assert "Luz Herrera" in phone.get(address, follow=True).content.decode()
    answer = come_in(phone, address)
    assert answer["Location"] == "/es/me/first-keys/"
    assert phone.get("/es/me/first-keys/").status_code == 200
    luz = Person.objects.get(login="luz.herrera")
    assert (luz.role, luz.supervisor, luz.check_password(WORDS)) == (Role.VISITOR, supervisor, True)


def test_who_came_in_by_a_link_sees_that_session_and_can_end_it(coordinator: Person) -> None:
    helen, shown = invite(coordinator)
    phone = Client()
    come_in(phone, link_on(helen.get(shown).content.decode()))
    assert 'class="tag"' in phone.get(reverse("usersessions_list")).content.decode()


def test_a_link_is_shown_once(coordinator: Person) -> None:
    helen, shown = invite(coordinator)
    first, again = helen.get(shown), helen.get(shown)
    assert "/welcome/" in first.content.decode() and "<svg" in first.content.decode()
    assert first["Cache-Control"] == "no-store"
    assert "/welcome/" not in again.content.decode()


def test_nothing_that_is_kept_opens_the_link(coordinator: Person) -> None:
    from django.contrib.sessions.models import Session

    helen, shown = invite(coordinator)
    token = ""
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    kept += [str(one) for one in Invitation.objects.values_list()]
    token = link_on(helen.get(shown).content.decode()).rstrip("/").rpartition("/")[2]
    assert token and not any(token in one for one in kept)


def test_a_link_opens_once(coordinator: Person) -> None:
    helen, shown = invite(coordinator)
    address = link_on(helen.get(shown).content.decode())
    first, second = Client(), Client()
    second.get(address)
    assert come_in(first, address).status_code == 302
    assert Client().get(address).status_code == 404
    late = second.post(reverse("come_in"), {"password": WORDS + "!", "again": WORDS + "!"})
    assert late.status_code == 404, "it was opened before, and used meanwhile"
    assert Person.objects.get(login="luz.herrera").check_password(WORDS)


def test_the_secret_of_a_link_stands_in_no_line_of_the_log(
    coordinator: Person, caplog: pytest.LogCaptureFixture
) -> None:
    helen, shown = invite(coordinator)
    address = link_on(helen.get(shown).content.decode())
    assert come_in(Client(), address, "short", "short").status_code == 422
    assert caplog.records and address.rstrip("/").rpartition("/")[2] not in caplog.text


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), ("qwerty123456", "qwerty123456"), (WORDS, WORDS + "!"), ("", "")],
)
def test_a_weak_password_is_asked_again(coordinator: Person, password: str, again: str) -> None:
    helen, shown = invite(coordinator)
    address = link_on(helen.get(shown).content.decode())
    assert come_in(Client(), address, password, again).status_code == 422
    assert Client().get(address).status_code == 302, "the link was not used up"


def test_an_invitation_sent_twice_is_one_person(coordinator: Person) -> None:
    client = client_of(coordinator)
    typed = {
        "delivery": str(uuid4()), "name": "Luz", "login": "luz", "role": "visitor", "supervisor": "",
        "language": "es",
    }  # fmt: skip
    first, second = (client.post(reverse("person_invite"), typed) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Person.objects.filter(login="luz").count() == 1


def test_a_sign_in_name_is_given_once(coordinator: Person, visitor: Person) -> None:
    client = client_of(coordinator)
    typed = {"delivery": str(uuid4()), "name": "Ana", "login": "ANA", "role": "visitor", "language": "es"}
    answer = client.post(reverse("person_invite"), typed)
    assert answer.status_code == 422 and "ANA" in answer.content.decode()


def test_a_lost_phone_ends_every_session(coordinator: Person, visitor: Person) -> None:
    visitor.set_password(WORDS)
    visitor.save()
    phone = client_of(visitor)
    assert phone.get(reverse("today")).status_code == 200
    helen = client_of(coordinator)
    helen.post(reverse("person_link", args=[visitor.id]), {"delivery": str(uuid4()), "lost": "on"})
    assert phone.get(reverse("today")).status_code == 302
    visitor.refresh_from_db()
    assert not visitor.check_password(WORDS)


def test_who_leaves_is_out_at_once(coordinator: Person, visitor: Person) -> None:
    phone = client_of(visitor)
    client_of(coordinator).post(reverse("person_leave", args=[visitor.id]), {"delivery": str(uuid4())})
    assert phone.get(reverse("today")).status_code == 302
    assert Line.objects.filter(verb="people.deactivate", thing=visitor.id, by=coordinator.id).count() == 1


def test_nobody_ends_her_own_access(coordinator: Person) -> None:
    answer = client_of(coordinator).post(
        reverse("person_leave", args=[coordinator.id]), {"delivery": str(uuid4())}
    )
    assert answer.status_code == 409
    coordinator.refresh_from_db()
    assert coordinator.is_active


def test_who_left_is_let_in_again_with_a_new_link(coordinator: Person, visitor: Person) -> None:
    client = client_of(coordinator)
    client.post(reverse("person_leave", args=[visitor.id]), {"delivery": str(uuid4())})
    shown = client.post(reverse("person_welcome_back", args=[visitor.id]), {"delivery": str(uuid4())})[
        "Location"
    ]
    assert Client().get(link_on(client.get(shown).content.decode())).status_code == 302


def test_a_visitor_gets_another_supervisor(
    coordinator: Person, visitor: Person, other_supervisor: Person
) -> None:
    typed = {
        "delivery": str(uuid4()),
        "name": "Ana",
        "role": "visitor",
        "supervisor": str(other_supervisor.id),
        "language": "es",
    }
    assert client_of(coordinator).post(reverse("person_edit", args=[visitor.id]), typed).status_code == 302
    visitor.refresh_from_db()
    assert visitor.supervisor == other_supervisor


@pytest.mark.parametrize("name", ["person_edit", "person_link", "person_leave", "person_welcome_back"])
def test_only_a_coordinator_does_anything_to_people(name: str, visitor: Person, supervisor: Person) -> None:
    for who in (visitor, supervisor):
        answer = client_of(who).post(
            reverse(name, args=[visitor.id]), {"delivery": str(uuid4()), "lost": "on"}
        )
        assert answer.status_code == 404
    visitor.refresh_from_db()
    assert visitor.is_active and not Invitation.objects.exists()


def test_the_list_costs_the_same_whatever_its_length(
    coordinator: Person, visitor: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(coordinator)

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get(reverse("people"))
        return len(counted)

    queries()
    before = queries()
    for number in range(12):
        one = person(f"more{number}", Role.VISITOR, visitor.supervisor)
        actions.offer_link(person=one, token=fresh_token(), by=coordinator, at=timezone.now())
    assert queries() == before


def test_a_link_of_yesterday_week_opens_no_more(coordinator: Person, visitor: Person) -> None:
    token = fresh_token()
    actions.offer_link(person=visitor, token=token, by=coordinator, at=timezone.now() - timedelta(days=8))
    assert Client().get(reverse("welcome", args=[token])).status_code == 404


def test_the_settings_of_the_program_are_kept(coordinator: Person) -> None:
    client = client_of(coordinator)
    assert client.post(reverse("program_settings"), SETTINGS).status_code == 302
    assert "Bluestem" in client.get(reverse("program_settings")).content.decode()
    from apego.records.models import Program

    program = Program.objects.get()
    assert (program.time_zone, program.year_starts_month, program.parent_signs) == ("America/Denver", 8, True)


def test_a_year_begins_on_a_day_that_every_year_has(coordinator: Person) -> None:
    typed = {
        "delivery": str(uuid4()),
        "name": "B",
        "time_zone": "America/Denver",
        "year_starts_month": "2",
        "year_starts_day": "29",
    }
    assert client_of(coordinator).post(reverse("program_settings"), typed).status_code == 422
