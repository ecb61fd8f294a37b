"""A finished visit as text in the order of the program's form."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from apego.practice.forms import fields
from apego.records.actions import moments, plans, visits
from apego.records.copying import FIELDS, OF_MOMENTS, as_text
from apego.records.models import Credit, Person, Program, Signature, Visit
from tests.people import NOW

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def whole(visit: Visit, visitor: Person, program: Program) -> Visit:
    """A visit in which every field of the form has something to say."""
    rosa = visit.family.caregivers.get()
    plans.write(
        visit=visit, base_version=0, hope="Que jueguen.", invitations=["games/peekaboo", "materials/pot_lids"],
        by=visitor, at=NOW,
    )  # fmt: skip
    moments.keep(
        id=uuid4(), visit=visit, words="Inés clapped.", parent_words="¡Otra vez!", domains=["physical"],
        goals=["IT-PMP 6"], by=visitor, at=NOW,
    )  # fmt: skip
    moments.credit(
        id=uuid4(),
        visit=visit,
        words="Rosa waited.",
        kind=Credit.Kind.STRENGTH,
        caregiver=rosa,
        by=visitor,
        at=NOW,
    )
    for part in visits.written_parts():
        visits.write(visit=visit, part=part, words=f"about {part}", base_version=0, by=visitor, at=NOW)
    visits.start(visit=visit, by=visitor, at=NOW)
    visits.change(
        visit=visit, base_version=1, ended_at=NOW + timedelta(minutes=95), others="Tía Luz", languages=["spa"],
        interpreter="Doña Petrona", children=list(visit.family.children.all()), caregivers=[rosa], by=visitor, at=LATER,
    )  # fmt: skip
    done = visits.finish(visit=visit, by=visitor, at=LATER)
    visits.sign(visit=done, caregiver=rosa, how=Signature.How.PAPER, by=visitor, at=LATER)
    visits.add(id=uuid4(), visit=done, words="The fever is gone.", by=visitor, at=LATER)
    return done


def told(visit: Visit, program: Program, language: str = "en") -> str:
    with timezone.override(program.zone), translation.override(language):
        return as_text(visit, program, language)  # type: ignore[arg-type]


def test_every_field_that_a_form_may_hold_can_be_told() -> None:
    assert {*FIELDS, *OF_MOMENTS} == set(fields())


def test_the_shipped_form_tells_everything_that_was_written(whole: Visit, program: Program) -> None:
    text = told(whole, program)
    for words in (
        "Began: 10:00 a.m.", "Ended: 11:35 a.m.", "Minutes: 95", "Children: Inés", "Caregivers: Rosa",
        "Others: Tía Luz", "Interpreter: Doña Petrona", "about follow_up", "about since", "Que jueguen.",
        "Inés clapped.", "“¡Otra vez!”", "IT-PMP 6", "Rosa: Rosa waited.", "about tried", "about next",
        "about promises_visitor", "about referrals", "on paper, seen by Ana", "The fever is gone.",
    ):  # fmt: skip
        assert words in text


def test_headings_are_in_the_language_of_the_page_and_words_as_they_were_written(
    whole: Visit, program: Program
) -> None:
    text = told(whole, program, "es")
    assert text.startswith("FECHA Y HORA\n")
    assert "Inés clapped." in text


def test_a_program_has_its_own_order_and_headings(whole: Visit, program: Program) -> None:
    program.form = [
        {"heading": "Observations", "fields": ["moment_words"]},
        {"heading": "Service", "fields": ["date", "minutes"]},
    ]
    assert told(whole, program) == (
        "OBSERVATIONS\nInés clapped.\n\nSERVICE\nDate: November 23, 2026\nMinutes: 95\n"
    )


def test_a_section_without_words_is_left_out(visit: Visit, program: Program) -> None:
    text = told(visit, program)
    assert "WHAT WAS TRIED" not in text
    assert "SIGNATURES" not in text


def test_a_moment_that_was_taken_out_is_not_told(visit: Visit, visitor: Person, program: Program) -> None:
    moment = moments.keep(id=uuid4(), visit=visit, words="Not this.", by=visitor, at=NOW)
    moments.remove(moment=moment, by=visitor, at=NOW)
    assert "Not this." not in told(visit, program)
