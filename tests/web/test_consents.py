from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apego.records.actions import consents
from apego.records.models import Caregiver, Consent, Disclosure, Family, Line, Person, Visit
from tests.people import NOW, client_of
from tests.talk import consent_of, reflected

STROKE = "M10 20L30 40L60 20"


@pytest.fixture
def ana(visitor: Person) -> Client:
    return client_of(visitor)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands on the day of the tests' people, and addresses are English."""
    translation.activate("en")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def mother(family: Family) -> Caregiver:
    return family.caregivers.all()[0]


def blanks(family: Family, **more: Any) -> dict[str, Any]:
    return {
        "purpose": "transcript",
        "whose": str(mother(family).id),
        "adults": "Rosa, Ana",
        "until": "2027-06-30",
        "language": "es",
        **more,
    }


def signature(**more: Any) -> dict[str, Any]:
    return {"sign": "yes", "delivery": str(uuid4()), "how": "screen", "signed_on": "2026-11-23", **more}


def new(family: Family) -> str:
    return reverse("consent_new", args=[family.id])


def test_the_first_step_asks_what_for(ana: Client, family: Family) -> None:
    assertContains(ana.get(new(family)), "Reading what was said at a visit")


def test_the_blanks_come_with_what_is_likely(ana: Client, family: Family) -> None:
    page = ana.get(new(family), {"purpose": "transcript", "caregiver": str(mother(family).id)})
    form = page.context["form"]
    assert form["whose"].value() == str(mother(family).id)
    assert form["language"].value() == "es"
    assert form["until"].value() == date(2027, 9, 1)


def test_a_language_that_is_not_written_here_is_read_through_an_interpreter(
    ana: Client, family: Family
) -> None:
    Caregiver.objects.update(language="mam")
    page = ana.get(new(family), {"purpose": "transcript", "caregiver": str(mother(family).id)})
    assert page.context["form"]["interpreted"].value() is True
    page = ana.post(new(family), blanks(family, interpreted="on"))
    assertContains(page, "so that the interpreter can say each line")


def test_the_words_stand_in_the_language_of_whoever_signs(ana: Client, family: Family) -> None:
    page = ana.post(new(family), blanks(family))
    assertContains(page, 'lang="es"')
    assertContains(page, "Estos adultos estaban presentes y dicen que sí: Rosa, Ana.")
    assertContains(page, "30 de junio de 2027")
    assert not Consent.objects.exists()


def test_signed_on_the_screen_it_is_kept(ana: Client, family: Family, visitor: Person) -> None:
    answer = ana.post(new(family), blanks(family) | signature(drawing=STROKE))
    assertRedirects(answer, reverse("family_consents", args=[family.id]), fetch_redirect_response=False)
    kept = Consent.objects.get()
    assert (kept.drawing, kept.seen_by, kept.until) == (STROKE, visitor, date(2027, 6, 30))
    page = ana.get(reverse("consent", args=[kept.id]))
    assertContains(page, STROKE)
    assertContains(page, "Estos adultos estaban presentes")


def test_signed_on_paper_it_says_who_saw_it(ana: Client, family: Family) -> None:
    ana.post(new(family), blanks(family) | signature(how="paper", signed_on="2026-11-20"))
    page = ana.get(reverse("consent", args=[Consent.objects.get().id]))
    assertContains(page, "Ana was there when it was signed.")


def test_somebody_else_signs_by_her_name(ana: Client, family: Family) -> None:
    ana.post(new(family), blanks(family, whose="other", adult="Tía Lucía") | signature(typed_name="Lucía"))
    assert Consent.objects.get().whose == "Tía Lucía"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"drawing": ""}, "There is no signature yet."),
        ({"drawing": STROKE, "signed_on": "2026-11-24"}, "That day is still to come."),
        ({"drawing": STROKE, "until": "2026-11-22"}, "That day has gone by."),
        ({"drawing": STROKE, "whose": "other"}, "Write the name of whoever is asked."),
        ({"drawing": STROKE, "adults": ""}, "This is still empty."),
    ],
    ids=["no signature", "signed tomorrow", "ended before", "nobody", "blank left"],
)
def test_nobody_signs_what_is_not_whole(
    ana: Client, family: Family, wrong: dict[str, str], says: str
) -> None:
    assertContains(ana.post(new(family), blanks(family) | signature() | wrong), says, status_code=422)
    assert not Consent.objects.exists()


