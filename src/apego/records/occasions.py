"""Birthdays and important days ahead, and what was done last time. Who does not celebrate has none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from apego.records import access
from apego.records.models import Caregiver, Child, Family, Memento, Occasion, Person

AROUND = timedelta(days=21)  # a birthday is kept a week early or a week late, and still was the birthday


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One day ahead. Without an occasion it is the birthday of the child or the caregiver."""

    on: date
    family: Family
    child: Child | None
    caregiver: Caregiver | None
    occasion: Occasion | None
    last_time: Memento | None

    @property
    def turns(self) -> int | None:
        """How old a child turns. A caregiver's year is nobody's business."""
        return self.on.year - self.child.born_on.year if self.child and not self.occasion else None


def ahead(person: Person, families: Sequence[Family], *, on: date, within: int = 21) -> list[DayAhead]:
    """Give the days of these families from `on` through `within` days later, the nearest first.

    Five queries, however many families: their children, caregivers, days, and what was done a year ago.
    """
    celebrating = {family.pk: family for family in families if family.celebrates and not family.left_on}
    days = [
        DayAhead(coming, celebrating[family], child, caregiver, occasion, None)
        for family, month_day, child, caregiver, occasion in _kept_days(person, list(celebrating), on)
        if (coming := comes(month_day, on)) - on <= timedelta(days=within)
    ]
    kept = _mementos(person, days)
    return sorted((_remembered(day, kept) for day in days), key=lambda day: (day.on, str(day.family.pk)))


def comes(month_day: str, on: date) -> date:
    """Give the next time that a day of the year comes, today included.

    >>> comes("12-01", date(2026, 11, 23)), comes("11-22", date(2026, 11, 23))
    (datetime.date(2026, 12, 1), datetime.date(2027, 11, 22))

    Where a year lacks February 29, it is March 1: so ages are counted too.

    >>> comes("02-29", date(2027, 2, 1))
    datetime.date(2027, 3, 1)
    """
    this_year = _in_year(month_day, on.year)
    return this_year if this_year >= on else _in_year(month_day, on.year + 1)


def _in_year(month_day: str, year: int) -> date:
    month, day = (int(part) for part in month_day.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month + 1, 1)


KeptDay = tuple[UUID, str, Child | None, Caregiver | None, Occasion | None]


def _kept_days(person: Person, families: list[UUID], on: date) -> Iterable[KeptDay]:
    for child in access.visible(person, Child).filter(family__in=families):
        yield child.family_id, f"{child.born_on:%m-%d}", child, None, None
    at_home = Q(left_on=None) | Q(left_on__gt=on)
    for caregiver in (
        access.visible(person, Caregiver).filter(at_home, family__in=families).exclude(birthday="")
    ):
        yield caregiver.family_id, caregiver.birthday, None, caregiver, None
    occasions = access.visible(person, Occasion).filter(family__in=families, removed_at=None)
    for occasion in occasions.select_related("child", "caregiver"):
        yield occasion.family_id, occasion.day, occasion.child, occasion.caregiver, occasion


def _mementos(person: Person, days: list[DayAhead]) -> list[Memento]:
    """Give what was done around last year's days; opened are only those that may belong to one of them."""
    if not days:
        return []
    first, last = min(day.on for day in days), max(day.on for day in days)
    kept = access.visible(person, Memento).filter(family__in={day.family.pk for day in days})
    year_ago = timedelta(days=365)
    return list(
        kept.filter(on__gte=first - year_ago - AROUND, on__lte=last - year_ago + AROUND).order_by("on")
    )


def _remembered(day: DayAhead, kept: list[Memento]) -> DayAhead:
    a_year_ago = _in_year(f"{day.on:%m-%d}", day.on.year - 1)
    theirs = [one for one in kept if _belongs(one, day) and abs(one.on - a_year_ago) <= AROUND]
    return DayAhead(
        day.on, day.family, day.child, day.caregiver, day.occasion, theirs[-1] if theirs else None
    )


def _belongs(memento: Memento, day: DayAhead) -> bool:
    if day.occasion:
        return memento.occasion_id == day.occasion.pk
    if memento.occasion_id:
        return False
    if day.child:
        return memento.child_id == day.child.pk
    return day.caregiver is not None and memento.caregiver_id == day.caregiver.pk
