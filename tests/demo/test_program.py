"""The invented program, played for a few of its families: as the actions would have it, and the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from apego.demo.program import play
from apego.demo.stage import Stage
from apego.records import access, models
from apego.records.models import (
    AfterVisit,
    Assignment,
    Family,
    Letter,
    Line,
    Moment,
    Person,
    Reflection,
    Role,
    SafetyNote,
    Said,
    Transcript,
    Visit,
)
from apego.records.today import today
from tests.people import NOW

# Two visitors and a conversation; sick cover; a new family with its first visit; a safety note.
FEW = ("ortega-ruiz", "abernathy", "alvarenga", "zelaya")


@pytest.fixture(scope="module", autouse=True)
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """The program, played once for this module, whose tests only look at it. At the end it was never there."""
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, django_db_blocker.unblock(), transaction.atomic():
        yield play(now=NOW, only=FEW)
        transaction.set_rollback(True)


def test_everybody_is_there(stage: Stage) -> None:
    assert Person.objects.filter(role=Role.VISITOR).count() == 6
    assert Family.objects.count() == len(FEW)
    assert set(stage.homes) == set(FEW)


def test_everybody_can_sign_in() -> None:
    assert all(person.has_usable_password() for person in Person.objects.all())


def test_a_visitor_is_in_one_home_at_a_time(stage: Stage) -> None:
    for person in stage.people.values():
        held = sorted(
            (one.started_at, one.ended_at) for one in person.visits.filter(status=Visit.Status.DONE)
        )
        assert all(first[1] < second[0] for first, second in pairwise(held))  # type: ignore[operator]


def test_no_visit_ahead_is_more_than_planned() -> None:
    assert not Visit.objects.filter(planned_at__gt=NOW).exclude(status=Visit.Status.PLANNED).exists()
    assert Visit.objects.filter(planned_at__gt=NOW).count() >= len(FEW) * 6


def test_no_visit_behind_is_left_open() -> None:
    before = Visit.objects.filter(planned_at__lt=NOW - timedelta(days=1))
    assert before.filter(status__in=(Visit.Status.PLANNED, Visit.Status.UNDER_WAY)).count() == 0
    assert before.exclude(status=Visit.Status.DONE).exists(), "some were not held"


def test_a_finished_visit_is_signed_by_whoever_finished_it() -> None:
    for visit in Visit.objects.filter(status=Visit.Status.DONE).prefetch_related("signatures"):
        assert visit.finished_by_id in {one.person_id for one in visit.signatures.all()}


def test_nothing_was_done_later_than_now() -> None:
    assert not Line.objects.filter(at__gt=NOW).exists()
    assert not Moment.objects.filter(at__gt=NOW).exists()


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("families.enrol", models.Family),
        ("visits.finish", models.Visit),
        ("moments.keep", models.Moment),
        ("moments.credit", models.Credit),
        ("contacts.record", models.Contact),
        ("letters.keep", models.Letter),
        ("consents.sign", models.Consent),
        ("safety.note", models.SafetyNote),
        ("first_visit.say", models.Said),
        ("plans.write", models.Plan),
        ("supervisions.note", models.Supervision),
        ("transcripts.bring", models.Transcript),
        ("occasions.keep_memento", models.Memento),
    ],
)
def test_what_stands_there_was_done_by_an_action_and_logged(verb: str, kind: Any) -> None:
    ids = set(kind.objects.values_list("id", flat=True))
    if kind is models.Visit:
        ids = set(kind.objects.filter(status=Visit.Status.DONE).values_list("id", flat=True))
    if kind is models.Moment:
        ids = set(kind.objects.filter(socialization=None).values_list("id", flat=True))
    assert ids
    assert set(Line.objects.filter(verb=verb).values_list("thing", flat=True)) == ids


def test_the_log_tells_no_words_of_a_family() -> None:
    words = {Family.objects.all()[0].name, *(moment.words for moment in Moment.objects.all())}
    told = " ".join(f"{line.verb} {line.kind}" for line in Line.objects.all())
    assert not any(one in told for one in words)


def test_a_family_hears_no_words_of_a_bank_twice() -> None:
    for family in Family.objects.all():
        words = [moment.words for moment in Moment.objects.filter(family=family, socialization=None)]
        assert len(words) == len(set(words))


def test_a_credit_goes_to_somebody_who_was_there() -> None:
    for visit in Visit.objects.filter(status=Visit.Status.DONE).prefetch_related("credits", "caregivers"):
        there = {one.id for one in visit.caregivers.all()}
        assert {one.caregiver_id for one in visit.credits.all()} <= there


def test_a_child_has_no_moment_before_its_birth() -> None:
    for moment in Moment.objects.prefetch_related("children"):
        assert all(child.born_on <= moment.at.date() for child in moment.children.all())


def test_both_visitors_write_of_the_family_that_they_share(stage: Stage) -> None:
    visits = Visit.objects.filter(family=stage.homes["ortega-ruiz"].family, status=Visit.Status.DONE)
    assert {one.login for visit in visits for one in visit.visitors.all()} == {"ana", "marisol"}


@pytest.mark.usefixtures("on_that_day")
def test_who_covers_has_the_visit_of_this_week(stage: Stage) -> None:
    cover = Assignment.objects.get(kind=Assignment.Kind.COVER)
    assert (cover.visitor.login, cover.covers and cover.covers.login) == ("keisha", "denise")
    with timezone.override(stage.zone):
        ahead = today(stage.people["keisha"], NOW)
    assert any(one.covers for one in (*ahead.today, *ahead.week))


def test_a_new_family_has_one_topic_still_to_hear(stage: Stage) -> None:
    said = Said.objects.filter(family=stage.homes["alvarenga"].family).values_list("topic", flat=True)
    assert "rights" not in said and "duty_to_report" in said


def test_a_letter_went_to_nobody_who_wants_none() -> None:
    assert all(letter.caregiver.wants_letters for letter in Letter.objects.select_related("caregiver"))
    assert Letter.objects.filter(given_at=None).exists(), "the last ones wait for the next visit"


def test_a_conversation_was_read_with_everybody_s_consent() -> None:
    found = Reflection.objects.get()
    assert found.state == Reflection.State.DONE and set(found.pages) == {"en", "es"}
    assert found.transcript.consents.count() == 2


def test_what_is_a_visitor_s_own_is_seen_by_her_alone(stage: Stage) -> None:
    ana, gloria = stage.people["ana"], stage.people["gloria"]
    assert access.visible(ana, AfterVisit).exists() == AfterVisit.objects.filter(by=ana).exists()
    assert not access.visible(gloria, AfterVisit).exists()
    assert not access.visible(gloria, Transcript).exists(), "she has not shared it"


def test_a_safety_note_is_reviewed_where_the_file_says_so(stage: Stage) -> None:
    note = SafetyNote.objects.get(family=stage.homes["zelaya"].family)
    assert note.reviewed_by == stage.people["gloria"]
