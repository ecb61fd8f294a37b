from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from apego.records import destruction
from apego.records.actions import holds
from apego.records.models import Family, Hold, Line, Person
from apego.records.transcripts import on_hold
from tests.people import NOW


def hold(family: Family, by: Person) -> Hold:
    return holds.set_up(id=uuid4(), family=family, reason="Subpoena", by=by, at=NOW)


def test_a_hold_stands_until_it_is_lifted(family: Family, coordinator: Person) -> None:
    assert destruction.held_back(family) == ""
    kept = hold(family, coordinator)
    assert destruction.held_back(family) == "on-hold"
    assert on_hold(family)
    lifted = holds.lift(hold=kept, by=coordinator, at=NOW)
    assert (lifted.lifted_at, lifted.lifted_by) == (NOW, coordinator)
    assert destruction.held_back(family) == ""


def test_of_two_holds_the_other_still_stands(family: Family, coordinator: Person) -> None:
    first, _ = hold(family, coordinator), hold(family, coordinator)
    holds.lift(hold=first, by=coordinator, at=NOW)
    assert destruction.held_back(family) == "on-hold"


def test_lifting_twice_keeps_the_first_time(family: Family, coordinator: Person) -> None:
    kept = holds.lift(hold=hold(family, coordinator), by=coordinator, at=NOW)
    assert holds.lift(hold=kept, by=coordinator, at=NOW + timedelta(hours=1)).lifted_at == NOW


def test_a_hold_is_of_one_family(family: Family, other_family: Family, coordinator: Person) -> None:
    hold(family, coordinator)
    assert destruction.held_back(other_family) == ""


def test_both_are_lines_of_the_familys_log(family: Family, coordinator: Person) -> None:
    holds.lift(hold=hold(family, coordinator), by=coordinator, at=NOW)
    verbs = Line.objects.filter(family=family.id).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["holds.set_up", "holds.lift"]
