"""How old a child is, and the bands of age in which the framework tells of children.

Months from a birth date to a given day, corrected for an early birth, and the bands of the
Head Start Early Learning Outcomes Framework (ELOF, 2015). No clock stands here: who asks
gives the day. No band is a cut-off, and an age says nothing about what a child should do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from apego.practice.content import ContentError, Text, load, text

CORRECTED_UNTIL = 24  # months since birth
WEEKS_EARLY_AT_MOST = 20  # the earliest births lie some 19 weeks before term; more is a slip of the pen
STAGES = ("infant_toddler", "preschool")


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of ages, from and to, both included; `stage` tells which goals belong to it."""

    id: str
    name: Text
    stage: str
    months: tuple[int, int]


def months_old(born: date, on: date) -> int:
    """Give the whole months that a child has lived on a day.

        >>> months_old(date(2025, 3, 14), date(2026, 2, 13)), months_old(date(2025, 3, 14), date(2026, 2, 14))
        (10, 11)

    A month is whole on the day of the month of the birth; where a month lacks that day,
    on the first of the next.

        >>> months_old(date(2025, 1, 31), date(2025, 2, 28)), months_old(date(2025, 1, 31), date(2025, 3, 1))
        (0, 1)

    Raises ValueError for a day before the birth.
    """
    if on < born:
        raise ValueError(f"The day {on} lies before the birth on {born}. Check both dates.")
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)


def corrected_months(born: date, on: date, weeks_early: int) -> int:
    """Give the age at which a child born early is looked up: months since the day the birth was due.

    Correcting goes on until the child has lived CORRECTED_UNTIL months; from then on the age
    since birth is given. Before the due day the age is 0.

        >>> born, visit = date(2025, 1, 10), date(2025, 12, 12)
        >>> months_old(born, visit), corrected_months(born, visit, weeks_early=9)
        (11, 8)
        >>> corrected_months(born, date(2027, 1, 10), weeks_early=9)
        24

    Raises ValueError for weeks below 0 or above WEEKS_EARLY_AT_MOST, and for a day before the birth.
    """
    if not 0 <= weeks_early <= WEEKS_EARLY_AT_MOST:
        raise ValueError(
            f"weeks_early is {weeks_early}. "
            f"Give the weeks before the due day, from 0 to {WEEKS_EARLY_AT_MOST}."
        )
    lived = months_old(born, on)
    if lived >= CORRECTED_UNTIL:
        return lived
    due = born + timedelta(weeks=weeks_early)
    return months_old(due, on) if on >= due else 0


def bands(months: int) -> tuple[Band, ...]:
    """Give the bands of an age, youngest first; they overlap on purpose, so there are often two.

        >>> [band.id for band in bands(5)], [band.id for band in bands(8)], [band.id for band in bands(17)]
        (['0-9'], ['0-9', '8-18'], ['8-18', '16-36'])
        >>> [band.id for band in bands(36)]
        ['16-36', '36-48']

    A child past sixty months counts as sixty. Raises ValueError for an age below 0.
    """
    if months < 0:
        raise ValueError(f"The age is {months} months. Give the months since birth, 0 or more.")
    age = min(months, all_bands()[-1].months[1])
    return tuple(band for band in all_bands() if band.months[0] <= age <= band.months[1])


@cache
def all_bands() -> tuple[Band, ...]:
    """Give all bands, youngest first.

    >>> [band.months for band in all_bands()]
    [(0, 9), (8, 18), (16, 36), (36, 48), (48, 60)]
    """
    found = []
    for band_id, entry in load("domains").get("bands", {}).items():
        where = f"domains: bands, {band_id}"
        months = entry.get("months")
        if not isinstance(months, list) or [type(one) for one in months] != [int, int]:
            raise ContentError(f"{where}: months is {months}, not [from, to]")
        if entry.get("stage") not in STAGES:
            raise ContentError(f"{where}: stage is {entry.get('stage')}, not one of {', '.join(STAGES)}")
        found.append(Band(band_id, text(entry, where), entry["stage"], (months[0], months[1])))
    return tuple(found)
