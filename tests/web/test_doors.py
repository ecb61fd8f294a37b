"""What surrounds every page: headers, where one may be sent, whose session it is, and how long it lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from apego.records.models import Assignment, Family, Letter, Person, Role, Socialization, Variant, Visit
from tests.people import NOW, TODAY, client_of

PASSWORD = "una canción de cuna"  # noqa: S105 - of an invented person


def entered(who: Person, **headers: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": who.login, "password": PASSWORD}, headers=headers)
    assert "_auth_user_id" in client.session
    return client


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in Spanish leaves Spanish behind it: the next test begins in English, whoever was before."""
    with translation.override("en"):
        yield


@pytest.fixture
def ana(visitor: Person) -> Person:
    visitor.set_password(PASSWORD)
    visitor.save()
    return visitor


# ---- headers -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/en/sign-in/", 200),
        ("get", "/en/nothing-here/", 302),
        ("get", "/en/families/00000000-0000-4000-8000-000000000000/", 404),
        ("post", "/en/visits/00000000-0000-4000-8000-000000000000/moments/", 404),
        ("get", "/en/moments/00000000-0000-4000-8000-000000000000/remove/", 405),
        ("get", "/calendar/nobody.ics", 404),
    ],
)
def test_every_answer_says_what_a_page_may_load(method: str, path: str, status: int, ana: Person) -> None:
    answer = getattr(client_of(ana), method)(path)
    assert answer.status_code in (status, 302, 404)
    _guarded(answer)


def _guarded(answer: Any) -> None:
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_form_from_elsewhere_is_refused_in_words(ana: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    answer = client.post(reverse("me"), {"name": "Otra", "language": "en"})
    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()
    _guarded(answer)


def test_a_page_that_breaks_is_guarded_too(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apego.web.views.families.questions.by_name", lambda *_: 1 / 0)
    client = client_of(ana)
    client.raise_request_exception = False
    answer = client.get(reverse("families"))
    assert answer.status_code == 500
    _guarded(answer)


def test_no_proxy_keeps_a_page_and_who_signs_out_leaves_none_behind(ana: Person) -> None:
    client = entered(ana)
    assert "private" in client.get(reverse("families"))["Cache-Control"]
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'


def test_the_session_cookie_is_read_by_no_script(ana: Person) -> None:
    cookie = entered(ana).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


# ---- where one is sent -------------------------------------------------------


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(elsewhere: str, ana: Person) -> None:
    answer = Client().post(
        f"{reverse('account_login')}?next={elsewhere}",
        {"login": ana.login, "password": PASSWORD, "next": elsewhere},
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith(("/en/", "/es/"))


def test_another_hosts_name_is_refused(ana: Person) -> None:
    assert Client().get(reverse("account_login"), headers={"host": "evil.example"}).status_code == 400
    answer = client_of(ana).get(reverse("families"), headers={"x-forwarded-host": "evil.example"})
    assert b"evil.example" not in answer.content


@pytest.mark.parametrize(
    "path", ["//evil.example/en/", "/fr/families/", "/en//families/", "/en/../families/", "/es-mx/me/"]
)
def test_a_strange_address_leads_nowhere_else(path: str, ana: Person) -> None:
    answer = client_of(ana).get(path)
    assert answer.status_code in (200, 302, 301, 404)
    assert not answer.get("Location", "/").startswith(("//", "http"))


# ---- sessions ----------------------------------------------------------------


def test_a_session_that_was_planted_is_not_the_one_that_is_signed_in(ana: Person) -> None:
    client = Client()
    client.get(reverse("account_login"))
    client.session.save()
    planted = client.session.session_key
    client.post(reverse("account_login"), {"login": ana.login, "password": PASSWORD})
    assert client.session.session_key != planted


def test_who_is_no_longer_active_is_out_with_the_next_page(ana: Person, family: Family) -> None:
    client = entered(ana)
    Person.objects.filter(pk=ana.pk).update(is_active=False)
    assert client.get(reverse("family", args=[family.pk])).status_code == 302


def test_whose_visits_to_a_family_ended_neither_reads_nor_writes(
    ana: Person, family: Family, visit: Visit
) -> None:
    client = client_of(ana)
    Assignment.objects.filter(visitor=ana).update(until=timezone.localdate() - timedelta(days=1))
    assert client.get(reverse("family", args=[family.pk])).status_code == 404
    assert client.get(reverse("visit_detail", args=[visit.pk])).status_code == 404
    assert client.post(reverse("visit_start", args=[visit.pk])).status_code == 404


def test_a_cover_that_ended_ended(stranger: Person, visitor: Person, family: Family, visit: Visit) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Assignment.objects.create(
        family=family, visitor=stranger, kind="cover", covers=visitor, since=TODAY - timedelta(days=9), until=yesterday
    )  # fmt: skip
    assert client_of(stranger).get(reverse("visit_detail", args=[visit.pk])).status_code == 404


def test_a_visitor_who_became_something_else_is_it_with_the_next_page(ana: Person, family: Family) -> None:
    client = client_of(ana)
    Person.objects.filter(pk=ana.pk).update(role=Role.COORDINATOR, supervisor=None)
    assert client.get(reverse("family_safety", args=[family.pk])).status_code == 404
    assert client.get(reverse("contact_new", args=[family.pk])).status_code == 404


# ---- two edits ---------------------------------------------------------------


def aside(
    thing: Any, kind: str, by: Person, content: dict[str, Any], family: Family | None = None
) -> Variant:
    return Variant.objects.create(
        family=family, kind=kind, thing=thing.pk, base_version=0, content=content, by=by, at=NOW
    )


def test_parents_of_other_families_are_not_named_in_two_edits_of_a_group(
    stranger: Person, visitor: Person, family: Family
) -> None:
    group = Socialization.objects.create(at=NOW)
    group.planned_with.add(family.caregivers.all()[0])
    kept = aside(group, "socialization", visitor, {"planned_with": []})
    page = client_of(stranger).get(reverse("variant", args=[kept.pk])).content.decode()
    assert "Rosa" not in page
    assert "1 parent" in page
    assert "Rosa" in client_of(visitor).get(reverse("variant", args=[kept.pk])).content.decode()


def test_a_letter_of_two_wordings_is_not_given(visit: Visit, visitor: Person, family: Family) -> None:
    mother = family.caregivers.all()[0]
    letter = Letter.objects.create(visit=visit, caregiver=mother, language="es", words="Uno", by=visitor)
    aside(letter, "letter", visitor, {"words": "Dos"}, family)
    body = {"delivery": "00000000-0000-4000-8000-000000000001"}
    assert client_of(visitor).post(reverse("letter_given", args=[letter.pk]), body).status_code == 409
    letter.refresh_from_db()
    assert letter.given_at is None


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_what_is_shown_when_little_can_be_counted_on_needs_nothing_and_is_in_both_languages(
    name: str,
) -> None:
    told = get_template(name).render()
    english, spanish = told.split('<div lang="es">')
    assert len(re.findall(r"<h1>\w", english)) == len(re.findall(r"<h2>\w", spanish)) == 1
    assert len(re.findall(r"<p>\w", english)) == len(re.findall(r"<p>\w", spanish)) == 1
    assert "apego/base" in told
