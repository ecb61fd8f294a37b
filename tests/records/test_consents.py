from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from apego.records import access
from apego.records.actions import consents
from apego.records.actions.acting import NotPossible
from apego.records.consents import Adult, asked_in, in_the_room, lacking, languages_of
from apego.records.models import Consent, Family, Line, Person
from tests.people import NOW, TODAY
from tests.talk import UNTIL, consent_of

STROKE = "M10 20L30 40L60 20"


def test_a_consent_keeps_the_words_that_were_signed(family: Family, visitor: Person) -> None:
    consent = consent_of(family, visitor)
    consent.refresh_from_db()
    assert "Estos adultos estaban presentes y dicen que sí: Rosa." in consent.words
    assert (consent.whose, consent.language, consent.seen_by) == ("Rosa", "es", visitor)


def test_the_same_consent_sent_twice_is_one(family: Family, visitor: Person) -> None:
    same = uuid4()
    consent_of(family, visitor, id=same)
    consent_of(family, visitor, id=same)
    assert family.consents.count() == 1


def test_a_signature_on_the_screen_needs_a_drawing_or_a_name(family: Family, visitor: Person) -> None:
    for drawing in ("", "M10 20L10 20", 'M1 1L2 2"/><script>', "M1 1" + "L2 2" * 30_000):
        with pytest.raises(NotPossible, match="not-signed"):
            consent_of(family, visitor, how=Consent.How.SCREEN, drawing=drawing)
    assert consent_of(family, visitor, how=Consent.How.SCREEN, drawing=STROKE).drawing == STROKE
    assert (
        consent_of(family, visitor, how=Consent.How.SCREEN, typed_name="Rosa Ruiz").typed_name == "Rosa Ruiz"
    )


def test_a_caregiver_of_another_family_cannot_sign_here(
    family: Family, other_family: Family, visitor: Person
) -> None:
    with pytest.raises(NotPossible, match="not-of-this-family"):
        consent_of(family, visitor, Adult(other_family.caregivers.all()[0]))


@pytest.mark.parametrize(
    ("signed", "until", "revoked", "stands"),
    [
        (TODAY, UNTIL, False, True),
        (TODAY, TODAY, False, True),
        (TODAY - timedelta(9), TODAY - timedelta(1), False, False),
        (TODAY, UNTIL, True, False),
        (TODAY + timedelta(1), UNTIL, False, False),
    ],
    ids=["signed today", "last day", "run out", "taken back", "not yet"],
)
def test_a_consent_stands_from_its_day_to_its_last_unless_taken_back(
    family: Family, visitor: Person, signed: date, until: date, revoked: bool, stands: bool
) -> None:
    consent = consent_of(family, visitor, on=signed, until=until)
    if revoked:
        consent = consents.revoke(consent=consent, by=visitor, at=NOW)
    assert consent.stands_on(TODAY) is stands
    assert bool(lacking(in_the_room(family, [Adult(consent.caregiver)], TODAY))) is not stands


def test_a_consent_for_something_else_is_none(family: Family, visitor: Person) -> None:
    consent_of(family, visitor, purpose="photos")
    mother = Adult(family.caregivers.all()[0])
    assert lacking(in_the_room(family, [mother], TODAY)) == [mother]


def test_each_adult_needs_her_own(family: Family, visitor: Person) -> None:
    mother, aunt = Adult(family.caregivers.all()[0]), Adult(named="Tía Lucía")
    consent_of(family, visitor)
    assert lacking(in_the_room(family, [mother, aunt], TODAY)) == [aunt]
    consent_of(family, visitor, aunt)
    assert lacking(in_the_room(family, [mother, Adult(named=" tia lucia ")], TODAY)) == []


def test_one_adult_told_twice_is_one(family: Family) -> None:
    room = in_the_room(family, [Adult(named="Lucía"), Adult(named="LUCIA"), Adult(named=" ")], TODAY)
    assert len(room) == 1


def test_taking_back_twice_is_taking_back_once(family: Family, visitor: Person) -> None:
    consent = consents.revoke(consent=consent_of(family, visitor), by=visitor, at=NOW)
    again = consents.revoke(consent=consent, by=visitor, at=NOW + timedelta(hours=1))
    assert again.revoked_at == NOW


def test_the_caregivers_language_goes_before_the_familys(family: Family) -> None:
    mother = family.caregivers.all()[0]
    mother.language = "mam"
    assert asked_in(languages_of(mother, family), "es") == ("es", True)
    assert asked_in(languages_of(None, family), "en") == ("es", False)


def test_a_disclosure_by_consent_needs_one_that_stands(
    family: Family, other_family: Family, visitor: Person, stranger: Person
) -> None:
    theirs = consent_of(other_family, stranger, purpose="share")
    taken_back = consents.revoke(consent=consent_of(family, visitor, purpose="share"), by=visitor, at=NOW)
    told = {"family": family, "party": "Clinic", "what": "Plan", "on": TODAY, "by": visitor, "at": NOW}
    for consent in (None, theirs, taken_back):
        with pytest.raises(NotPossible, match="no-consent"):
            consents.disclose(id=uuid4(), basis="consented", consent=consent, **told)  # type: ignore[arg-type]
    consent = consent_of(family, visitor, purpose="share")
    assert consents.disclose(id=uuid4(), basis="consented", consent=consent, **told).consent == consent  # type: ignore[arg-type]
    assert consents.disclose(id=uuid4(), basis="court", **told).consent is None  # type: ignore[arg-type]


def test_signing_and_taking_back_are_lines_of_the_familys_log(family: Family, visitor: Person) -> None:
    consents.revoke(consent=consent_of(family, visitor), by=visitor, at=NOW)
    verbs = Line.objects.filter(family=family.id).values_list("verb", flat=True)
    assert list(verbs) == ["consents.sign", "consents.revoke"]


def test_a_coordinator_sees_consents_without_a_reason_and_a_stranger_none(
    family: Family, visitor: Person, coordinator: Person, stranger: Person
) -> None:
    consent = consent_of(family, visitor)
    assert list(access.visible(coordinator, Consent)) == [consent]
    assert not access.visible(stranger, Consent).exists()
