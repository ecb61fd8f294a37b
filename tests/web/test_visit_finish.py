"""Finishing a visit, signing it, adding to it, and copying it as text."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apego.records.actions import moments, visits
from apego.records.models import Family, Person, Program, Signature, Visit
from tests.people import NOW, client_of

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def ana(visitor: Person) -> Client:
    return client_of(visitor)


def sent(**fields: object) -> dict[str, object]:
    return {"delivery": str(uuid4()), **fields}


def whole(family: Family, visitor: Person, **more: object) -> dict[str, object]:
    """What the page of finishing sends when nothing is missing."""
    return sent(
        base_version=1,
        day="2026-11-23",
        begins="10:00",
        ends="11:30",
        children=[str(child.id) for child in family.children.all()],
        caregivers=[str(one.id) for one in family.caregivers.all()],
        visitors=[str(visitor.id)],
        place="home",
        languages=["spa"],
        **more,
    )


@pytest.fixture
def finished(visit: Visit, visitor: Person) -> Visit:
    moments.keep(id=uuid4(), visit=visit, words="Inés clapped.", goals=["IT-PMP 6"], by=visitor, at=NOW)
    visits.start(visit=visit, by=visitor, at=NOW)
    who_and_when: visits.WhoWhenWhere = {
        "children": list(visit.family.children.all()),
        "caregivers": list(visit.family.caregivers.all()),
        "ended_at": NOW + timedelta(minutes=90),
    }
    visits.change(visit=visit, base_version=1, by=visitor, at=LATER, **who_and_when)
    return visits.finish(visit=visit, by=visitor, at=LATER)


@pytest.fixture(autouse=True)
def two_hours_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The visit lies behind: nobody finishes what has not ended."""
    monkeypatch.setattr(timezone, "now", lambda: LATER)


def test_a_visit_is_finished_with_the_times_of_the_programs_clock(
    ana: Client, visit: Visit, family: Family, visitor: Person
) -> None:
    answer = ana.post(reverse("visit_finish", args=[visit.id]), whole(family, visitor))
    assert answer.status_code == 302, answer.content.decode()
    visit.refresh_from_db()
    assert (visit.started_at, visit.ended_at) == (NOW, NOW + timedelta(minutes=90))
    assert visit.signatures.get().person == visitor


@pytest.mark.parametrize("page", ["plan", "visit_move", "visit_not_held", "visit_edit", "visit_finish"])
def test_nobody_fills_in_a_form_that_a_finished_visit_would_refuse(
    ana: Client, finished: Visit, page: str
) -> None:
    answer = ana.get(reverse(page, args=[finished.id]))
    assert answer.status_code == 409
    assert "it stays as it is" in answer.content.decode()


def test_a_moment_of_a_finished_visit_opens_no_form(ana: Client, finished: Visit) -> None:
    assert ana.get(reverse("moment_edit", args=[finished.moments.get().pk])).status_code == 409


def test_the_page_opens_with_the_people_who_are_likely_to_have_been_there(
    ana: Client, visit: Visit, family: Family
) -> None:
    told = ana.get(reverse("visit_finish", args=[visit.id])).content.decode()
    assert f'value="{family.caregivers.get().id}"' in told


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("ends", "", "This is still empty."),
        ("ends", "09:00", "The end lies before the beginning."),
        ("ends", "23:00", "Check morning and afternoon."),
        ("children", [], "Nobody is named yet who took part."),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_finished(
    ana: Client, visit: Visit, family: Family, visitor: Person, field: str, value: object, told: str
) -> None:
    answer = ana.post(reverse("visit_finish", args=[visit.id]), whole(family, visitor) | {field: value})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    visit.refresh_from_db()
    assert (visit.finished_at, visit.started_at, visit.version) == (None, None, 1)


def test_what_is_typed_and_not_kept_is_shown_before_finishing(ana: Client, visit: Visit) -> None:
    ana.post(reverse("draft_save", args=[visit.id]), sent(form="moment", words="She sang it twice."))
    assert "She sang it twice." in ana.get(reverse("visit_finish", args=[visit.id])).content.decode()


def test_two_edits_are_decided_first(
    ana: Client, visit: Visit, family: Family, visitor: Person, second_visitor: Person
) -> None:
    for who in (visitor, second_visitor):
        visits.write(visit=visit, part="next", words=f"{who.name} writes.", base_version=0, by=who, at=NOW)
    answer = ana.post(reverse("visit_finish", args=[visit.id]), whole(family, visitor))
    assert answer.status_code == 422
    assert "/two-edits/" in answer.content.decode()


