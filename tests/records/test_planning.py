"""What a plan opens on and what it offers."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from apego.practice.questions import purposes
from apego.records import planning
from apego.records.actions import moments, visits
from apego.records.models import Child, Family, Person, Visit
from tests.people import NOW, TODAY


def test_a_cancelled_visit_is_not_the_last_one(family: Family, visit: Visit, visitor: Person) -> None:
    held, missed = (
        visits.schedule(
            id=uuid4(),
            family=family,
            planned_at=NOW - timedelta(weeks=ago),
            visitors=[visitor],
            by=visitor,
            at=NOW,
        )
        for ago in (2, 1)
    )
    moments.keep(id=uuid4(), visit=held, words="Inés clapped.", by=visitor, at=NOW)
    visits.not_held(visit=missed, outcome="attempted", reason="", by=visitor, at=NOW)
    last = planning.last_visit(visit)
    assert last is not None
    assert last.visit == held
    assert [moment.words for moment in last.moments] == ["Inés clapped."]


def test_what_is_offered_fits_every_child_by_the_corrected_age(family: Family) -> None:
    Child.objects.create(family=family, name="Mateo", born_on=TODAY - timedelta(days=4 * 365))
    both = planning.offers(family.children.all(), TODAY)
    ines = planning.offers(family.children.filter(weeks_early=8), TODAY)
    for sort, offered in ines.items():
        assert {one.id for one in offered} <= {one.id for one in both[sort]}
    assert any(len(one.ways) > 1 for sort in both.values() for one in sort)


def test_a_family_without_a_child_yet_is_offered_all_of_it() -> None:
    everything = planning.offers((), TODAY)
    assert all(everything.values())


def test_what_is_chosen_lies_open_and_one_more_of_each_sort(family: Family) -> None:
    offers = planning.offers(family.children.all(), TODAY)
    near, folded = planning.laid_out(offers, {"games/peekaboo"}, TODAY)
    assert near[0].id == "games/peekaboo"
    assert len(near) == 4
    together = {one.id for one in near} | {one.id for sort in folded.values() for one in sort}
    assert together == {one.id for sort in offers.values() for one in sort}


def test_another_week_offers_something_else(family: Family) -> None:
    offers = planning.offers(family.children.all(), TODAY)
    weeks = [planning.laid_out(offers, (), TODAY + timedelta(weeks=week))[0] for week in range(2)]
    assert weeks[0] != weeks[1]


def test_every_question_that_is_offered_is_found_again_by_its_id(family: Family) -> None:
    offered = planning.questions(family.children.all(), TODAY)
    assert {planning.question(one.id) for one in offered} == set(offered)


def test_no_two_questions_share_an_id() -> None:
    ids = [
        planning.question_id(purpose.id, sentence.text)
        for purpose in purposes().values()
        for sentence in purpose.sentences
    ]
    assert len(ids) == len(set(ids))


def test_what_the_content_no_longer_has_is_left_out(family: Family) -> None:
    assert planning.question("likes/00000000") is None
    for id in ("games/no-such", "dreams/peekaboo", "", "games"):
        assert planning.offered(id, family.children.all(), TODAY) is None


def test_who_may_go_is_who_visits_the_family_and_who_asks(
    family: Family, visitor: Person, second_visitor: Person, stranger: Person, supervisor: Person
) -> None:
    assert set(planning.visitors_for(family, TODAY, visitor)) == {visitor, second_visitor}
    assert supervisor not in planning.visitors_for(family, TODAY, supervisor)
