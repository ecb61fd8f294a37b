"""Weekly visits: a day of the week and a time on the program's clock, laid out some weeks ahead.

Laying out again adds only the days that are not there yet. A visit's id is made of its series and its day,
so that a visit that was moved, or two processes at once, make no second visit for that week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Draft, Family, Person, Program, Series, Visit

WEEK = timedelta(weeks=1)
AHEAD = 8 * WEEK


@action
def begin(
    *,
    id: UUID,
    family: Family,
    visitor: Person,
    weekday: int,
    time: time,
    since: date,
    by: Person,
    at: datetime,
    until: date | None = None,
) -> Series:
    """Begin weekly visits and lay the first weeks out."""
    if until and until < since:
        raise NotPossible("ends-before-it-begins")
    if since < family.enrolled_on:
        raise NotPossible("begins-before-enrolment")  # each week since then would be a visit
    series, _ = Series.objects.get_or_create(
        id=id,
        defaults={
            "family": family,
            "visitor": visitor,
            "weekday": weekday,
            "time": time,
            "since": since,
            "until": until,
            "made_at": at,
        },
    )
    _lay_out(series, upto=max(since, _day(at)) + AHEAD, at=at)
    return series


@action
def lay_out(*, series: Series, upto: date, by: Person | None, at: datetime) -> Series:
    """Lay a series out up to a day. What is there already stays as it is, moved or cancelled too."""
    _lay_out(series, upto=upto, at=at)
    return series


@action
def end(*, series: Series, until: date, by: Person, at: datetime) -> Series:
    """End weekly visits with a day. Later ones in which nothing was written go; what was planned stays."""
    now = locked(series)
    now.until = until
    now.save(update_fields=["until"])
    later = datetime.combine(until + timedelta(days=1), time.min, _zone())
    empty = now.visits.filter(
        status=Visit.Status.PLANNED,
        planned_at__gte=later,
        version=1,
        plan=None,
        parts=None,
        moments=None,
        credits=None,
    )
    typed = list(Draft.objects.filter(family=now.family_id).values_list("place", flat=True))
    going = [id for id in empty.values_list("id", flat=True) if not any(str(id) in place for place in typed)]
    Visit.objects.filter(id__in=going).delete()
    return now


def laid_out_after(visit: Visit, *, at: datetime) -> None:
    """Lay the series of a visit out anew: each week that passes adds one at the end."""
    if visit.series:
        _lay_out(visit.series, upto=_day(at) + AHEAD, at=at)


def days(series: Series, upto: date) -> Iterator[date]:
    """Give the days of a series, from its first to a last one, both included; none after the family left."""
    day = series.since + timedelta(days=(series.weekday - series.since.weekday()) % 7)
    last = min(day for day in (upto, series.until, series.family.left_on) if day)
    while day <= last:
        yield day
        day += WEEK


def _lay_out(series: Series, upto: date, at: datetime) -> None:
    now = locked(series)
    wanted = {uuid5(now.id, day.isoformat()): day for day in days(now, upto)}
    kept = set(Visit.objects.filter(id__in=wanted).values_list("id", flat=True))
    family, zone = now.family, _zone()
    taken = set(now.visits.values_list("planned_at", flat=True))
    fresh = [
        Visit(
            id=id,
            family=family,
            series=now,
            planned_at=planned_at,
            languages=list(family.home_languages),
            interpreter=family.interpreter,
            made_at=at,
        )
        for id, day in wanted.items()
        if id not in kept and (planned_at := datetime.combine(day, now.time, zone)) not in taken
    ]
    if fresh:
        Visit.objects.bulk_create(fresh)
        _put_in(fresh, now)


def _put_in(fresh: list[Visit], series: Series) -> None:
    """Put the visitor and the enrolled children into new visits, in two statements whatever their number."""
    children = list(series.family.children.filter(enrolled=True))
    visitors, seen = Visit.visitors.through, Visit.children.through
    visitors.objects.bulk_create(visitors(visit_id=visit.id, person_id=series.visitor_id) for visit in fresh)
    seen.objects.bulk_create(
        seen(visit_id=visit.id, child_id=child.id) for visit in fresh for child in children
    )


def _zone() -> ZoneInfo:
    program = Program.objects.first()
    return program.zone if program else ZoneInfo("UTC")


def _day(at: datetime) -> date:
    return at.astimezone(_zone()).date()
