"""Moments and credits: kept, changed, taken out, put back."""

from __future__ import annotations

from uuid import uuid4

import pytest

from apego.records.actions import moments
from apego.records.actions.acting import NotPossible
from apego.records.models import Child, Credit, Family, Moment, Person, Variant, Visit
from tests.people import NOW


@pytest.fixture
def moment(visit: Visit, visitor: Person) -> Moment:
    return moments.keep(id=uuid4(), visit=visit, words="Inés clapped.", by=visitor, at=NOW)


def test_a_moment_puts_its_visit_under_way_and_who_wrote_into_it(
    visit: Visit, moment: Moment, second_visitor: Person, visitor: Person
) -> None:
    moments.keep(id=uuid4(), visit=visit, words="Rosa sang.", by=second_visitor, at=NOW)
    visit.refresh_from_db()
    assert visit.status == Visit.Status.UNDER_WAY
    assert visit.started_at is None  # written up afterwards, it did not begin now
    assert set(visit.visitors.all()) == {visitor, second_visitor}


def test_a_moment_is_of_the_children_of_the_visit_unless_one_is_named(
    visit: Visit, family: Family, visitor: Person
) -> None:
    ines, mateo = family.children.get(), Child.objects.create(family=family, name="Mateo", born_on=NOW.date())
    visit.children.set([ines, mateo])
    both = moments.keep(id=uuid4(), visit=visit, words="x", by=visitor, at=NOW)
    one = moments.keep(id=uuid4(), visit=visit, words="x", children=[mateo], by=visitor, at=NOW)
    assert set(both.children.all()) == {ines, mateo}
    assert list(one.children.all()) == [mateo]


def test_the_parents_words_carry_their_language(visit: Visit, visitor: Person) -> None:
    kept = moments.keep(
        id=uuid4(),
        visit=visit,
        words="Inés looked at the spoon.",
        parent_words="¿La cuchara?",
        by=visitor,
        at=NOW,
    )
    assert (kept.language, kept.parent_language) == ("en", "es")


@pytest.mark.parametrize(
    "what", [{"kinds": ["x"]}, {"capacities": ["x"]}, {"domains": ["x"]}, {"goals": ["IT-X 1"]}]
)
def test_only_what_the_content_knows_is_kept(
    visit: Visit, visitor: Person, what: dict[str, list[str]]
) -> None:
    with pytest.raises(NotPossible, match="no-such-entry"):
        moments.keep(id=uuid4(), visit=visit, words="x", by=visitor, at=NOW, **what)  # type: ignore[arg-type]


def test_a_moment_of_a_cancelled_visit_is_refused(visit: Visit, visitor: Person) -> None:
    Visit.objects.filter(id=visit.id).update(status=Visit.Status.CANCELLED_BY_FAMILY)
    with pytest.raises(NotPossible, match="not-held"):
        moments.keep(id=uuid4(), visit=visit, words="x", by=visitor, at=NOW)


def test_two_edits_of_a_moment_are_both_kept(moment: Moment, visitor: Person, second_visitor: Person) -> None:
    moments.change(moment=moment, words="Inés clapped twice.", base_version=1, by=visitor, at=NOW)
    other = moments.change(
        moment=moment, words="Inés clapped, loudly.", base_version=1, by=second_visitor, at=NOW
    )
    assert isinstance(other, Variant)
    moment.refresh_from_db()
    assert moment.words == "Inés clapped twice."


def test_a_moment_that_is_taken_out_comes_back_when_somebody_writes_it(
    moment: Moment, visitor: Person, second_visitor: Person
) -> None:
    moments.remove(moment=moment, by=visitor, at=NOW)
    changed = moments.change(
        moment=moment, words="Inés clapped twice.", base_version=1, by=second_visitor, at=NOW
    )
    assert isinstance(changed, Moment)
    assert (changed.removed_at, changed.words) == (None, "Inés clapped twice.")


def test_taking_out_and_putting_back(moment: Moment, visitor: Person) -> None:
    assert moments.remove(moment=moment, by=visitor, at=NOW).removed_at == NOW
    assert moments.restore(moment=moment, by=visitor, at=NOW).removed_at is None


def test_a_credit_is_given_once_taken_back_and_given_again(
    visit: Visit, visitor: Person, family: Family
) -> None:
    id = uuid4()
    for _ in range(2):
        credit = moments.credit(
            id=id, visit=visit, words="Rosa waited.", kind=Credit.Kind.WITH_VISITOR,
            caregiver=family.caregivers.get(), by=visitor, at=NOW,
        )  # fmt: skip
    assert visit.credits.count() == 1
    assert moments.uncredit(credit=credit, by=visitor, at=NOW).removed_at == NOW
    assert moments.recredit(credit=credit, by=visitor, at=NOW).removed_at is None
