"""Group socializations: the plan is everybody's, what was seen is each family's alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apego.practice.gatherings import starter
from apego.records import gatherings
from apego.records.access import visible
from apego.records.actions import moments, socializations
from apego.records.actions.acting import NotPossible
from apego.records.models import (
    Attendance,
    Child,
    Family,
    Line,
    Moment,
    Person,
    Program,
    Socialization,
    Variant,
)
from apego.records.story import groups_of
from tests.people import NOW, TODAY, family_of

pytestmark = pytest.mark.usefixtures("on_that_day")


def planned(by: Person, when: datetime = NOW, **facts: Any) -> Socialization:
    return socializations.plan(id=uuid4(), facts={"at": when, **facts}, visitors=[by], by=by, at=NOW)


def arrived(group: Socialization, family: Family, by: Person) -> Attendance:
    return socializations.came(
        socialization=group,
        family=family,
        children=family.children.all(),
        caregivers=family.caregivers.all(),
        by=by,
        at=NOW,
    )


def finished(group: Socialization, by: Person) -> Socialization:
    return socializations.finish(socialization=group, minutes=90, by=by, at=NOW)


def test_a_group_goes_from_plan_to_finish(visitor: Person, family: Family) -> None:
    group = planned(visitor, question="¿Cómo nos buscan?")
    arrived(group, family, visitor)
    group.refresh_from_db()
    assert group.status == "under_way"
    done = finished(group, visitor)
    assert (done.status, done.minutes, done.finished_at) == ("done", 90, NOW)
    assert finished(group, visitor).finished_at == NOW


def test_planned_twice_by_the_same_id_it_is_one(visitor: Person) -> None:
    id = uuid4()
    for question in ("one", "two"):
        socializations.plan(id=id, facts={"at": NOW, "question": question}, by=visitor, at=NOW)
    assert Socialization.objects.get().question == "one"


def test_a_finished_group_stays_as_it_is(visitor: Person, family: Family, second_visitor: Person) -> None:
    group = planned(visitor)
    came = arrived(group, family, visitor)
    seen = socializations.keep(id=uuid4(), attendance=came, words="Inés waved.", by=visitor, at=NOW)
    finished(group, visitor)
    refused: list[Any] = [
        lambda: socializations.change(socialization=group, base_version=1, changes={"song": "…"}, by=visitor, at=NOW),
        lambda: arrived(group, family, visitor),
        lambda: socializations.did_not_come(socialization=group, family=family, by=visitor, at=NOW),
        lambda: socializations.keep(id=uuid4(), attendance=came, words="…", by=visitor, at=NOW),
        lambda: socializations.put_back(socialization=group, by=visitor, at=NOW),
        lambda: moments.change(moment=seen, words="…", base_version=1, by=visitor, at=NOW),
        lambda: moments.remove(moment=seen, by=visitor, at=NOW),
    ]  # fmt: skip
    for act in refused:
        with pytest.raises(NotPossible, match="group-finished"):
            act()


def test_who_came_is_noted_on_the_day_and_not_before(visitor: Person, family: Family) -> None:
    with pytest.raises(NotPossible, match="group-ahead"):
        arrived(planned(visitor, NOW + timedelta(hours=2)), family, visitor)
    arrived(planned(visitor, NOW + timedelta(minutes=50)), family, visitor)


def test_somebody_of_another_family_is_not_noted_with_this_one(
    visitor: Person, family: Family, other_family: Family
) -> None:
    with pytest.raises(NotPossible, match="not-of-this-family"):
        socializations.came(
            socialization=planned(visitor),
            family=family,
            children=other_family.children.all(),
            caregivers=[],
            by=visitor,
            at=NOW,
        )
    assert not Attendance.objects.exists()


def test_a_family_comes_once_and_the_last_note_counts(visitor: Person, family: Family) -> None:
    group = planned(visitor)
    arrived(group, family, visitor)
    socializations.came(
        socialization=group, family=family, children=family.children.all(), caregivers=[], by=visitor, at=NOW
    )
    assert not Attendance.objects.get().caregivers.exists()


def test_a_family_of_which_something_was_seen_has_come(visitor: Person, family: Family) -> None:
    group = planned(visitor)
    socializations.keep(id=uuid4(), attendance=arrived(group, family, visitor), words="…", by=visitor, at=NOW)
    with pytest.raises(NotPossible, match="has-moments-of-family"):
        socializations.did_not_come(socialization=group, family=family, by=visitor, at=NOW)


def test_a_group_is_not_finished_without_anybody_nor_cancelled_with_somebody(
    visitor: Person, family: Family
) -> None:
    group = planned(visitor)
    with pytest.raises(NotPossible, match="nobody-came"):
        finished(group, visitor)
    arrived(group, family, visitor)
    with pytest.raises(NotPossible, match="somebody-came"):
        socializations.not_held(socialization=group, outcome="cancelled_program", by=visitor, at=NOW)


def test_not_held_is_told_apart_and_can_be_undone(visitor: Person, family: Family) -> None:
    group = planned(visitor)
    with pytest.raises(NotPossible, match="not-such-a-reason"):
        socializations.not_held(socialization=group, outcome="done", by=visitor, at=NOW)
    socializations.not_held(socialization=group, outcome="cancelled_program", by=visitor, at=NOW)
    program = Program.objects.get()
    assert gatherings.groups(program, TODAY).cancelled_by_program == 1
    with pytest.raises(NotPossible, match="group-not-held"):
        arrived(group, family, visitor)
    assert socializations.put_back(socialization=group, by=visitor, at=NOW).status == "planned"


def test_two_who_change_a_plan_at_once_both_keep_theirs(visitor: Person, stranger: Person) -> None:
    group = planned(visitor, song="")
    for by, song in ((visitor, "Los pollitos"), (stranger, "Aserrín")):
        socializations.change(socialization=group, base_version=1, changes={"song": song}, by=by, at=NOW)
    group.refresh_from_db()
    assert group.song == "Los pollitos"
    [kept] = gatherings.open_edits(group)
    assert visible(stranger, Variant).get() == kept


def test_a_moment_of_a_group_is_its_familys_alone(
    visitor: Person, stranger: Person, family: Family, other_family: Family
) -> None:
    group = planned(visitor)
    came, theirs = arrived(group, family, visitor), arrived(group, other_family, stranger)
    mine = socializations.keep(
        id=uuid4(), attendance=came, words="Inés gave the ball back.", by=visitor, at=NOW
    )
    socializations.keep(id=uuid4(), attendance=theirs, words="He watched.", by=stranger, at=NOW)
    assert list(visible(visitor, Moment)) == [mine]
    assert [one.moment for one in gatherings.moments_of(visitor, came, "en")] == [mine]
    assert gatherings.moments_of(visitor, theirs, "en") == ()
    assert (mine.family, list(mine.children.all())) == (family, list(family.children.all()))


def test_a_moment_sent_twice_is_kept_once(visitor: Person, family: Family) -> None:
    came, id = arrived(planned(visitor), family, visitor), uuid4()
    for words in ("first", "second"):
        socializations.keep(id=id, attendance=came, words=words, by=visitor, at=NOW)
    assert Moment.objects.get().words == "first"


def test_names_in_reach_and_only_a_number_for_the_rest(
    visitor: Person, stranger: Person, supervisor: Person, family: Family, other_family: Family
) -> None:
    group = planned(visitor)
    for one, by in ((family, visitor), (other_family, stranger)):
        arrived(group, one, by)
        group.planned_with.add(*one.caregivers.all())
    for who in (visitor, supervisor):
        told = gatherings.who_came(who, group)
        assert [one.family for one in told.known] == [family]
        assert (told.others, len(told.planned_with), told.planned_with_others) == (1, 1, 1)


def test_every_note_of_who_came_is_a_line_of_that_family(visitor: Person, family: Family) -> None:
    arrived(planned(visitor), family, visitor)
    line = Line.objects.get(verb="socializations.came")
    assert (line.family, line.by) == (family.id, visitor.id)


def test_the_standing_is_prorated_and_counts_what_was_held(visitor: Person, family: Family) -> None:
    program = Program.objects.get()
    for days, is_finished in ((3, True), (10, True), (17, False), (100, True)):
        group = planned(visitor, NOW - timedelta(days=days))
        arrived(group, family, visitor)
        if is_finished:
            finished(group, visitor)
    standing = gatherings.group_standings([family], program, TODAY)[family.pk]
    assert (standing.a_year, standing.expected, standing.came) == (22, 5, 2)
    assert standing.came == groups_of(family, program, TODAY).attended


def test_standings_take_one_query_for_any_number_of_families(
    visitor: Person, program: Program, family: Family
) -> None:
    many = [family, *(family_of(visitor, f"Family {number}") for number in range(5))]
    with CaptureQueriesContext(connection) as asked:
        assert len(gatherings.group_standings(many, program, TODAY)) == 6
    assert len(asked) == 1


def test_a_plan_begins_with_what_fits_the_ages_in_reach(
    visitor: Person, family: Family, other_family: Family
) -> None:
    Child.objects.filter(family=other_family).update(born_on=TODAY - timedelta(days=1700))
    assert gatherings.ages_in_reach(visitor, TODAY) == (11,)  # thirteen months, eight weeks early
    fitting, others = gatherings.begin_with((11,))
    assert starter("talk") in fitting
    assert not set(fitting) & set(others)
    plan = gatherings.begun(starter("talk"), (11,), "es")
    assert plan["question"] == starter("talk").question.es
    assert len(plan["areas"].splitlines()) == len(starter("talk").areas_at(11))


def test_a_plan_for_ages_that_a_question_does_not_know_holds_all_its_areas() -> None:
    plan = gatherings.begun(starter("talk"), (58,), "en")
    assert len(plan["areas"].splitlines()) == len(starter("talk").areas)


def test_the_years_list_holds_ahead_soonest_first_and_past_newest_first(
    visitor: Person, family: Family
) -> None:
    later, sooner = planned(visitor, NOW + timedelta(days=9)), planned(visitor, NOW + timedelta(days=2))
    old, newer = planned(visitor, NOW - timedelta(days=9)), planned(visitor, NOW - timedelta(days=2))
    for group in (old, newer):
        arrived(group, family, visitor)
        finished(group, visitor)
    told = gatherings.groups(Program.objects.get(), TODAY)
    assert told.ahead == (sooner, later)
    assert told.past == (newer, old)
    assert (told.held, told.due) == (2, (("early_head_start", 22),))
