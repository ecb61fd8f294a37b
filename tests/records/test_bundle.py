from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from apego.records import bundle
from apego.records.actions import openings, safety
from apego.records.bundle import Bundle
from apego.records.models import (
    AfterVisit,
    Attendance,
    Caregiver,
    Disclosure,
    Family,
    Focus,
    Moment,
    ParentRequest,
    Person,
    SafetyNote,
    Socialization,
    Support,
    Visit,
)
from tests.people import NOW, TODAY
from tests.records.everything import everything_of, second_adult


@pytest.fixture
def full(visit: Visit, visitor: Person, coordinator: Person) -> Family:
    everything_of(visit, visitor, coordinator)
    Visit.objects.update(status="done", started_at=NOW, ended_at=NOW)
    openings.begin(id=uuid4(), family=visit.family, reason="She asked", by=coordinator, at=datetime.now(UTC))
    return visit.family


def of(reader: Caregiver, by: Person) -> Bundle:
    return bundle.bundle(reader.family, reader, by=by, on=TODAY)


def text_of(made: Bundle) -> str:
    return json.dumps(made.as_json(), ensure_ascii=False)


def mother(family: Family) -> Caregiver:
    return family.caregivers.get(relation="mother")


@pytest.mark.parametrize(
    "words",
    [
        "Inés gateó hacia Rosa.",
        "Usted esperó.",
        "Probó la canción.",
        "Fue el martes.",
        "Querida Rosa",
        "Llamó.",
        "El santo",
        "Una foto",
        "Cansada.",
        "Clinic",
        "Quiero leerlo.",
        "Pues bien, fíjese",
        "Siempre me busca cuando oye mi voz.",
        "Dormir.",
        "Estos adultos estaban presentes",
    ],
)
def test_what_was_written_is_in_it(full: Family, coordinator: Person, words: str) -> None:
    assert words in text_of(of(mother(full), coordinator))


def test_it_is_in_the_caregivers_language_and_has_no_empty_section(full: Family, coordinator: Person) -> None:
    made = of(mother(full), coordinator)
    assert made.language == "es"
    assert all(section.entries for section in made.sections)
    assert {section.id for section in made.sections} >= {"statements", "visits", "conversations", "consents"}


def test_findings_are_quoted_and_the_visitors_own_question_is_not_there(
    full: Family, coordinator: Person
) -> None:
    document = full.transcripts.get().reflections.get().document
    told = text_of(of(mother(full), coordinator))
    groups = (group for part in document["parts"] for group in part.get("groups", ()))
    quoted = [quote["text"] for group in groups for each in group["told"] for quote in each["quotes"]]
    assert quoted and quoted[0] in told
    assert document["question"]["says"] not in told


def test_what_visitors_keep_for_themselves_is_not_in_it(
    full: Family, visitor: Person, coordinator: Person
) -> None:
    Focus.objects.create(person=visitor, practice="listen", words="Esperar-más")
    AfterVisit.objects.update(answers={"stayed": "Solo-mío"})
    told = text_of(of(mother(full), coordinator))
    for words in ("Esperar-más", "Solo-mío", "Me quedé callada.", "Casi"):
        assert words not in told


def test_a_safety_note_is_in_the_bundle_of_whom_the_review_names_and_of_nobody_else(
    full: Family, coordinator: Person, supervisor: Person
) -> None:
    father = second_adult(full)
    note = SafetyNote.objects.get()
    assert "No puedo hablar" not in text_of(of(mother(full), coordinator))  # named, and not reviewed
    safety.review(note=note, in_bundle_for=[mother(full)], by=supervisor, at=NOW)
    assert "No puedo hablar" in text_of(of(mother(full), coordinator))
    made = of(father, coordinator)
    assert "No puedo hablar" not in text_of(made)
    assert made.withheld["safety-notes"] == 1
    assert "withheld" not in text_of(made)


def test_an_adult_who_must_not_be_found_is_not_found_through_the_others_bundle(
    full: Family, visitor: Person, coordinator: Person
) -> None:
    father = second_adult(full)
    Family.objects.filter(id=full.id).update(address="12 Elm Street")
    Caregiver.objects.filter(id=mother(full).id).update(
        phone="555-0199", phone_is_safe=False, safe_hours="mornings"
    )
    full.refresh_from_db()
    made = of(Caregiver.objects.get(id=father.id), coordinator)
    told = text_of(made)
    for words in (
        "555-0199",
        "mornings",
        "12 Elm Street",
        "Llamó.",
        "Querida Rosa",
        "Pues bien, fíjese",
        "Quiero leerlo.",
    ):
        assert words not in told
    assert made.withheld["where-an-adult-is"] == 1
    assert made.withheld["with-that-adult"] == 4  # a call, a letter, a consent, a conversation
    own = text_of(of(mother(full), coordinator))
    for words in ("555-0199", "mornings", "12 Elm Street", "Llamó."):
        assert words in own


def test_how_one_adult_is_doing_is_not_told_to_another(
    full: Family, visitor: Person, coordinator: Person
) -> None:
    Support.objects.create(family=full, on=TODAY, area="safety", words="A solas", by=visitor)
    made = of(second_adult(full), coordinator)
    assert "Cansada." not in text_of(made)
    assert "A solas" not in text_of(made)
    assert made.withheld["how-another-adult-is"] == 2


def test_a_report_of_a_child_in_danger_is_no_news_for_a_bundle(full: Family, coordinator: Person) -> None:
    Disclosure.objects.create(
        family=full, at=NOW, by=coordinator, party="Hotline", basis="protection", what="Words"
    )
    made = of(mother(full), coordinator)
    assert "Hotline" not in text_of(made)
    assert made.withheld["reports"] == 1


def test_a_group_shows_this_familys_part_only(
    full: Family, other_family: Family, stranger: Person, coordinator: Person, visitor: Person
) -> None:
    group = Socialization.objects.get()
    group.predictions = "Other parents said"
    group.save()
    Attendance.objects.create(family=other_family, socialization=group)
    theirs = Moment.objects.create(
        family=other_family, socialization=group, at=NOW, words="Theirs", by=stranger
    )
    theirs.children.set(other_family.children.all())
    Moment.objects.create(family=full, socialization=group, at=NOW, words="Ours", by=visitor)
    told = text_of(of(mother(full), coordinator))
    assert "Ours" in told
    assert "Theirs" not in told
    assert "Other parents said" not in told


def test_the_parents_statement_goes_with_every_bundle(full: Family, coordinator: Person) -> None:
    ParentRequest.objects.create(
        family=full, caregiver=mother(full), kind="amend", received_on=TODAY, due_on=TODAY, answer="refused",
        answered_on=TODAY, statement="Así lo veo yo.", by=coordinator,
    )  # fmt: skip
    Caregiver.objects.filter(id=mother(full).id).update(phone_is_safe=False)
    assert "Así lo veo yo." in text_of(of(second_adult(full), coordinator))


def test_without_an_open_reason_there_is_nothing_written_in_it(full: Family, coordinator: Person) -> None:
    full.openings.all().delete()
    told = text_of(of(mother(full), coordinator))
    assert "Inés gateó hacia Rosa." not in told
