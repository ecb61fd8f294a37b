"""Two edits of one thing side by side, and the three ways to decide."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from apego.records.actions import moments, visits
from apego.records.models import Moment, Person, Variant, Visit
from tests.people import NOW, client_of


@pytest.fixture
def ana(visitor: Person) -> Client:
    return client_of(visitor)


@pytest.fixture
def moment(visit: Visit, visitor: Person) -> Moment:
    return moments.keep(id=uuid4(), visit=visit, words="Inés clapped.", by=visitor, at=NOW)


@pytest.fixture
def variant(moment: Moment, visitor: Person, second_visitor: Person) -> Variant:
    moments.change(
        moment=moment, words="Inés clapped twice.", domains=["physical"], base_version=1, by=visitor, at=NOW
    )
    kept = moments.change(
        moment=moment,
        words="Inés looked up.",
        domains=["language"],
        base_version=1,
        by=second_visitor,
        at=NOW,
    )
    assert isinstance(kept, Variant)
    return kept


def decide(client: Client, variant: Variant, choice: str) -> None:
    form = {"delivery": str(uuid4()), "choice": choice}
    assert client.post(reverse("variant", args=[variant.id]), form).status_code == 302


def test_both_are_shown_with_who_wrote_and_with_names_for_ids(ana: Client, variant: Variant) -> None:
    told = ana.get(reverse("variant", args=[variant.id])).content.decode()
    for words in ("Inés clapped twice.", "Inés looked up.", "Marisol", "Physical development and health"):
        assert words in told
    assert "left_as_is" not in told


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("this", "Inés looked up."),
        ("other", "Inés clapped twice."),
        ("both", "Inés clapped twice.\n\nInés looked up."),
    ],
)
def test_a_person_decides_which_stands(
    ana: Client, variant: Variant, moment: Moment, choice: str, words: str
) -> None:
    decide(ana, variant, choice)
    moment.refresh_from_db()
    assert moment.words == words


def test_a_second_decision_changes_nothing(ana: Client, variant: Variant, moment: Moment) -> None:
    decide(ana, variant, "other")
    decide(ana, variant, "this")
    moment.refresh_from_db()
    assert moment.words == "Inés clapped twice."
    assert "This is decided already." in ana.get(reverse("variant", args=[variant.id])).content.decode()


def test_the_visit_shows_that_two_edits_wait_until_they_are_decided(
    ana: Client, variant: Variant, visit: Visit
) -> None:
    address, waiting = reverse("visit_detail", args=[visit.id]), reverse("variant", args=[variant.id])
    assert waiting in ana.get(address).content.decode()
    decide(ana, variant, "both")
    assert waiting not in ana.get(address).content.decode()


def test_people_and_times_are_told_in_words(
    ana: Client, visit: Visit, visitor: Person, second_visitor: Person
) -> None:
    rosa = visit.family.caregivers.get()
    visits.change(visit=visit, base_version=1, caregivers=[rosa], by=visitor, at=NOW)
    kept = visits.change(
        visit=visit, base_version=1, caregivers=[], started_at=NOW + timedelta(hours=1), place="park",
        by=second_visitor, at=NOW,
    )  # fmt: skip
    assert isinstance(kept, Variant)
    told = ana.get(reverse("variant", args=[kept.id])).content.decode()
    for words in ("Rosa", "11:00 a.m.", "A park or a playground", "Parents and caregivers"):
        assert words in told
    decide(ana, kept, "this")
    visit.refresh_from_db()
    assert (visit.started_at, visit.place, visit.caregivers.count()) == (NOW + timedelta(hours=1), "park", 0)


def test_an_unknown_choice_decides_nothing(ana: Client, variant: Variant) -> None:
    answer = ana.post(reverse("variant", args=[variant.id]), {"delivery": str(uuid4()), "choice": "x"})
    assert answer.status_code == 200
    variant.refresh_from_db()
    assert variant.settled_at is None


def test_a_stranger_decides_nothing(stranger: Person, variant: Variant) -> None:
    form = {"delivery": str(uuid4()), "choice": "this"}
    assert client_of(stranger).post(reverse("variant", args=[variant.id]), form).status_code == 404
