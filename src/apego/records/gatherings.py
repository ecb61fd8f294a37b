"""Group socializations: the year's list and its number, what a plan may begin with, who came, as far as in reach.

The plan is open to the whole program. Of the families that came, a person is told those in her reach by name
and how many others there were, and of the others nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from apego.listening.folded import fold
from apego.practice.ages import corrected_months
from apego.practice.content import Language
from apego.practice.gatherings import PlayArea, Starter, starters, starters_for
from apego.practice.rules import expected_to_date, rule
from apego.records import access
from apego.records.access import Permission
from apego.records.actions.socializations import NOT_HELD
from apego.records.families import enrolled
from apego.records.models import (
    Attendance,
    Caregiver,
    Child,
    Family,
    Moment,
    Option,
    Person,
    Program,
    Socialization,
    Variant,
    Visit,
)
from apego.records.notebook import Kept, as_shown
from apego.records.noting import names_in
from apego.records.visiting import WEEKS_IN_YEAR, weeks

SHOWN_BEFORE = 40  # a year of both options has fewer


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """How a family's socializations of one program year stand: came to, expected to date, the whole year's."""

    a_year: int
    expected: int
    came: int


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a program year: those to come soonest first, those past newest first."""

    ahead: tuple[Socialization, ...]
    past: tuple[Socialization, ...]
    held: int
    cancelled_by_program: int
    due: tuple[tuple[str, int], ...]  # program option -> the year's number


@dataclass(frozen=True, slots=True)
class WhoCame:
    """The families in reach that came, by their names, and how many others did."""

    known: tuple[Attendance, ...]
    others: int
    planned_with: tuple[Caregiver, ...]
    planned_with_others: int


def groups(program: Program, on: date) -> Groups:
    """Give the groups of the program year that holds a day, and whatever is planned after it."""
    start, end = program.year_of(on)
    found = list(
        Socialization.objects.filter(at__gte=_midnight(start, program))
        .annotate(families=Count("attendances"))
        .prefetch_related("visitors")
        .order_by("at")
    )
    of_year = [one for one in found if one.at < _midnight(end, program)]
    ahead = [one for one in found if one.finished_at is None and one.status not in NOT_HELD]
    past = [one for one in reversed(of_year) if one.finished_at or one.status in NOT_HELD]
    return Groups(
        ahead=tuple(ahead),
        past=tuple(past[:SHOWN_BEFORE]),
        held=sum(one.status == Visit.Status.DONE for one in of_year),
        cancelled_by_program=sum(one.status == Visit.Status.CANCELLED_BY_PROGRAM for one in of_year),
        due=tuple((option, a_year(option, on)) for option in _options(on)),
    )


def _options(on: date) -> list[str]:
    """Give the program options of the families that are enrolled; of a program without any yet, all of them."""
    there = set(Family.objects.filter(enrolled(on)).values_list("option", flat=True).distinct())
    return [option for option in Option.values if option in there or not there]


def a_year(option: str, on: date) -> int:
    """Give how many socializations the standards ask for in a year of a program option."""
    value = rule(f"{option}_socializations_a_year", on).value
    assert value is not None, option  # noqa: S101 - a number, by the content's own test
    return value


def group_standings(families: Sequence[Family], program: Program, on: date) -> dict[UUID, GroupStanding]:
    """Give how the socializations of each family stand, in one query whatever their number."""
    start, end = program.year_of(on)
    last = min(on + timedelta(days=1), end)
    came = dict(
        Attendance.objects.filter(
            family__in=[family.pk for family in families],
            socialization__status=Visit.Status.DONE,
            socialization__at__gte=_midnight(start, program),
            socialization__at__lt=_midnight(last, program),
        )
        .values_list("family")
        .annotate(number=Count("id"))
    )
    return {family.pk: _standing(family, came.get(family.pk, 0), start, on) for family in families}


def _standing(family: Family, came: int, start: date, on: date) -> GroupStanding:
    number = a_year(family.option, on)
    last = min(on, family.left_on) if family.left_on else on
    expected = expected_to_date(number, weeks(family.enrolled_on, last, start), WEEKS_IN_YEAR)
    return GroupStanding(a_year=number, expected=expected, came=came)


def opening() -> QuerySet[Socialization]:
    """Give groups with what their page needs of people."""
    return Socialization.objects.prefetch_related("visitors")


