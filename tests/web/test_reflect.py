from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from apego.practice.after_visit import after_visit
from apego.records.actions import focus
from apego.records.models import AfterVisit, Draft, Focus, Line, Person, Visit
from apego.records.reflecting import after_place
from tests.people import NOW, client_of
from tests.talk import reflected


@pytest.fixture(autouse=True)
def in_english() -> None:
    """A request leaves its language behind, and addresses are made in it."""
    translation.activate("en")


@pytest.fixture
def ana(visitor: Person) -> Client:
    return client_of(visitor)


@pytest.fixture
def held(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """The visit, made, and the clock at its time."""
    monkeypatch.setattr("apego.web.views.reflect.now", lambda: NOW)
    Visit.objects.update(status=Visit.Status.DONE)
    return visit


def sent(**words: Any) -> dict[str, Any]:
    return {"delivery": str(uuid4()), "version": 0, **words}


# ---- the door


def test_the_door_says_what_waits(ana: Client, held: Visit, visitor: Person) -> None:
    focus.choose(id=uuid4(), practice="listen", by=visitor, at=NOW)
    page = ana.get("/en/reflect/")
    assertContains(page, reverse("after_visit", args=[held.id]))
    assertContains(page, "Staying with a story until it comes to its end")


def test_the_door_takes_as_many_queries_however_much_there_is(
    ana: Client, held: Visit, visitor: Person, django_assert_num_queries: Any
) -> None:
    reflected(held, visitor)
    ana.get("/en/reflect/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        ana.get("/en/reflect/")
    for _ in range(3):
        more = Visit.objects.create(family=held.family, planned_at=NOW, status=Visit.Status.DONE, made_at=NOW)
        more.visitors.add(visitor)
        reflected(more, visitor)
    with django_assert_num_queries(len(few)):
        ana.get("/en/reflect/")


def test_a_visit_stands_under_the_day_on_which_it_was(ana: Client, held: Visit) -> None:
    Visit.objects.update(planned_at=NOW + timedelta(days=2), started_at=NOW)
    assertContains(ana.get("/en/reflect/"), f'datetime="{NOW:%Y-%m-%d}"')


def test_a_coordinator_has_no_such_door(coordinator: Person) -> None:
    assert client_of(coordinator).get("/en/reflect/").status_code == 404


# ---- five minutes after a visit


def test_all_six_questions_stand_on_the_page_without_a_script(ana: Client, held: Visit) -> None:
    page = ana.get(reverse("after_visit", args=[held.id]).replace("/en/", "/es/"))
    for question in after_visit().values():
        assertContains(page, question.question.es)
    assertNotContains(page, "<section hidden")


def test_an_answer_is_kept_and_stands_there_again(ana: Client, held: Visit) -> None:
    address = reverse("after_visit", args=[held.id])
    assert ana.post(address, sent(stayed="Su risa.")).status_code == 302
    assert AfterVisit.objects.get().answers == {"stayed": "Su risa."}
    assertContains(ana.get(address), "Su risa.")


def test_a_double_click_keeps_it_once(ana: Client, held: Visit) -> None:
    form = sent(stayed="Su risa.")
    for _ in range(2):
        assert ana.post(reverse("after_visit", args=[held.id]), form).status_code == 302
    assert AfterVisit.objects.get().version == 1


def test_an_older_window_is_shown_what_stands_and_may_decide(ana: Client, held: Visit) -> None:
    address = reverse("after_visit", args=[held.id])
    ana.post(address, sent(stayed="Su risa."))
    page = ana.post(address, sent(stayed="El silencio."))
    assertContains(page, "Su risa.", status_code=409)
    assertContains(page, "El silencio.", status_code=409)
    assert AfterVisit.objects.get().answers == {"stayed": "Su risa."}
    ana.post(address, sent(stayed="El silencio.", version=1))
    assert AfterVisit.objects.get().answers == {"stayed": "El silencio."}


def test_what_is_being_typed_is_kept_and_stands_there_again(ana: Client, held: Visit) -> None:
    form = sent(stayed="Su ri", nothing="x")
    said = ana.post(reverse("after_visit_draft", args=[held.id]), form)
    assertContains(said, "only for you")
    assert Draft.objects.get().content == {"stayed": "Su ri"}
    assertContains(ana.get(reverse("after_visit", args=[held.id])), "Su ri")
    assertContains(ana.get("/en/reflect/"), "begun")


def test_a_draft_that_comes_after_its_form_is_dropped(ana: Client, held: Visit) -> None:
    form = sent(stayed="Su risa.")
    ana.post(reverse("after_visit", args=[held.id]), form)
    ana.post(reverse("after_visit_draft", args=[held.id]), form)
    assert not Draft.objects.exists()


def test_it_leaves_no_line_in_the_familys_log(ana: Client, held: Visit) -> None:
    ana.post(reverse("after_visit", args=[held.id]), sent(stayed="Su risa."))
    lines = Line.objects.filter(family=held.family_id)
    assert set(lines.values_list("verb", flat=True)) <= {"looked"}  # at the visit, as on any page of it


@pytest.mark.parametrize("other", ["second_visitor", "supervisor", "coordinator", "stranger"])
def test_nobody_else_opens_her_five_minutes(held: Visit, request: pytest.FixtureRequest, other: str) -> None:
    client = client_of(request.getfixturevalue(other))
    address = reverse("after_visit", args=[held.id])
    assert client.get(address).status_code == 404
    assert client.post(address, sent(stayed="x")).status_code == 404
    assert client.post(reverse("after_visit_draft", args=[held.id]), sent(stayed="x")).status_code == 404
    assert not Draft.objects.filter(place=after_place(held)).exists()


# ---- the focus


def test_a_focus_is_chosen_or_written(ana: Client) -> None:
    ana.post("/en/reflect/focus/", {"delivery": uuid4(), "practice": "listen"})
    ana.post("/en/reflect/focus/", {"delivery": uuid4(), "words": "Esperar más."})
    assert Focus.objects.filter(until=None).get().words == "Esperar más."
    assertContains(ana.get("/en/reflect/focus/"), "Esperar más.")


def test_a_focus_of_nothing_is_asked_about(ana: Client) -> None:
    page = ana.post("/en/reflect/focus/", {"delivery": uuid4()})
    assertContains(page, "Choose one of them, or write your own.", status_code=422)


def test_a_focus_is_laid_down(ana: Client, visitor: Person, stranger: Person) -> None:
    kept = focus.choose(id=uuid4(), practice="listen", by=visitor, at=NOW)
    address = reverse("focus_lay_down", args=[kept.id])
    assert client_of(stranger).post(address, {"delivery": uuid4()}).status_code == 404
    ana.post(address, {"delivery": uuid4()})
    assert not Focus.objects.filter(until=None).exists()


def test_a_supervisor_has_no_focus_page(supervisor: Person) -> None:
    assert client_of(supervisor).get("/en/reflect/focus/").status_code == 404
