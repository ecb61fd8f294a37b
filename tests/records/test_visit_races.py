"""Two at once at a visit: both keep their words, one thing is done once, and what is finished stays finished."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from apego.records.actions import drafts, moments, plans, series, visits
from apego.records.actions.acting import NotPossible
from apego.records.models import Draft, Family, Moment, Person, Plan, Variant, Visit, VisitPart
from tests.people import NOW
from tests.records.test_races import AT_ONCE, race

pytestmark = pytest.mark.usefixtures("committed")
LATER = NOW + timedelta(hours=2)


def held(visit: Visit, visitor: Person) -> Visit:
    visits.start(visit=visit, by=visitor, at=NOW)
    who_and_when: visits.WhoWhenWhere = {
        "children": list(visit.family.children.all()),
        "caregivers": list(visit.family.caregivers.all()),
        "ended_at": NOW + timedelta(minutes=90),
    }
    visits.change(visit=visit, base_version=1, by=visitor, at=LATER, **who_and_when)
    visit.refresh_from_db()
    return visit


def test_of_many_who_write_the_same_part_at_once_nobody_loses_a_word(visit: Visit, visitor: Person) -> None:
    def write(number: int) -> object:
        return visits.write(
            visit=visit, part="next", words=f"words {number}", base_version=0, by=visitor, at=NOW
        )

    race(write)
    aside = {variant.content["words"] for variant in Variant.objects.all()}
    assert aside | {VisitPart.objects.get().words} == {f"words {number}" for number in range(AT_ONCE)}


def test_of_many_who_plan_at_once_nobody_loses_a_word(visit: Visit, visitor: Person) -> None:
    race(lambda number: plans.write(visit=visit, base_version=0, hope=f"hope {number}", by=visitor, at=NOW))
    aside = {variant.content["hope"] for variant in Variant.objects.all()}
    assert aside | {Plan.objects.get().hope} == {f"hope {number}" for number in range(AT_ONCE)}


def test_a_moment_sent_by_many_taps_is_kept_once(visit: Visit, visitor: Person) -> None:
    id = uuid4()
    race(lambda _: moments.keep(id=id, visit=visit, words="Inés clapped.", by=visitor, at=NOW))
    assert Moment.objects.get().words == "Inés clapped."


def test_of_two_who_finish_at_once_one_finishes_and_the_other_is_told(
    visit: Visit, visitor: Person, second_visitor: Person
) -> None:
    ready = held(visit, visitor)

    def finish(number: int) -> str:
        by = (visitor, second_visitor)[number % 2]
        try:
            return str(visits.finish(visit=ready, by=by, at=LATER).finished_by)
        except NotPossible as refused:
            return refused.code

    answers = set(race(finish))
    visit.refresh_from_db()
    assert visit.finished_by is not None
    assert answers == {visit.finished_by.name, "already-finished"}
    assert visit.signatures.count() == 1


def test_nothing_slips_into_a_visit_that_is_being_finished(visit: Visit, visitor: Person) -> None:
    ready = held(visit, visitor)

    def act(number: int) -> str:
        try:
            if number == 0:
                visits.finish(visit=ready, by=visitor, at=LATER)
                return "finished"
            kept = moments.keep(id=uuid4(), visit=ready, words=f"moment {number}", by=visitor, at=NOW)
            return str(kept.id)
        except NotPossible as refused:
            return refused.code

    answers = race(act)
    kept = {str(moment.id) for moment in Moment.objects.all()}
    assert answers[0] == "finished"
    assert {answer for answer in answers[1:] if answer != "already-finished"} == kept


def test_a_series_that_is_laid_out_by_many_at_once_has_each_week_once(
    family: Family, visitor: Person
) -> None:
    weekly = series.begin(
        id=uuid4(),
        family=family,
        visitor=visitor,
        weekday=0,
        time=time(10),
        since=date(2026, 11, 23),
        by=visitor,
        at=NOW,
    )
    race(lambda _: series.lay_out(series=weekly, upto=date(2027, 2, 22), by=visitor, at=NOW))
    days = [visit.planned_at.date() for visit in family.visits.order_by("planned_at")]
    assert days == [date(2026, 11, 23) + timedelta(weeks=week) for week in range(14)]


def test_a_draft_saved_by_many_at_once_is_one_draft(visit: Visit, visitor: Person) -> None:
    def save(number: int) -> object:
        content = {"words": [f"words {number}"]}
        return drafts.save(
            person=visitor, place="visit/x/moment", family=visit.family, content=content, at=NOW
        )

    race(save)
    assert Draft.objects.count() == 1
