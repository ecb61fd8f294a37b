"""Two edits of one thing: the first stands, the second is kept beside it, and a person decides."""

from __future__ import annotations

import pytest
from django.db import transaction

from apego.records.actions import variants
from apego.records.models import Family, Line, Person, Variant, Visit
from tests.people import NOW


def edit(family: Family, version: int, by: Person, **changes: object) -> Family | Variant:
    with transaction.atomic():
        return variants.edit(family, base_version=version, changes=changes, by=by, at=NOW)


@pytest.fixture
def variant(family: Family, visitor: Person, second_visitor: Person) -> Variant:
    edit(family, 1, visitor, hopes="To sing together.")
    kept = edit(family, 1, second_visitor, hopes="To sleep through the night.")
    assert isinstance(kept, Variant)
    return kept


def test_an_edit_of_the_version_that_stands_is_written(family: Family, visitor: Person) -> None:
    changed = edit(family, 1, visitor, hopes="To sing together.")
    assert isinstance(changed, Family)
    assert (changed.hopes, changed.version) == ("To sing together.", 2)


def test_an_edit_of_an_older_version_changes_nothing_and_is_kept(variant: Variant, family: Family) -> None:
    family.refresh_from_db()
    assert (family.hopes, family.version) == ("To sing together.", 2)
    assert variant.content == {"hopes": "To sleep through the night."}


def test_writing_what_stands_already_is_no_edit(family: Family, visitor: Person) -> None:
    edit(family, 1, visitor, hopes="To sing together.")
    assert isinstance(edit(family, 1, visitor, hopes="To sing together."), Family)
    assert not Variant.objects.exists()


@pytest.mark.parametrize(
    ("choice", "stands"),
    [
        ("this", "To sleep through the night."),
        ("other", "To sing together."),
        ("both", "To sing together.\n\nTo sleep through the night."),
    ],
)
def test_a_person_decides(
    variant: Variant, family: Family, visitor: Person, choice: variants.Choice, stands: str
) -> None:
    variants.settle(variant=variant, choice=choice, by=visitor, at=NOW)
    variants.settle(variant=variant, choice=choice, by=visitor, at=NOW)  # a double click
    family.refresh_from_db()
    assert family.hopes == stands
    assert Variant.objects.get().settled_by == visitor
    assert Line.objects.filter(verb="variants.settle", family=family.id).exists()


@pytest.mark.parametrize(
    ("field", "first", "second", "joined"),
    [
        ("hopes", "To sing together.", "", "To sing together."),
        ("hopes", "", "To sleep through the night.", "To sleep through the night."),
        ("home_languages", ["spa", "mam"], ["mam", "eng"], ["spa", "mam", "eng"]),
    ],
)
def test_both_loses_nothing_and_adds_no_blank(
    family: Family,
    visitor: Person,
    second_visitor: Person,
    field: str,
    first: object,
    second: object,
    joined: object,
) -> None:
    Family.objects.filter(id=family.id).update(hopes="To begin with.")
    family.refresh_from_db()
    edit(family, 1, visitor, **{field: first})
    kept = edit(family, 1, second_visitor, **{field: second})
    assert isinstance(kept, Variant)
    variants.settle(variant=kept, choice="both", by=visitor, at=NOW)
    family.refresh_from_db()
    assert getattr(family, field) == joined


def test_who_took_part_is_kept_with_both_too(visit: Visit, visitor: Person, second_visitor: Person) -> None:
    with transaction.atomic():
        variants.edit(visit, base_version=1, changes={"place": "park"}, by=visitor, at=NOW)
    with transaction.atomic():
        kept = variants.edit(
            visit, base_version=1, changes={"visitors": [second_visitor]}, by=second_visitor, at=NOW
        )
    assert isinstance(kept, Variant)
    variants.settle(variant=kept, choice="both", by=visitor, at=NOW)
    assert set(visit.visitors.all()) == {visitor, second_visitor}
