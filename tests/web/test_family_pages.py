"""The pages around a family: contacts, days, supports, safety notes, who visits, the first visit, the story."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from apego.practice import first_visit
from apego.records.models import (
    Assignment,
    Contact,
    Family,
    Memento,
    Moment,
    Occasion,
    Opening,
    Person,
    Role,
    SafetyNote,
    Said,
    Support,
    Visit,
)
from tests.people import client_of, person

DAY_AND_TIME = {"day": "2026-11-02", "time": "10:30"}


def send(who: Person, name: str, id: UUID, **typed: object) -> HttpResponse:
    """Send a form twice, as a double click does, and give the second answer."""
    client, form = client_of(who), {"delivery": str(uuid4()), **typed}
    client.post(reverse(name, args=[id]), form)
    answer: HttpResponse = client.post(reverse(name, args=[id]), form)  # type: ignore[assignment]
    return answer


def read(who: Person, name: str, id: UUID) -> str:
    return client_of(who).get(reverse(name, args=[id])).content.decode()


def test_a_contact_is_noted_once_and_told(family: Family, visitor: Person) -> None:
    rosa = family.caregivers.get()
    send(
        visitor,
        "contact_new",
        family.id,
        how="call",
        words="Subió medio kilo.",
        caregiver=rosa.id,
        **DAY_AND_TIME,
    )
    contact = Contact.objects.get()
    assert (contact.how, contact.caregiver, contact.at.hour) == ("call", rosa, 16)  # ten in Chicago
    assert "Subió medio kilo." in read(visitor, "family_contacts", family.id)


def test_a_contact_that_is_still_to_come_is_asked_again(family: Family, visitor: Person) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = send(visitor, "contact_new", family.id, how="call", day=f"{tomorrow}", time="10:00")
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()


def test_nobody_of_another_family_is_chosen(family: Family, other_family: Family, visitor: Person) -> None:
    other = other_family.caregivers.get()
    assert (
        send(visitor, "contact_new", family.id, how="call", caregiver=other.id, **DAY_AND_TIME).status_code
        == 422
    )
    assert not Contact.objects.exists()


def test_a_day_is_remembered_changed_and_taken_off(family: Family, visitor: Person) -> None:
    rosa = family.caregivers.get()
    whose = f"caregiver-{rosa.id}"
    send(visitor, "occasion_new", family.id, day_0="12", day_1="01", what="Un año en su casa", whose=whose)
    occasion = Occasion.objects.get()
    assert (occasion.day, occasion.caregiver) == ("12-01", rosa)
    send(
        visitor,
        "occasion",
        occasion.id,
        base_version=1,
        day_0="12",
        day_1="02",
        what="Un año en su casa",
        whose=whose,
    )
    send(visitor, "occasion_remove", occasion.id)
    occasion.refresh_from_db()
    assert occasion.day == "12-02"
    assert occasion.removed_at is not None
    assert "Bring back" in read(visitor, "family_days", family.id)


def test_the_words_of_a_day_have_room_for_a_whole_sentence(family: Family, visitor: Person) -> None:
    assert '<textarea name="what"' in read(visitor, "occasion_new", family.id)


def test_a_day_without_a_word_is_asked_again(family: Family, visitor: Person) -> None:
    answer = send(visitor, "occasion_new", family.id, day_0="12", day_1="01")
    assert "say it in your own words" in answer.content.decode()


def test_an_attention_belongs_to_somebody_of_the_family(family: Family, visitor: Person) -> None:
    child = family.children.get()
    send(
        visitor,
        "memento_new",
        family.id,
        on="2026-10-20",
        words="Un libro de tela",
        whose=f"child-{child.id}",
    )
    assert Memento.objects.get().child == child
    assert "Un libro de tela" in read(visitor, "family_days", family.id)


def test_how_a_parent_is_doing_is_kept_apart(family: Family, visitor: Person, supervisor: Person) -> None:
    words = "No siento nada cuando lo cargo."
    send(visitor, "support_new", family.id, area="closeness", words=words, kind="listening", on="2026-11-02")
    assert Support.objects.get().words == words
    assert words in read(supervisor, "family_supports", family.id)
    assert words not in read(visitor, "family", family.id)


def test_a_safety_note_keeps_its_words_and_is_reviewed(
    family: Family, visitor: Person, supervisor: Person
) -> None:
    exact = "Rosa dijo: “Él siempre me empuja, está loco.”"  # words that the note check would ask about in a moment
    send(visitor, "safety_note_new", family.id, words=exact, **DAY_AND_TIME)
    note = SafetyNote.objects.get()
    assert note.words == exact
    page = read(visitor, "family_safety", family.id)
    assert exact in page
    assert "not reviewed yet" in page
    assert "Review this note" not in page
    rosa = family.caregivers.get()
    send(supervisor, "safety_review", note.id, in_bundle_for=[str(rosa.id)])
    note.refresh_from_db()
    assert (note.reviewed_by, set(note.in_bundle_for.all())) == (supervisor, {rosa})


@pytest.mark.parametrize("name", ["family_safety", "family_supports", "family_contacts", "family_story"])
def test_the_coordinator_opens_what_was_written_by_a_reason_alone(
    name: str, family: Family, coordinator: Person
) -> None:
    client, path = client_of(coordinator), reverse(name, args=[family.id])
    assert client.get(path).status_code == 404
    until = timezone.now() + timedelta(hours=1)
    Opening.objects.create(family=family, person=coordinator, reason="…", at=timezone.now(), until=until)
    assert client.get(path).status_code == 200


def test_a_cover_is_arranged_with_an_end_and_a_reason(
    family: Family, visitor: Person, supervisor: Person
) -> None:
    third = person("denise", Role.VISITOR, supervisor)
    today = timezone.localdate()
    typed = {
        "covers": visitor.id,
        "visitor": third.id,
        "since": f"{today}",
        "until": f"{today}",
        "reason": "away",
    }
    send(supervisor, "cover", family.id, **typed)
    made = Assignment.objects.get(kind="cover")
    assert (made.visitor, made.covers, made.until, made.reason) == (third, visitor, today, "away")
    assert client_of(third).get(reverse("family", args=[family.id])).status_code == 200


def test_what_is_not_possible_is_told_on_the_form(
    family: Family, second_visitor: Person, supervisor: Person
) -> None:
    today = f"{timezone.localdate()}"
    answer = send(supervisor, "assign", family.id, visitor=second_visitor.id, since=today)
    assert answer.status_code == 422
    assert "She visits this family already" in answer.content.decode()


def test_a_supervisor_cannot_choose_a_visitor_who_is_not_hers(
    family: Family, visitor: Person, stranger: Person, supervisor: Person
) -> None:
    today = f"{timezone.localdate()}"
    answer = send(supervisor, "hand_over", family.id, of=visitor.id, to=stranger.id, since=today)
    assert answer.status_code == 422
    assert not Assignment.objects.filter(family=family, visitor=stranger).exists()


def test_a_family_is_handed_over_by_the_coordinator(
    family: Family, visitor: Person, stranger: Person, coordinator: Person
) -> None:
    send(coordinator, "hand_over", family.id, of=visitor.id, to=stranger.id, since=f"{timezone.localdate()}")
    assert client_of(stranger).get(reverse("family", args=[family.id])).status_code == 200
    assert client_of(visitor).get(reverse("family", args=[family.id])).status_code == 404


def test_topics_of_the_first_visit_are_said_one_by_one(family: Family, visitor: Person) -> None:
    send(visitor, "first_visit", family.id, topic="duty_to_report", language="mam", interpreted="on")
    said = Said.objects.get()
    assert (said.topic, said.language, said.interpreted) == ("duty_to_report", "mam", True)
    page = read(visitor, "first_visit", family.id)
    assert page.count("Not said after all") == 1
    assert page.count('name="topic" value=') == len(first_visit.topics()) - 1
    send(visitor, "said_take_back", said.id)
    assert not Said.objects.exists()


def test_the_example_of_a_first_visit_has_the_name_of_who_visits(
    family: Family, visitor: Person, second_visitor: Person, supervisor: Person
) -> None:
    assert f"I&#x27;m {visitor.name}, I visit" in read(visitor, "first_visit", family.id)
    assert f"I&#x27;m {second_visitor.name}, I visit" in read(second_visitor, "first_visit", family.id)
    assert f"I&#x27;m {visitor.name}, I visit" in read(supervisor, "first_visit", family.id)


def test_a_supervisor_reads_the_first_visit_and_says_nothing(family: Family, supervisor: Person) -> None:
    answer = send(supervisor, "first_visit", family.id, topic="duty_to_report", language="mam")
    assert answer.status_code == 404
    assert "not yet said" in read(supervisor, "first_visit", family.id)


def test_the_story_is_told_in_pages_and_by_capacity(family: Family, visitor: Person) -> None:
    for week in range(14):
        at = timezone.now() - timedelta(weeks=week)
        visit = Visit.objects.create(family=family, planned_at=at)
        shows = ["people"] if week == 13 else ["moving"]
        Moment.objects.create(
            family=family,
            visit=visit,
            at=at,
            words=f"moment {week}.",
            capacities=shows,
            by=visitor,
            language="es",
        )
    client, path = client_of(visitor), reverse("family_story", args=[family.id])
    first = client.get(path).content.decode()
    assert '<p class="words" lang="es">moment 0.</p>' in first
    assert "moment 13." not in first
    assert "moment 13." in client.get(path + "?skip=12").content.decode()
    by_capacity = client.get(path + "?shows=people").content.decode()
    assert "moment 13." in by_capacity
    assert "moment 0." not in by_capacity


@pytest.mark.parametrize("query", ["?shows=nothing", "?skip=-3", "?skip=many"])
def test_an_address_that_was_typed_wrong_shows_the_whole_story(
    query: str, family: Family, visitor: Person
) -> None:
    assert client_of(visitor).get(reverse("family_story", args=[family.id]) + query).status_code == 200
