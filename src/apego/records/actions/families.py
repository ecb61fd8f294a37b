"""A family is enrolled, its facts are kept right, one day it leaves. Who visits it is in `assignments`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apego.records import access
from apego.records.actions import assignments, variants
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Assignment, Caregiver, Child, Family, Person, Variant


@action
def enrol(
    *, id: UUID, facts: Mapping[str, Any], visitor: Person | None = None, by: Person, at: datetime
) -> Family:
    """Enrol a family, with the visitor who goes there from its first day on. `facts` are fields of Family.

    Raises NotPossible where the id is that of a family out of reach: no child would be added to it by this way.
    """
    family, is_new = Family.objects.get_or_create(id=id, defaults={**facts, "made_at": at})
    if not is_new and not access.families_of(by, on=family.enrolled_on).filter(pk=id).exists():
        raise NotPossible("of-another-family")
    if is_new and visitor is not None:
        Assignment.objects.create(
            family=family, visitor=visitor, since=family.enrolled_on, made_by=by, made_at=at
        )
    return family


@action
def change(
    *, family: Family, base_version: int, changes: Mapping[str, Any], by: Person, at: datetime
) -> Family | Variant:
    """Change facts, languages, or what matters and what the family hopes for."""
    return variants.edit(family, base_version=base_version, changes=changes, by=by, at=at)


@action
def add_child(*, id: UUID, family: Family, facts: Mapping[str, Any], by: Person, at: datetime) -> Child:
    return Child.objects.get_or_create(id=id, defaults={**facts, "family": family, "made_at": at})[0]


@action
def change_child(
    *, child: Child, base_version: int, changes: Mapping[str, Any], by: Person, at: datetime
) -> Child | Variant:
    return variants.edit(child, base_version=base_version, changes=changes, by=by, at=at)


@action
def add_caregiver(
    *, id: UUID, family: Family, facts: Mapping[str, Any], by: Person, at: datetime
) -> Caregiver:
    return Caregiver.objects.get_or_create(id=id, defaults={**facts, "family": family, "made_at": at})[0]


@action
def change_caregiver(
    *, caregiver: Caregiver, base_version: int, changes: Mapping[str, Any], by: Person, at: datetime
) -> Caregiver | Variant:
    return variants.edit(caregiver, base_version=base_version, changes=changes, by=by, at=at)


@action
def end(*, family: Family, on: date, by: Person, at: datetime) -> Family:
    """End an enrolment: `on` is the last day. Whoever visits the family does so until then.

    Raises NotPossible for a day before the enrolment. Ended again with the same day, nothing changes.
    """
    family = locked(family)
    if on < family.enrolled_on:
        raise NotPossible("ends-before-it-began")
    if family.left_on == on:
        return family
    family.left_on = on
    family.version += 1
    family.save(update_fields=["left_on", "version"])
    assignments.close(family.assignments.all(), last_day=on)
    return family
