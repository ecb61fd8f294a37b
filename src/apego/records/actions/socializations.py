"""What is done with a group socialization: planned, changed, not held, who came, what was seen, finished.

The plan is the whole program's. Who came and what was seen belong to each family, and stay with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Unpack
from uuid import UUID

from apego.records.actions import moments
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.actions.moments import Seen
from apego.records.actions.variants import edit
from apego.records.models import (
    Attendance,
    Caregiver,
    Child,
    Family,
    Moment,
    Person,
    Socialization,
    Variant,
    Visit,
)

NOT_HELD = (Visit.Status.CANCELLED_BY_FAMILY, Visit.Status.CANCELLED_BY_PROGRAM)
EARLY = timedelta(hours=1)  # who comes early is noted before the group begins


def still_open(socialization: Socialization) -> Socialization:
    """Give the group as it stands, held for this transaction. A finished one is refused."""
    now = locked(socialization)
    if now.finished_at:
        raise NotPossible("group-finished")
    return now


@action
def plan(
    *,
    id: UUID,
    facts: Mapping[str, Any],
    visitors: Iterable[Person] = (),
    planned_with: Iterable[Caregiver] = (),
    by: Person,
    at: datetime,
) -> Socialization:
    """Plan a group socialization. `facts` are its fields: when, where, the question and the other parts."""
    made, is_new = Socialization.objects.get_or_create(id=id, defaults={**facts, "made_at": at})
    if is_new:
        made.visitors.set(visitors)
        made.planned_with.set(planned_with)
    return made


@action
def change(
    *, socialization: Socialization, base_version: int, changes: Mapping[str, Any], by: Person, at: datetime
) -> Socialization | Variant:
    """Change the plan, until the group is finished."""
    return edit(still_open(socialization), base_version=base_version, changes=changes, by=by, at=at)


@action
def not_held(*, socialization: Socialization, outcome: str, by: Person, at: datetime) -> Socialization:
    """Say that a group was not held, and by whom it was cancelled: the standards count the two apart.

    What the program cancels is made up (45 CFR 1302.22(c)(3)); a group to which somebody came was held.
    """
    now = still_open(socialization)
    if outcome not in NOT_HELD:
        raise NotPossible("not-such-a-reason")
    if now.attendances.exists():
        raise NotPossible("somebody-came")
    now.status = outcome
    now.save(update_fields=["status"])
    return now


@action
def put_back(*, socialization: Socialization, by: Person, at: datetime) -> Socialization:
    """Undo `not_held`: the group is planned again."""
    now = still_open(socialization)
    if now.status in NOT_HELD:
        now.status = Visit.Status.PLANNED
        now.save(update_fields=["status"])
    return now


@action
def came(
    *,
    socialization: Socialization,
    family: Family,
    children: Iterable[Child],
    caregivers: Iterable[Caregiver],
    by: Person,
    at: datetime,
) -> Attendance:
    """Note who of a family came. Noted again, the last one counts; noted before the day, it is refused."""
    now = _under_way(socialization, at)
    children, caregivers = list(children), list(caregivers)
    theirs = {one.family_id for one in children} | {one.family_id for one in caregivers}
    if theirs - {family.pk}:
        raise NotPossible("not-of-this-family")
    if not children and not caregivers:
        raise NotPossible("nobody-named-of-family")
    attendance, _ = Attendance.objects.get_or_create(
        socialization=now, family=family, defaults={"made_at": at}
    )
    attendance.children.set(children)
    attendance.caregivers.set(caregivers)
    return attendance


@action
def did_not_come(*, socialization: Socialization, family: Family, by: Person, at: datetime) -> Family:
    """Undo `came`. A family of which something was seen has come."""
    now = still_open(socialization)
    if now.moments.filter(family=family, removed_at=None).exists():
        raise NotPossible("has-moments-of-family")
    now.attendances.filter(family=family).delete()
    return family


@action
def keep(
    *, id: UUID, attendance: Attendance, words: str, by: Person, at: datetime, **seen: Unpack[Seen]
) -> Moment:
    """Keep a moment of one family at the group. Another family's child is in that family's own moments."""
    now = _under_way(attendance.socialization, at)
    return moments.written(
        id=id,
        family=attendance.family,
        words=words,
        children=attendance.children.all(),
        by=by,
        at=at,
        seen=seen,
        socialization=now,
    )


@action
def finish(*, socialization: Socialization, minutes: int, by: Person, at: datetime) -> Socialization:
    """Fix the group as it stands: who came, how long it lasted. Finished again, nothing changes."""
    now = locked(socialization)
    if now.finished_at:
        return now
    _under_way(now, at)
    if not now.attendances.exists():
        raise NotPossible("nobody-came")
    if Variant.objects.filter(thing=now.pk, settled_at=None).exists():
        raise NotPossible("two-plans-open")
    now.status, now.minutes, now.finished_at = Visit.Status.DONE, minutes, at
    now.save(update_fields=["status", "minutes", "finished_at"])
    return now


def _under_way(socialization: Socialization, at: datetime) -> Socialization:
    """Give the group, held and under way, from the hour before it begins."""
    now = still_open(socialization)
    if now.status in NOT_HELD:
        raise NotPossible("group-not-held")
    if now.at - at > EARLY:
        raise NotPossible("group-ahead")
    if now.status == Visit.Status.PLANNED:
        now.status = Visit.Status.UNDER_WAY
        now.save(update_fields=["status"])
    return now
