"""A family's story as it was written: moments by day, what was credited, repair.

What moments show is told, never reckoned. The year's visits are counted in `apego.records.visiting`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from apego.practice.rules import expected_to_date, rule
from apego.records import access
from apego.records.models import Attendance, Credit, Family, Moment, Person, Program, Socialization, Visit
from apego.records.visiting import WEEKS_IN_YEAR, weeks

REPAIR = "repair"  # practice.relationship
REPAIRS = 2  # how many of them the family's page opens with


class Shown(NamedTuple):
    """What is known of a moment without opening its words."""

    id: UUID
    at: datetime
    kinds: list[str]
    capacities: list[str]
    domains: list[str]

    @property
    def day(self) -> date:
        return _local(self.at)

    def shows(self, what: str) -> bool:
        return what in (*self.kinds, *self.capacities, *self.domains)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the story: its moments in the order they came, and what was credited that day."""

    on: date
    moments: tuple[Moment, ...]
    credits: tuple[Credit, ...]

    @property
    def visit(self) -> Visit | None:
        """The visit of that day, where it was one and not a group socialization."""
        of_moments = (one.visit for one in self.moments)
        return next((visit for visit in (*of_moments, *(one.visit for one in self.credits)) if visit), None)


@dataclass(frozen=True, slots=True)
class Story:
    """Some days, what any moment of the whole story shows, and from its other days repair and credits.

    What stands in the days stands nowhere else: nothing is told twice on one page.
    """

    days: tuple[Day, ...]
    further: bool  # there are older days
    shown: frozenset[str]  # kinds, capacities and domains
    repairs: tuple[Moment, ...]  # the newest ones that stand in none of the days
    credited: Mapping[str, list[Credit]]  # by kind of credit, newest first; none that stands in the days

    @property
    def has_credits(self) -> bool:
        return any(self.credited.values())


@dataclass(frozen=True, slots=True)
class Groups:
    """The group socializations of a program year: attended, and those of the family's own part of the year."""

    attended: int
    whole: int


def told(person: Person, family: Family, *, shows: str = "", skip: int = 0, days: int = 3) -> Story:
    """Give the newest days of a family's story, after `skip` of them.

    `shows` keeps to the moments of one capacity, kind or domain. Days are chosen before any moment's words
    are opened, so that a long story costs no more than a short one.
    """
    every = _every(person, family)
    credits = _credits(person, family)
    kept = [one for one in every if not shows or one.shows(shows)]
    credited = {} if shows else {credit.pk: _day_of(credit) for credit in credits}
    all_days = sorted({one.day for one in kept} | set(credited.values()), reverse=True)
    chosen = all_days[skip : skip + days]
    repair_ids = [one.id for one in every if REPAIR in one.kinds and one.day not in chosen][:REPAIRS]
    opened = _moments(person, {*repair_ids, *(one.id for one in kept if one.day in chosen)})
    told_ids = {one.id for one in kept}
    return Story(
        days=tuple(
            Day(
                on,
                tuple(one for one in opened if one.pk in told_ids and _local(one.at) == on),
                tuple(one for one in credits if credited.get(one.pk) == on),
            )
            for on in chosen
        ),
        further=len(all_days) > skip + days,
        shown=frozenset(what for one in every for what in (*one.kinds, *one.capacities, *one.domains)),
        repairs=tuple(reversed([one for one in opened if one.pk in repair_ids])),
        credited=_by_kind([one for one in credits if credited.get(one.pk) not in chosen]),
    )


def groups_of(family: Family, program: Program, on: date) -> Groups:
    """Give a family's group socializations in the program year of a day (45 CFR 1302.22).

    A count, open to whoever knows the family; that of visits is `apego.records.visiting.standing`.
    """
    begins, next_year = program.year_of(on)
    last = min(next_year - timedelta(days=1), family.left_on or date.max)
    a_year = rule(f"{family.option}_socializations_a_year", on=on).value or 0
    since, until = (
        datetime.combine(day, datetime.min.time(), tzinfo=program.zone) for day in (begins, next_year)
    )
    held = Socialization.objects.filter(status=Visit.Status.DONE, at__gte=since, at__lt=until)
    return Groups(
        attended=Attendance.objects.filter(family=family, socialization__in=held).count(),
        whole=expected_to_date(a_year, weeks(family.enrolled_on, last, begins), WEEKS_IN_YEAR),
    )


def _every(person: Person, family: Family) -> list[Shown]:
    found = access.visible(person, Moment).filter(family=family, removed_at=None).order_by("-at")
    return [Shown(*row) for row in found.values_list("id", "at", "kinds", "capacities", "domains")]


def _moments(person: Person, ids: Collection[UUID]) -> list[Moment]:
    found = access.visible(person, Moment).filter(pk__in=ids).select_related("visit", "socialization", "by")
    return list(found.prefetch_related("children").order_by("at", "made_at"))


def _credits(person: Person, family: Family) -> list[Credit]:
    found = access.visible(person, Credit).filter(visit__family=family, removed_at=None)
    return list(found.select_related("visit", "caregiver").order_by("made_at"))


def _by_kind(credits: list[Credit]) -> dict[str, list[Credit]]:
    newest_first = sorted(credits, key=_day_of, reverse=True)
    return {kind: [one for one in newest_first if one.kind == kind] for kind in Credit.Kind.values}


def _day_of(credit: Credit) -> date:
    return _local(credit.visit.when)


def _local(moment: datetime) -> date:
    return timezone.localtime(moment).date()
