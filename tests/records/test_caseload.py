"""A supervisor's visitors: what is counted of their families, and what is not told."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apego.records.access import OutOfReach, find, visible
from apego.records.actions import supervisions
from apego.records.actions.acting import NotPossible
from apego.records.caseload import Caseload, Visited, agreed_last, caseloads, sessions, shared, visitors_of
from apego.records.models import (
    Assignment,
    Attendance,
    Contact,
    Family,
    Person,
    Program,
    Role,
    Socialization,
    Supervision,
    Transcript,
    Variant,
    Visit,
)
from tests.people import NOW, TODAY, family_of, person

pytestmark = pytest.mark.usefixtures("on_that_day")


def held(family: Family, days_ago: int, status: str = "done", minutes: int = 90) -> Visit:
    at = NOW - timedelta(days=days_ago)
    made = Visit.objects.create(
        family=family,
        planned_at=at,
        status=status,
        started_at=at if status == "done" else None,
        ended_at=at + timedelta(minutes=minutes) if status == "done" else None,
        made_at=at,
    )
    made.caregivers.set(family.caregivers.all())
    return made


def load_of(who: Person, visitor: Person) -> Caseload:
    program = Program.objects.get()
    [load] = caseloads(who, [visitor], program, NOW)
    return load


def test_visitors_stand_in_the_order_of_their_names_whatever_their_numbers(
    supervisor: Person, visitor: Person, second_visitor: Person, family: Family
) -> None:
    person("zoe", Role.VISITOR, supervisor)
    belen = person("belen", Role.VISITOR, supervisor)
    belen.name = "Ágata"
    belen.save()
    held(family, 3)
    assert [one.name for one in visitors_of(supervisor)] == ["Ágata", "Ana", "Marisol", "Zoe"]


def test_a_visitor_of_another_supervisor_and_one_who_left_are_not_hers(
    supervisor: Person, visitor: Person, stranger: Person
) -> None:
    gone = person("gone", Role.VISITOR, supervisor)
    gone.is_active = False
    gone.save()
    assert visitors_of(supervisor) == [visitor]


def test_visits_held_and_expected_are_the_families(
    supervisor: Person, visitor: Person, family: Family
) -> None:
    for days in (7, 14, 21):
        held(family, days)
    held(family, 28, "cancelled_program")
    held(family, 35, "cancelled_family")
    load = load_of(supervisor, visitor)
    assert (load.done, load.expected, load.owed, load.to_try) == (3, 10, 1, 1)


def test_groups_count_when_they_were_held(supervisor: Person, visitor: Person, family: Family) -> None:
    for status in ("done", "planned"):
        group = Socialization.objects.create(at=NOW - timedelta(days=5), status=status)
        Attendance.objects.create(socialization=group, family=family)
    load = load_of(supervisor, visitor)
    assert (load.groups_came, load.groups_expected) == (1, 5)


@pytest.mark.parametrize(("days_ago", "is_quiet"), [(8, False), (9, True)])
def test_a_family_is_quiet_after_more_than_a_week_and_a_day(
    supervisor: Person, visitor: Person, family: Family, days_ago: int, is_quiet: bool
) -> None:
    held(family, days_ago)
    [one] = load_of(supervisor, visitor).families
    assert one.is_quiet is is_quiet


def test_a_call_is_a_meeting(supervisor: Person, visitor: Person, family: Family) -> None:
    held(family, 20)
    Contact.objects.create(family=family, at=NOW - timedelta(days=2), how="call", by=visitor)
    [one] = load_of(supervisor, visitor).families
    assert not one.is_quiet
    assert one.called_at == NOW - timedelta(days=2)


def test_a_family_that_left_and_one_handed_over_are_no_longer_hers(
    supervisor: Person, visitor: Person, second_visitor: Person
) -> None:
    left, handed = family_of(visitor, "Left"), family_of(visitor, "Handed")
    Family.objects.filter(pk=left.pk).update(left_on=TODAY - timedelta(days=1))
    handed.assignments.update(until=TODAY - timedelta(days=1))
    assert load_of(supervisor, visitor).families == ()


def test_a_family_that_she_covers_stands_apart_and_is_not_in_her_sums(
    supervisor: Person, visitor: Person, second_visitor: Person
) -> None:
    theirs = family_of(visitor, "Ortega")
    Assignment.objects.create(
        family=theirs, visitor=second_visitor, kind="cover", covers=visitor, since=TODAY, until=TODAY
    )
    held(theirs, 3)
    away, here = caseloads(supervisor, [visitor, second_visitor], Program.objects.get(), NOW)
    assert (here.own, here.done, len(here.covered)) == ((), 0, 1)
    assert (away.done, away.families[0].is_cover) == (1, False)
    assert away.families[0].covers is not None
    assert away.families[0].covers.visitor == second_visitor


def test_a_caseload_holds_no_number_about_talk() -> None:
    told = {field.name for kind in (Caseload, Visited) for field in fields(kind)}
    assert told == {
        "visitor", "families", "last_session", "next_session", "family", "standing", "groups", "met_at", "called_at",
        "is_quiet", "next_at", "visitors", "covers", "is_cover",
    }  # fmt: skip


def test_as_many_queries_for_many_families_and_visitors_as_for_one(
    supervisor: Person, visitor: Person, family: Family
) -> None:
    program = Program.objects.get()
    held(family, 3)
    supervisions.note(id=uuid4(), visitor=visitor, on=NOW, notes="", agreements="", by=supervisor, at=NOW)
    with CaptureQueriesContext(connection) as one:
        caseloads(supervisor, [visitor], program, NOW)
    more = [person(f"v{number}", Role.VISITOR, supervisor) for number in range(4)]
    for visitor_ in more:
        for number in range(3):
            held(family_of(visitor_, f"{visitor_.login} {number}"), 3)
        supervisions.note(
            id=uuid4(), visitor=visitor_, on=NOW, notes="", agreements="", by=supervisor, at=NOW
        )
    with CaptureQueriesContext(connection) as many:
        caseloads(supervisor, [visitor, *more], program, NOW)
    assert len(many) == len(one)


# sessions


def session(visitor: Person, by: Person, days_ago: int = 0, agreements: str = "") -> Supervision:
    on = NOW - timedelta(days=days_ago)
    return supervisions.note(
        id=uuid4(), visitor=visitor, on=on, notes="…", agreements=agreements, by=by, at=NOW
    )


def test_a_session_is_open_to_the_two_and_to_nobody_else(
    supervisor: Person, visitor: Person, second_visitor: Person, other_supervisor: Person, coordinator: Person
) -> None:
    made = session(visitor, supervisor)
    assert find(visitor, Supervision, made.id) == find(supervisor, Supervision, made.id) == made
    for other in (second_visitor, other_supervisor, coordinator):
        with pytest.raises(OutOfReach):
            find(other, Supervision, made.id)


def test_nobody_notes_a_session_of_two_others(
    visitor: Person, second_visitor: Person, other_supervisor: Person
) -> None:
    for other in (second_visitor, other_supervisor):
        with pytest.raises(NotPossible, match="not-your-session"):
            session(visitor, other)


def test_a_visitor_without_a_supervisor_has_no_session(program: Program) -> None:
    alone = person("alone", Role.VISITOR)
    with pytest.raises(NotPossible, match="no-supervisor"):
        session(alone, alone)


def test_the_last_agreements_are_found_past_a_session_without_any(
    supervisor: Person, visitor: Person
) -> None:
    agreed = session(visitor, supervisor, 14, "To wait a little longer.")
    session(visitor, visitor, 7)
    assert agreed_last(NOW, supervisor, visitor) == agreed
    assert agreed_last(agreed.at, supervisor, visitor) is None


def test_a_session_noted_twice_is_one(supervisor: Person, visitor: Person) -> None:
    id = uuid4()
    for notes in ("first", "second"):
        supervisions.note(id=id, visitor=visitor, on=NOW, notes=notes, agreements="", by=supervisor, at=NOW)
    assert [one.notes for one in sessions(visitor, visitor)] == ["first"]


def test_two_who_write_a_session_at_once_both_keep_their_words(supervisor: Person, visitor: Person) -> None:
    made = session(visitor, supervisor)
    for by, notes in ((supervisor, "hers"), (visitor, "mine")):
        supervisions.change(
            session=made, base_version=1, on=made.at, notes=notes, agreements="", by=by, at=NOW
        )
    made.refresh_from_db()
    kept = Variant.objects.get()
    assert (made.notes, kept.content["notes"]) == ("hers", "mine")


def test_the_wording_kept_aside_is_as_closed_as_the_session(
    supervisor: Person, visitor: Person, second_visitor: Person, coordinator: Person
) -> None:
    made = session(visitor, supervisor)
    Variant.objects.create(kind="supervision", thing=made.pk, base_version=1, content={}, at=NOW, by=visitor)
    assert visible(supervisor, Variant).count() == visible(visitor, Variant).count() == 1
    assert not visible(second_visitor, Variant).exists()
    assert not visible(coordinator, Variant).exists()


def test_only_what_was_shared_is_among_the_shared(
    supervisor: Person, visitor: Person, family: Family
) -> None:
    for shared_at in (None, NOW):
        Transcript.objects.create(
            family=family, by=visitor, on=date(2026, 11, 20), words="WEBVTT", shared_at=shared_at, keep_until=TODAY
        )  # fmt: skip
    assert [one.shared_at for one in shared(supervisor, visitor)] == [NOW]
    assert [one.shared_at for one in shared(visitor, visitor)] == [NOW]
