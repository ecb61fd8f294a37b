"""What may be done with a visit, and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from apego.records.actions import moments, visits
from apego.records.actions.acting import NotPossible
from apego.records.models import Credit, Family, Line, Person, Program, Signature, Variant, Visit, VisitPart
from tests.people import NOW

HOUR = timedelta(hours=1)
LATER = NOW + 2 * HOUR


@pytest.fixture
def held(visit: Visit, visitor: Person) -> Visit:
    """A visit that has all it needs to be finished."""
    visits.start(visit=visit, by=visitor, at=NOW)
    who_and_when: visits.WhoWhenWhere = {
        "children": list(visit.family.children.all()),
        "caregivers": list(visit.family.caregivers.all()),
        "ended_at": NOW + 1.5 * HOUR,
    }
    visits.change(visit=visit, base_version=1, by=visitor, at=LATER, **who_and_when)
    visit.refresh_from_db()
    return visit


@pytest.fixture
def finished(held: Visit, visitor: Person) -> Visit:
    return visits.finish(visit=held, by=visitor, at=LATER)


def refused(code: str) -> pytest.RaisesExc[NotPossible]:
    return pytest.raises(NotPossible, match=f"^{code}$")


def test_a_visit_is_planned_with_the_enrolled_children_and_the_home_languages(
    family: Family, visitor: Person
) -> None:
    visit = visits.schedule(id=uuid4(), family=family, planned_at=NOW, visitors=[visitor], by=visitor, at=NOW)
    assert [child.name for child in visit.children.all()] == ["Inés"]
    assert visit.languages == ["spa"]
    assert Line.objects.get(verb="visits.schedule").family == family.id


def test_the_same_visit_planned_twice_is_one(family: Family, visitor: Person) -> None:
    id = uuid4()
    for _ in range(2):
        visits.schedule(id=id, family=family, planned_at=NOW, visitors=[visitor], by=visitor, at=NOW)
    assert family.visits.count() == 1


def test_a_planned_visit_can_be_moved(visit: Visit, visitor: Person) -> None:
    moved = visits.reschedule(visit=visit, planned_at=NOW + HOUR, base_version=1, by=visitor, at=NOW)
    assert isinstance(moved, Visit)
    assert (moved.planned_at, moved.version) == (NOW + HOUR, 2)


def test_a_visit_under_way_is_not_moved(held: Visit, visitor: Person) -> None:
    with refused("not-planned"):
        visits.reschedule(visit=held, planned_at=LATER, base_version=2, by=visitor, at=NOW)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        ("cancelled_family", "child_ill"),
        ("cancelled_program", "training"),
        ("attempted", "nobody_home"),
        ("attempted", ""),
    ],
)
def test_a_visit_that_was_not_held_says_by_whom_and_why(
    visit: Visit, visitor: Person, outcome: str, reason: str
) -> None:
    missed = visits.not_held(visit=visit, outcome=outcome, reason=reason, by=visitor, at=NOW)
    assert (missed.status, missed.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("outcome", "reason"), [("done", ""), ("cancelled_family", "training"), ("late", "")]
)
def test_a_reason_stands_beside_its_own_outcome_alone(
    visit: Visit, visitor: Person, outcome: str, reason: str
) -> None:
    with refused("not-such-a-reason"):
        visits.not_held(visit=visit, outcome=outcome, reason=reason, by=visitor, at=NOW)


def test_a_visit_in_which_something_was_seen_was_held(visit: Visit, visitor: Person) -> None:
    moments.keep(id=uuid4(), visit=visit, words="Inés clapped.", by=visitor, at=NOW)
    with refused("has-moments"):
        visits.not_held(visit=visit, outcome="attempted", reason="", by=visitor, at=NOW)


def test_a_cancelled_visit_can_be_put_back(visit: Visit, visitor: Person) -> None:
    visits.not_held(visit=visit, outcome="cancelled_family", reason="", by=visitor, at=NOW)
    assert visits.put_back(visit=visit, by=visitor, at=NOW).status == Visit.Status.PLANNED


def test_a_missed_visit_is_made_up_once(visit: Visit, visitor: Person) -> None:
    visits.not_held(visit=visit, outcome="cancelled_program", reason="", by=visitor, at=NOW)
    first, second = (
        visits.make_up(id=uuid4(), visit=visit, planned_at=LATER, by=visitor, at=NOW) for _ in range(2)
    )
    assert first == second
    assert first.makes_up == visit
    assert list(first.visitors.all()) == [visitor]


def test_a_make_up_that_fell_through_too_is_followed_by_another(visit: Visit, visitor: Person) -> None:
    visits.not_held(visit=visit, outcome="cancelled_program", reason="", by=visitor, at=NOW)
    first = visits.make_up(id=uuid4(), visit=visit, planned_at=LATER, by=visitor, at=NOW)
    visits.not_held(visit=first, outcome="cancelled_program", reason="", by=visitor, at=NOW)
    second = visits.make_up(id=uuid4(), visit=visit, planned_at=LATER, by=visitor, at=NOW)
    assert second != first


def test_a_planned_visit_needs_no_make_up(visit: Visit, visitor: Person) -> None:
    with refused("nothing-to-make-up"):
        visits.make_up(id=uuid4(), visit=visit, planned_at=LATER, by=visitor, at=NOW)


def test_beginning_again_keeps_the_first_time(visit: Visit, visitor: Person, second_visitor: Person) -> None:
    visits.start(visit=visit, by=visitor, at=NOW)
    again = visits.start(visit=visit, by=second_visitor, at=LATER)
    assert again.started_at == NOW
    assert set(again.visitors.all()) == {visitor, second_visitor}


def test_a_cancelled_visit_does_not_begin(visit: Visit, visitor: Person) -> None:
    visits.not_held(visit=visit, outcome="cancelled_family", reason="", by=visitor, at=NOW)
    with refused("not-held"):
        visits.start(visit=visit, by=visitor, at=NOW)


def test_a_part_is_written_and_written_anew(visit: Visit, visitor: Person) -> None:
    visits.write(visit=visit, part="next", words="The pot and the spoon.", base_version=0, by=visitor, at=NOW)
    again = visits.write(visit=visit, part="next", words="The pot.", base_version=1, by=visitor, at=NOW)
    assert isinstance(again, VisitPart)
    assert (again.words, again.version) == ("The pot.", 2)


@pytest.mark.parametrize("part", ["moments", "credits", "weather"])
def test_only_what_is_words_is_a_part(visit: Visit, visitor: Person, part: str) -> None:
    with refused("no-such-part"):
        visits.write(visit=visit, part=part, words="x", base_version=0, by=visitor, at=NOW)


def test_two_who_write_the_same_part_both_keep_their_words(
    visit: Visit, visitor: Person, second_visitor: Person
) -> None:
    visits.write(visit=visit, part="since", words="Ana's words.", base_version=0, by=visitor, at=NOW)
    other = visits.write(
        visit=visit, part="since", words="Marisol's words.", base_version=0, by=second_visitor, at=NOW
    )
    assert isinstance(other, Variant)
    assert other.content == {"words": "Marisol's words."}
    assert visit.parts.get().words == "Ana's words."


def test_a_visit_is_finished_with_its_times_and_signed_by_who_finished_it(
    finished: Visit, visitor: Person
) -> None:
    assert (finished.status, finished.finished_by, finished.finished_at) == (
        Visit.Status.DONE,
        visitor,
        LATER,
    )
    assert finished.signatures.get().how == Signature.How.SIGNED_IN


def test_finishing_twice_by_a_second_tap_is_finishing_once(finished: Visit, visitor: Person) -> None:
    again = visits.finish(visit=finished, by=visitor, at=LATER + HOUR)
    assert again.finished_at == LATER


def test_the_second_of_two_who_finish_is_told_that_it_is_finished(
    finished: Visit, second_visitor: Person
) -> None:
    with refused("already-finished"):
        visits.finish(visit=finished, by=second_visitor, at=LATER)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ended_at": None}, "times-missing"),
        ({"ended_at": NOW - HOUR}, "ends-before-it-begins"),
        ({"ended_at": NOW}, "ends-before-it-begins"),
        ({"ended_at": NOW + 9 * HOUR}, "very-long"),
        ({"ended_at": LATER + HOUR}, "ends-later"),
        ({"children": []}, "nobody-took-part"),
        ({"caregivers": []}, "nobody-took-part"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_finished(
    held: Visit, visitor: Person, changes: visits.WhoWhenWhere, code: str
) -> None:
    visits.change(visit=held, base_version=held.version, by=visitor, at=LATER, **changes)
    with refused(code):
        visits.finish(visit=held, by=visitor, at=LATER)
    held.refresh_from_db()
    assert held.finished_at is None


def test_two_edits_are_decided_before_a_visit_is_finished(
    held: Visit, visitor: Person, second_visitor: Person
) -> None:
    for who, words in ((visitor, "Ana's words."), (second_visitor, "Marisol's words.")):
        visits.write(visit=held, part="since", words=words, base_version=0, by=who, at=NOW)
    with refused("two-edits-open"):
        visits.finish(visit=held, by=visitor, at=LATER)


def test_a_finished_visit_refuses_every_action_but_signing_and_adding(
    finished: Visit, visitor: Person
) -> None:
    kept: dict[str, Any] = {"visit": finished, "by": visitor, "at": LATER}
    for refuse in (
        lambda: visits.reschedule(planned_at=NOW, base_version=2, **kept),
        lambda: visits.not_held(outcome="attempted", reason="", **kept),
        lambda: visits.put_back(**kept),
        lambda: visits.start(**kept),
        lambda: visits.change(base_version=2, others="Tía Luz", **kept),
        lambda: visits.write(part="next", words="x", base_version=0, **kept),
        lambda: moments.keep(id=uuid4(), words="x", **kept),
        lambda: moments.credit(id=uuid4(), words="x", kind=Credit.Kind.STRENGTH, **kept),
    ):
        with refused("already-finished"), transaction.atomic():
            refuse()


def test_the_second_visitor_signs_by_being_signed_in_and_once(
    finished: Visit, second_visitor: Person
) -> None:
    for _ in range(2):
        visits.sign(visit=finished, by=second_visitor, at=LATER)
    assert finished.signatures.filter(person=second_visitor).count() == 1


def test_a_parent_signs_on_the_screen(finished: Visit, visitor: Person) -> None:
    rosa = finished.family.caregivers.get()
    screen = {"caregiver": rosa, "how": Signature.How.SCREEN}
    signed = visits.sign(visit=finished, drawing="M10 20 L30.5 40", by=visitor, at=LATER, **screen)  # type: ignore[arg-type]
    assert (signed.caregiver, signed.person, signed.drawing) == (rosa, None, "M10 20 L30.5 40")


@pytest.mark.parametrize("drawing", ["", 'M0 0"/><script>', "javascript:1", "M" + "0" * 30_000])
def test_what_is_no_drawing_is_no_signature(finished: Visit, visitor: Person, drawing: str) -> None:
    rosa = finished.family.caregivers.get()
    with refused("no-drawing"):
        visits.sign(
            visit=finished, caregiver=rosa, how=Signature.How.SCREEN, drawing=drawing, by=visitor, at=LATER
        )


def test_a_signature_on_paper_says_who_saw_it(finished: Visit, visitor: Person) -> None:
    rosa = finished.family.caregivers.get()
    signed = visits.sign(visit=finished, caregiver=rosa, how=Signature.How.PAPER, by=visitor, at=LATER)
    assert signed.seen_by == visitor


def test_nobody_signs_for_a_parent_by_being_signed_in(finished: Visit, visitor: Person) -> None:
    with refused("signs-for-herself"):
        visits.sign(visit=finished, caregiver=finished.family.caregivers.get(), by=visitor, at=LATER)


def test_nobody_signs_a_visit_that_is_still_written(held: Visit, visitor: Person) -> None:
    with refused("sign-when-finished"):
        visits.sign(visit=held, by=visitor, at=LATER)


def test_an_addendum_stands_below_and_the_visit_as_it_was(finished: Visit, visitor: Person) -> None:
    id = uuid4()
    for _ in range(2):
        visits.add(
            id=id, visit=finished, words="Rosa called: the fever is gone.", by=visitor, at=LATER + HOUR
        )
    assert finished.addenda.get().words == "Rosa called: the fever is gone."


def test_no_line_of_the_log_carries_a_word(finished: Visit, program: Program, visitor: Person) -> None:
    visits.add(id=uuid4(), visit=finished, words="the fever is gone", by=visitor, at=LATER)
    assert "fever" not in repr(list(Line.objects.values()))
