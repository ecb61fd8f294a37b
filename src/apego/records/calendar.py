"""A family's visits in one program year: ahead, to be made up, held and not held, and how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from apego.records import access
from apego.records.actions.visits import NOT_HELD
from apego.records.models import Family, Person, Program, Series, Visit
from apego.records.visiting import Standing, standing


@dataclass(frozen=True, slots=True)
class Year:
    """The visits of a program year: those to come soonest first, those past newest first."""

    start: date
    end: date
    ahead: tuple[Visit, ...]
    past: tuple[Visit, ...]
    to_make_up: tuple[Visit, ...]
    standing: Standing
    earlier: int | None
    later: int | None


def year(person: Person, family: Family, program: Program, today: date, starting: int | None = None) -> Year:
    """Give the visits of the program year that begins in a year; without one, of the year that holds today.

    Of what was not held, the visits that wait for a make-up stand in a list of their own as well.
    """
    start, end = program.year_of(today)
    if starting is not None and family.enrolled_on.year - 1 <= starting <= start.year:
        start, end = program.year_of(start.replace(year=starting))
    midnight = [datetime.combine(day, time.min, program.zone) for day in (start, end)]
    visits = list(
        access.visible(person, Visit)
        .filter(family=family, planned_at__gte=midnight[0], planned_at__lt=midnight[1])
        .prefetch_related("visitors", "made_up_by")
        .order_by("planned_at")
    )
    ahead = tuple(one for one in visits if one.status in (Visit.Status.PLANNED, Visit.Status.UNDER_WAY))
    past = tuple(one for one in reversed(visits) if one not in ahead)
    on = min(today, end - timedelta(days=1))
    first_year, _ = program.year_of(family.enrolled_on)
    now, _ = program.year_of(today)
    return Year(
        start=start,
        end=end - timedelta(days=1),
        ahead=ahead,
        past=past,
        to_make_up=tuple(one for one in past if waits(one)),
        standing=standing(family, program, on),
        earlier=start.year - 1 if start > first_year else None,
        later=start.year + 1 if start < now else None,
    )


def waits(visit: Visit) -> bool:
    """True for a visit that was not held and has no other in its place, planned or held.

    A make-up that fell through does not wait itself: the visit that it was to make up does.
    """
    return (
        visit.status in NOT_HELD
        and visit.makes_up_id is None
        and all(one.status in NOT_HELD for one in visit.made_up_by.all())
    )


def series_of(person: Person, family: Family, today: date) -> tuple[Series, ...]:
    """Give the weekly visits of a family that go on."""
    found = access.visible(person, Series).filter(family=family).select_related("visitor").order_by("since")
    return tuple(one for one in found if one.until is None or one.until >= today)
