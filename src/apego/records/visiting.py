"""A family's visits as the standards count them: 45 CFR 1302.22(c), with its numbers from `practice.rules`.

A count describes how steady the visiting has been. It is of the program and the family; nobody's talk or
worth is in it, and no part of it is turned into a percentage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q

from apego.practice.rules import expected_to_date, rule
from apego.records.models import Family, Program, Visit

WEEK = timedelta(weeks=1)
WEEKS_IN_YEAR = 52


@dataclass(frozen=True, slots=True)
class Standing:
    """How a family's visits of one program year stand on a day.

    `done` are the visits that count: finished, and held with a parent or another caregiver, since with
    only a sitter it is no home visit (1302.35(b)(3)). `short` of them lasted less than the standards' minutes.
    `owed` were cancelled by the program and have no make-up yet, held or planned: they must be made up.
    `to_try` were cancelled by the family or attempted and are needed to come to the year's number: they are
    made up as far as possible.
    """

    a_year: int
    from_enrolment: int
    expected: int
    done: int
    short: int
    without_parent: int
    cancelled_by_family: int
    cancelled_by_program: int
    attempted: int
    owed: tuple[UUID, ...]
    to_try: int


@dataclass(frozen=True, slots=True)
class _Kept:
    id: UUID
    status: str
    minutes: int
    with_caregiver: bool
    is_appointment: bool
    is_made_up: bool  # or is itself a make-up: then the visit that it stands for waits, and not this one

    @property
    def counts(self) -> bool:
        """1302.22(c)(3): medical and social service appointments are no home visits."""
        return self.status == Visit.Status.DONE and self.with_caregiver and not self.is_appointment


def standing(family: Family, program: Program, on: date) -> Standing:
    """Give how a family's visits of this program year stand on a day."""
    return standings([family], program, on)[family.id]


def standings(families: Sequence[Family], program: Program, on: date) -> dict[UUID, Standing]:
    """Give how the visits of each family stand, in one query whatever their number."""
    start, _ = program.year_of(on)
    kept: dict[UUID, list[_Kept]] = {family.id: [] for family in families}
    for family_id, one in _kept(kept, program, start, on):
        kept[family_id].append(one)
    return {family.id: _standing(family, kept[family.id], program, on) for family in families}


def _kept(families: Iterable[UUID], program: Program, start: date, on: date) -> Iterable[tuple[UUID, _Kept]]:
    zone = program.zone
    first = datetime.combine(start, time.min, zone)
    last = datetime.combine(on + timedelta(days=1), time.min, zone)
    standing = Q(made_up_by__status__in=(Visit.Status.PLANNED, Visit.Status.UNDER_WAY, Visit.Status.DONE))
    rows = (
        Visit.objects.filter(family__in=list(families), planned_at__gte=first, planned_at__lt=last)
        .annotate(
            there=Count("caregivers", distinct=True),
            made_up=Count("made_up_by", filter=standing, distinct=True),
        )
        .values_list(
            "family_id",
            "id",
            "status",
            "started_at",
            "ended_at",
            "makes_up",
            "is_appointment",
            "there",
            "made_up",
        )
    )
    for family_id, id, status, started, ended, makes_up, appointed, there, made_up in rows:
        minutes = int((ended - started).total_seconds() // 60) if started and ended else 0
        yield family_id, _Kept(id, status, minutes, there > 0, appointed, made_up > 0 or makes_up is not None)


def _standing(family: Family, kept: list[_Kept], program: Program, on: date) -> Standing:
    a_year = _number(f"{family.option}_visits_a_year", on)
    start, end = program.year_of(on)
    last = min(on, family.left_on) if family.left_on else on
    expected = expected_to_date(a_year, weeks(family.enrolled_on, last, start), WEEKS_IN_YEAR)
    year_end = min(end - timedelta(days=1), family.left_on) if family.left_on else end - timedelta(days=1)
    from_enrolment = expected_to_date(a_year, weeks(family.enrolled_on, year_end, start), WEEKS_IN_YEAR)
    done = [one for one in kept if one.counts]
    missed = [one for one in kept if one.status in (Visit.Status.CANCELLED_BY_FAMILY, Visit.Status.ATTEMPTED)]
    owed = tuple(
        one.id for one in kept if one.status == Visit.Status.CANCELLED_BY_PROGRAM and not one.is_made_up
    )
    open_missed = sum(not one.is_made_up for one in missed)
    return Standing(
        a_year=a_year,
        from_enrolment=from_enrolment,
        expected=expected,
        done=len(done),
        short=sum(one.minutes < _number("minutes_a_visit", on) for one in done),
        without_parent=sum(one.status == Visit.Status.DONE and not one.with_caregiver for one in kept),
        cancelled_by_family=sum(one.status == Visit.Status.CANCELLED_BY_FAMILY for one in kept),
        cancelled_by_program=sum(one.status == Visit.Status.CANCELLED_BY_PROGRAM for one in kept),
        attempted=sum(one.status == Visit.Status.ATTEMPTED for one in kept),
        owed=owed,
        to_try=min(open_missed, max(0, expected - len(done) - len(owed))),
    )


def weeks(enrolled_on: date, last: date, year_start: date) -> int:
    """Give the whole weeks of a program year in which a family was enrolled, its last day included.

    >>> weeks(date(2026, 9, 7), date(2026, 11, 22), date(2026, 9, 1))
    11
    >>> weeks(date(2026, 3, 2), date(2027, 8, 31), date(2026, 9, 1))
    52

    A family that enrols later than the day has had no week yet.

    >>> weeks(date(2026, 12, 1), date(2026, 11, 22), date(2026, 9, 1))
    0
    """
    whole = (last - max(enrolled_on, year_start) + timedelta(days=1)) // WEEK
    return min(max(whole, 0), WEEKS_IN_YEAR)


def _number(rule_id: str, on: date) -> int:
    """Give the number of a rule; each of those that are asked for here has one."""
    return rule(rule_id, on).value or 0
