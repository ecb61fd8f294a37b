"""Who visits a family: one or two steady visitors, somebody who covers for a while, a hand-over.

A visit that is planned goes with the change; a visit that was held stays whose it was.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Assignment, Family, Person, Program, Series, Visit

STEADY_AT_MOST = 2  # a family knows one or two visitors; a third face is a cover


@action
def assign(*, id: UUID, family: Family, visitor: Person, since: date, by: Person, at: datetime) -> Assignment:
    """Let a visitor visit a family from a day on. Raises NotPossible for a third, or one who does already."""
    family = locked(family)
    if (known := Assignment.objects.filter(pk=id).first()) is not None:
        return known
    _check(family, visitor, since)
    return Assignment.objects.create(
        id=id, family=family, visitor=visitor, since=since, made_by=by, made_at=at
    )


@action
def cover(
    *,
    id: UUID,
    family: Family,
    visitor: Person,
    covers: Person,
    since: date,
    until: date,
    reason: str,
    by: Person,
    at: datetime,
) -> Assignment:
    """Let somebody cover for a visitor who is away, until the last day named.

    She opens the family on safety and language. The visits planned for these days are hers; the visitor
    who is away keeps the family and its record.
    """
    family = locked(family)
    if (known := Assignment.objects.filter(pk=id).first()) is not None:
        return known
    _check_person(visitor)
    if until < since:
        raise NotPossible("ends-before-it-began")
    if visitor in _steady(family, since):
        raise NotPossible("visits-this-family-already")
    made = Assignment.objects.create(
        id=id,
        family=family,
        visitor=visitor,
        kind=Assignment.Kind.COVER,
        covers=covers,
        since=since,
        until=until,
        reason=reason,
        made_by=by,
        made_at=at,
    )
    _pass_on(family, of=covers, to=visitor, since=since, until=until)
    return made


@action
def hand_over(
    *, id: UUID, family: Family, of: Person, to: Person, since: date, by: Person, at: datetime
) -> Assignment:
    """Hand a family over: from `since` on another visitor visits it, with the weekly day and the plans."""
    family = locked(family)
    if (known := Assignment.objects.filter(pk=id).first()) is not None:
        return known
    before = family.assignments.filter(visitor=of, kind=Assignment.Kind.STEADY)
    close(before, last_day=since - timedelta(days=1))
    _check(family, to, since)
    made = Assignment.objects.create(id=id, family=family, visitor=to, since=since, made_by=by, made_at=at)
    Series.objects.filter(Q(until=None) | Q(until__gte=since), family=family, visitor=of).update(visitor=to)
    _pass_on(family, of=of, to=to, since=since)
    return made


@action
def end(*, assignment: Assignment, on: date, by: Person, at: datetime) -> Assignment:
    """End an assignment: `on` is its last day. Raises NotPossible for a day before it began."""
    assignment = locked(assignment)
    if on < assignment.since:
        raise NotPossible("ends-before-it-began")
    assignment.until = on
    assignment.save(update_fields=["until"])
    return assignment


def close(assignments: QuerySet[Assignment], *, last_day: date) -> None:
    """End what still runs after a day; what would have begun later never was. Called by actions."""
    assignments.filter(since__gt=last_day).delete()
    assignments.filter(Q(until=None) | Q(until__gt=last_day)).update(until=last_day)


def _check(family: Family, visitor: Person, since: date) -> None:
    _check_person(visitor)
    steady = _steady(family, since)
    if visitor in steady:
        raise NotPossible("visits-this-family-already")
    if len(steady) >= STEADY_AT_MOST:
        raise NotPossible("two-visit-this-family")


def _check_person(visitor: Person) -> None:
    if not (visitor.is_visitor and visitor.is_active):
        raise NotPossible("not-a-visitor")


def _steady(family: Family, since: date) -> list[Person]:
    """Give who visits a family steadily on a day or begins later."""
    running = family.assignments.filter(Q(until=None) | Q(until__gte=since), kind=Assignment.Kind.STEADY)
    return [assignment.visitor for assignment in running.select_related("visitor")]


def _pass_on(family: Family, *, of: Person, to: Person, since: date, until: date | None = None) -> None:
    """Give the visits that are planned for these days to another visitor."""
    planned = Visit.objects.filter(
        family=family, status=Visit.Status.PLANNED, visitors=of, planned_at__gte=_start_of(since)
    )
    if until is not None:
        planned = planned.filter(planned_at__lt=_start_of(until + timedelta(days=1)))
    for visit in planned:
        visit.visitors.remove(of)
        visit.visitors.add(to)
        Visit.objects.filter(pk=visit.pk).update(version=F("version") + 1)


def _start_of(day: date) -> datetime:
    program = Program.objects.first()
    return timezone.make_aware(datetime.combine(day, time.min), program.zone if program else None)