def test_a_drawing_that_is_none_is_refused(ana: Client, family: Family) -> None:
    page = ana.post(new(family), blanks(family) | signature(drawing='M1 1"/><script>alert(1)</script>'))
    assert page.status_code == 409
    assert not Consent.objects.exists()


def test_a_caregiver_of_another_family_is_no_choice(
    ana: Client, family: Family, other_family: Family
) -> None:
    page = ana.post(
        new(family), blanks(family, whose=str(mother(other_family).id)) | signature(drawing=STROKE)
    )
    assert page.status_code == 422


def test_asked_for_from_a_visit_it_leads_back_to_the_room(ana: Client, family: Family, visit: Visit) -> None:
    answer = ana.post(new(family), blanks(family, visit=visit.id) | signature(drawing=STROKE))
    assertRedirects(answer, reverse("conversation_room", args=[visit.id]), fetch_redirect_response=False)


def test_a_visit_of_another_family_is_out_of_reach_from_here(
    ana: Client, family: Family, other_family: Family
) -> None:
    theirs = Visit.objects.create(family=other_family, planned_at=NOW, made_at=NOW)
    assert ana.get(new(family), {"purpose": "transcript", "visit": str(theirs.id)}).status_code == 404


def test_taken_back_it_stands_below_and_says_what_rests_on_it(
    ana: Client, family: Family, visit: Visit, visitor: Person
) -> None:
    transcript = reflected(visit, visitor).transcript
    consent = transcript.consents.get()
    ana.post(reverse("consent_revoke", args=[consent.id]), {"delivery": uuid4()})
    page = ana.get(reverse("consent", args=[consent.id]))
    assertContains(page, "Taken back on")
    assertContains(page, reverse("conversation", args=[transcript.id]))
    assertContains(ana.get(reverse("family_consents", args=[family.id])), "No longer in force")
    assertContains(
        ana.get(reverse("conversation", args=[transcript.id])), "A consent under it was taken back"
    )


def test_the_office_keeps_consents_and_learns_no_more_of_a_conversation_than_its_day(
    coordinator: Person, family: Family, visit: Visit, visitor: Person
) -> None:
    office = client_of(coordinator)
    transcript = reflected(visit, visitor).transcript
    page = office.get(reverse("consent", args=[transcript.consents.get().id]))
    assertContains(page, "Conversation of")
    assertNotContains(page, reverse("conversation", args=[transcript.id]))
    assert office.post(new(family), blanks(family) | signature(drawing=STROKE)).status_code == 302


def test_a_supervisor_reads_consents_and_signs_none(
    supervisor: Person, family: Family, visitor: Person
) -> None:
    ruth, consent = client_of(supervisor), consent_of(family, visitor)
    assert ruth.get(reverse("consent", args=[consent.id])).status_code == 200
    assertNotContains(ruth.get(reverse("family_consents", args=[family.id])), new(family))
    assert ruth.get(new(family)).status_code == 404
    assert ruth.post(reverse("consent_revoke", args=[consent.id]), {"delivery": uuid4()}).status_code == 404


def test_what_went_out_is_written_down(ana: Client, family: Family, visitor: Person) -> None:
    consent = consent_of(family, visitor, purpose="share")
    address = reverse("disclosure_new", args=[family.id])
    told = {"what": "El plan", "party": "Clínica", "basis": "consented"}
    page = ana.post(address, told | {"delivery": uuid4()})
    assertContains(page, "This ground needs a consent that counts today.", status_code=422)
    ana.post(address, told | {"delivery": uuid4(), "consent": consent.id})
    assert Disclosure.objects.get().consent == consent
    assertContains(ana.get(reverse("family_consents", args=[family.id])), "Clínica")


def test_every_look_is_a_line_of_the_log(ana: Client, family: Family, visitor: Person) -> None:
    consent = consent_of(family, visitor)
    ana.get(reverse("consent", args=[consent.id]))
    assert Line.objects.filter(verb="looked", thing=consent.id, family=family.id).count() == 1


def test_the_list_takes_as_many_queries_however_many_there_are(
    ana: Client, family: Family, visitor: Person, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse("family_consents", args=[family.id])
    consent_of(family, visitor)
    ana.get(address)
    with CaptureQueriesContext(connection) as few:
        ana.get(address)
    for _ in range(4):
        consents.revoke(consent=consent_of(family, visitor), by=visitor, at=NOW)
    with django_assert_num_queries(len(few)):
        ana.get(address)