def who_came(person: Person, socialization: Socialization) -> WhoCame:
    """Give the families that came and the parents it was planned with: by name in reach, the rest as a number."""
    known = list(
        access.visible(person, Attendance)
        .filter(socialization=socialization)
        .select_related("family")
        .prefetch_related("children", "caregivers")
    )
    planned = list(access.visible(person, Caregiver).filter(id__in=socialization.planned_with.values("id")))
    return WhoCame(
        known=tuple(sorted(known, key=lambda one: (fold(one.family.name), str(one.pk)))),
        others=socialization.attendances.count() - len(known),
        planned_with=tuple(planned),
        planned_with_others=socialization.planned_with.count() - len(planned),
    )


def moments_of(person: Person, attendance: Attendance, language: Language) -> tuple[Kept, ...]:
    """Give what was seen of a family at a group, newest first; who writes is asked by the note check."""
    names = names_in(attendance.family)
    is_open = attendance.socialization.finished_at is None and access.may(person, Permission.WRITE)
    found = _moments(person, attendance).filter(removed_at=None).order_by("-at", "-made_at")
    return tuple(as_shown(one, names, is_open=is_open, language=language) for one in found)


def removed_of(person: Person, attendance: Attendance) -> list[Moment]:
    """Give the moments that were taken out, as long as they can be put back."""
    return list(_moments(person, attendance).exclude(removed_at=None).order_by("-at"))


def _moments(person: Person, attendance: Attendance) -> QuerySet[Moment]:
    mine = access.visible(person, Moment).filter(
        family=attendance.family, socialization=attendance.socialization
    )
    return mine.select_related("by").prefetch_related("children")


def families_asked(person: Person, on: date) -> list[Family]:
    """Give the families of a visitor or of a supervisor's visitors, by their names, with who is at home."""
    found = access.families_of(person, on).filter(enrolled(on)).prefetch_related("children", "caregivers")
    return sorted(found, key=lambda family: (fold(family.name), str(family.pk)))


def ages_in_reach(person: Person, on: date) -> tuple[int, ...]:
    """Give the ages of the enrolled children in reach, in months, corrected, each age once."""
    families = access.families_of(person, on).filter(enrolled(on))
    rows = Child.objects.filter(family__in=families.values("id"), enrolled=True, born_on__lte=on)
    told = {corrected_months(born, on, early) for born, early in rows.values_list("born_on", "weeks_early")}
    return tuple(sorted(told))


def begin_with(ages: Collection[int]) -> tuple[tuple[Starter, ...], tuple[Starter, ...]]:
    """Give the questions to start from: those with a play area for every child, and the others.

    >>> fitting, others = begin_with((5, 58))
    >>> [one.id for one in fitting]
    ['songs', 'books']
    >>> len(fitting) + len(others) == len(starters())
    True
    """
    fitting = starters_for(tuple(ages))
    return fitting, tuple(one for one in starters().values() if one not in fitting)


def begun(starter: Starter, ages: Collection[int], language: Language) -> dict[str, str]:
    """Give a plan to be changed with the parents, in one language: the areas are those for the ages that come."""
    areas = _areas(starter, ages)
    return {
        "start_from": starter.id,
        "question": starter.question[language],
        "predictions": starter.predict[language],
        "areas": "\n".join(_area(area, language) for area in areas),
        "look_for": "\n".join(area.see[language] for area in areas),
        "song": "\n".join(song.title for song in starter.songs),
        "closing": starter.closing[language],
        "take_home": starter.home[language],
    }


def _areas(starter: Starter, ages: Iterable[int]) -> tuple[PlayArea, ...]:
    fitting = {area.name.en: area for age in ages for area in starter.areas_at(age)}
    return tuple(area for area in starter.areas if area.name.en in fitting) or starter.areas


def _area(area: PlayArea, language: Language) -> str:
    told = f"{area.name[language]}: {area.things[language]}"
    return f"{told} {area.safety[language]}" if area.safety else told


def open_edits(socialization: Socialization) -> list[Variant]:
    """Give the edits of a plan that wait for somebody to decide."""
    waiting = Variant.objects.filter(kind="socialization", thing=socialization.pk, settled_at=None)
    return list(waiting.select_related("by").order_by("at"))


def next_groups(at: datetime, number: int = 2) -> list[Socialization]:
    """Give the groups that come next, as a visitor sees them ahead."""
    since = at - timedelta(hours=6)
    found = Socialization.objects.filter(Q(at__gte=since), finished_at=None).exclude(status__in=NOT_HELD)
    return list(found.order_by("at")[:number])


def _midnight(day: date, program: Program) -> datetime:
    return datetime.combine(day, time.min, program.zone)