def test_somebody_changed_the_times_meanwhile_and_both_are_kept(
    ana: Client, visit: Visit, family: Family, visitor: Person, second_visitor: Person
) -> None:
    visits.change(visit=visit, base_version=1, others="Tía Luz", by=second_visitor, at=NOW)
    answer = ana.post(reverse("visit_finish", args=[visit.id]), whole(family, visitor))
    assert "/two-edits/" in answer["Location"]
    visit.refresh_from_db()
    assert (visit.finished_at, visit.others) == (None, "Tía Luz")


def test_the_second_visitor_signs(finished: Visit, second_visitor: Person) -> None:
    client_of(second_visitor).post(reverse("visit_sign", args=[finished.id]), sent(how="signed_in"))
    assert finished.signatures.filter(person=second_visitor, how=Signature.How.SIGNED_IN).exists()


def test_a_parent_signs_on_the_screen_and_the_drawing_is_shown(ana: Client, finished: Visit) -> None:
    rosa = finished.family.caregivers.get()
    form = sent(how="screen", caregiver=str(rosa.id), drawing="M10 20L30 40")
    ana.post(reverse("visit_sign", args=[finished.id]), form)
    assert 'd="M10 20L30 40"' in ana.get(reverse("visit_detail", args=[finished.id])).content.decode()


def test_a_parent_signs_on_paper_and_it_is_kept_who_saw_it(ana: Client, finished: Visit) -> None:
    rosa = finished.family.caregivers.get()
    ana.post(reverse("visit_sign", args=[finished.id]), sent(how="paper", caregiver=str(rosa.id)))
    told = ana.get(reverse("visit_detail", args=[finished.id])).content.decode()
    assert "on paper, seen by Ana" in told


def test_an_empty_box_is_no_signature(ana: Client, finished: Visit) -> None:
    rosa = finished.family.caregivers.get()
    answer = ana.post(
        reverse("visit_sign", args=[finished.id]), sent(how="screen", caregiver=str(rosa.id), drawing="")
    )
    assert answer.status_code == 422
    assert "There is no signature yet." in answer.content.decode()


def test_a_parent_of_another_family_does_not_sign(ana: Client, finished: Visit, other_family: Family) -> None:
    james = other_family.caregivers.get()
    ana.post(reverse("visit_sign", args=[finished.id]), sent(how="paper", caregiver=str(james.id)))
    assert not finished.signatures.filter(caregiver__isnull=False).exists()


def test_a_visit_that_is_still_written_has_nothing_to_sign(ana: Client, visit: Visit) -> None:
    told = ana.get(reverse("visit_sign", args=[visit.id])).content.decode()
    assert reverse("visit_finish", args=[visit.id]) in told
    assert "data-signature" not in told


def test_who_is_there_to_sign_is_called_by_name(ana: Client, finished: Visit) -> None:
    grandmother = finished.family.caregivers.create(name="Doña Petrona", relation="grandmother")
    finished.caregivers.set([grandmother])
    path = reverse("visit_sign", args=[finished.id])
    assert "<h2>Doña Petrona, on this screen</h2>" in ana.get(path).content.decode()
    finished.caregivers.add(finished.family.caregivers.exclude(id=grandmother.id).get())
    told = ana.get(path).content.decode()
    assert "<h2>The family, on this screen</h2>" in told
    assert told.count("Doña Petrona</option>") == 2


def test_the_program_that_wants_the_parents_signature_is_asked_for_it(
    ana: Client, finished: Visit, program: Program
) -> None:
    assert "Let the family sign" not in ana.get(reverse("visit_detail", args=[finished.id])).content.decode()
    program.parent_signs = True
    program.save()
    assert "Let the family sign" in ana.get(reverse("visit_detail", args=[finished.id])).content.decode()


def test_an_addendum_stands_below(ana: Client, finished: Visit) -> None:
    ana.post(reverse("addendum_add", args=[finished.id]), sent(words="Rosa called: the fever is gone."))
    assert (
        "Rosa called: the fever is gone."
        in ana.get(reverse("visit_detail", args=[finished.id])).content.decode()
    )


def test_the_visit_is_copied_as_text_and_as_a_file(ana: Client, finished: Visit) -> None:
    told = ana.get(reverse("visit_text", args=[finished.id])).content.decode()
    assert "Inés clapped." in told
    assert "IT-PMP 6" in told
    as_file = ana.get(reverse("visit_text", args=[finished.id]) + "?as=file")
    assert as_file["Content-Type"].startswith("text/plain")
    assert "Inés clapped." in as_file.content.decode()
