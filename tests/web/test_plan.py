"""The plan of a visit, made with the parent."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apego.practice.questions import purpose
from apego.records.actions import moments, visits
from apego.records.models import Contact, Draft, Family, Person, Plan, Visit
from apego.records.planning import question_id
from tests.people import NOW, client_of


@pytest.fixture
def ana(visitor: Person) -> Client:
    return client_of(visitor)


def sent(**fields: object) -> dict[str, object]:
    return {"delivery": str(uuid4()), **fields}


def page(client: Client, visit: Visit, language: str = "en") -> str:
    with override(language):
        answer = client.get(reverse("plan", args=[visit.id]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def last(family: Family, visitor: Person) -> Visit:
    """A visit a week before, with a moment, what was to come next, and a promise."""
    at = NOW - timedelta(weeks=1)
    visit = visits.schedule(id=uuid4(), family=family, planned_at=at, visitors=[visitor], by=visitor, at=at)
    moments.keep(
        id=uuid4(), visit=visit, words="Inés tapped the pot.", parent_words="Así le gusta.", by=visitor, at=at
    )
    for part, words in (
        ("next", "Songs in the bath."),
        ("promises_visitor", "The words of the second song."),
    ):
        visits.write(visit=visit, part=part, words=words, base_version=0, by=visitor, at=at)
    return visit


def test_a_plan_opens_on_the_last_visit_and_on_what_the_parent_said_since(
    ana: Client, visit: Visit, last: Visit, visitor: Person
) -> None:
    Contact.objects.create(
        family=visit.family, at=NOW - timedelta(days=2), how="call", words="Ya dice agua.", by=visitor
    )
    Contact.objects.create(
        family=visit.family, at=NOW - timedelta(days=9), how="call", words="Long ago.", by=visitor
    )
    told = page(ana, visit)
    for words in (
        "Inés tapped the pot.",
        "Así le gusta.",
        "Songs in the bath.",
        "The words of the second song.",
    ):
        assert words in told
    assert "Ya dice agua." in told
    assert "Long ago." not in told


def test_a_first_plan_says_that_there_is_no_visit_before(ana: Client, visit: Visit) -> None:
    assert "This is the first visit that is planned here." in page(ana, visit)


def test_a_plan_with_nothing_special_is_one_tap(ana: Client, visit: Visit) -> None:
    answer = ana.post(reverse("plan", args=[visit.id]), sent(base_version=0))
    assert answer.status_code == 302
    assert Plan.objects.get(visit=visit).invitations == []


def test_a_plan_is_kept_and_shown_at_the_visit(ana: Client, visit: Visit, family: Family) -> None:
    words = purpose("likes").for_age(11)[0]
    form = sent(
        base_version=0,
        hope="Que jueguen en la cocina.",
        invitations=["games/peekaboo"],
        questions=[question_id("likes", words)],
        bring="La letra",
        made_with=[str(family.caregivers.get().id)],
    )
    ana.post(reverse("plan", args=[visit.id]), form)
    plan = Plan.objects.get(visit=visit)
    assert (plan.hope, list(plan.made_with.all())) == ("Que jueguen en la cocina.", [family.caregivers.get()])
    told = ana.get(reverse("visit_detail", args=[visit.id])).content.decode()
    for shown in ("Que jueguen en la cocina.", "La letra", words.es):
        assert shown in told


def test_questions_stand_in_the_familys_language_on_an_english_page(ana: Client, visit: Visit) -> None:
    told = page(ana, visit, "en")
    words = purpose("likes").for_age(11)[0]
    assert words.es in told
    assert words.en not in told


def test_what_is_offered_fits_the_corrected_age(ana: Client, visit: Visit) -> None:
    assert 'value="games/peekaboo"' in page(ana, visit)  # eleven months corrected


def test_two_who_plan_at_once_both_keep_what_they_wrote(
    ana: Client, visit: Visit, second_visitor: Person
) -> None:
    ana.post(reverse("plan", args=[visit.id]), sent(base_version=0, hope="Ana's."))
    answer = client_of(second_visitor).post(
        reverse("plan", args=[visit.id]), sent(base_version=0, hope="Marisol's.")
    )
    told = ana.get(answer["Location"]).content.decode()
    assert "Ana&#x27;s." in told
    assert "Marisol&#x27;s." in told


def test_both_are_kept_when_somebody_says_both(ana: Client, visit: Visit, second_visitor: Person) -> None:
    ana.post(reverse("plan", args=[visit.id]), sent(base_version=0, hope="Ana's."))
    answer = client_of(second_visitor).post(
        reverse("plan", args=[visit.id]), sent(base_version=0, hope="Marisol's.")
    )
    settled = ana.post(answer["Location"], sent(choice="both"))
    assert settled["Location"] == reverse("visit_detail", args=[visit.id])
    assert Plan.objects.get(visit=visit).hope == "Ana's.\n\nMarisol's."


def test_what_is_typed_comes_back_and_goes_when_the_plan_is_kept(ana: Client, visit: Visit) -> None:
    form = sent(form="plan", base_version=0, hope="Que jueg", invitations=["games/peekaboo"])
    ana.post(reverse("draft_save", args=[visit.id]), form)
    told = page(ana, visit)
    assert "Que jueg</textarea>" in told
    assert 'value="games/peekaboo" checked' in told
    ana.post(reverse("plan", args=[visit.id]), form)
    assert not Draft.objects.exists()


def test_a_draft_can_be_thrown_away(ana: Client, visit: Visit) -> None:
    ana.post(reverse("draft_save", args=[visit.id]), sent(form="plan", hope="Que jueg"))
    answer = ana.post(reverse("draft_forget", args=[visit.id]), {"form": "plan"})
    assert answer["Location"] == reverse("plan", args=[visit.id])
    assert "Que jueg" not in page(ana, visit)


def test_a_supervisor_does_not_write_a_plan(visit: Visit, supervisor: Person) -> None:
    assert client_of(supervisor).get(reverse("plan", args=[visit.id])).status_code == 404
