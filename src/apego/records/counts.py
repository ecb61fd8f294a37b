"""Counts of a program's work in a month or a program year: visits, groups, caseloads; and whom it serves.

Counts of work are told as they are. What is told of people (home languages, ages) is told of groups of ten and
more: a smaller number, with a little knowledge of the place, is somebody. No family's name is anywhere here, and
visitors stand in the order of their names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
)

from apego.listening.folded import fold
from apego.practice.ages import months_old
from apego.practice.rules import expected_to_date, rule
from apego.records import access
from apego.records.families import enrolled
from apego.records.models import (
    Assignment,
    Attendance,
    Child,
    Family,
    Option,
    Person,
    Program,
    Role,
    Socialization,
    Visit,
)
from apego.records.visiting import WEEKS_IN_YEAR, weeks

TOLD_FROM = 10  # a smaller group of people is not told as a number
YEARS = (0, 1, 2, 3, 4)  # of age; who is older counts with the last


@dataclass(frozen=True, slots=True)
class Period:
    """A program year up to a day, or one month of it; `end` is its last day, `year` the day its year began."""

    start: date
    end: date
    year: date
    is_month: bool

    @property
    def id(self) -> str:
        return f"{self.start:%Y-%m}" if self.is_month else str(self.year.year)


@dataclass(slots=True)
class Work:
    """What was done in a period, by the program, in an option or by a visitor.

    `done` counts as in `apego.records.visiting`: held, with a parent or another caregiver. `groups` are the times
    that a family came to a group. `expected` is prorated from enrolment and from who visited when.
    """

    families: int = 0
    expected: int = 0
    done: int = 0
    short: int = 0
    cancelled_by_family: int = 0
    cancelled_by_program: int = 0
    attempted: int = 0
    made_up: int = 0
    groups: int = 0
    minutes: Counter[int] = field(default_factory=Counter)

    @property
    def median(self) -> int | None:
        """The minutes of the visit in the middle: half of them were as long or longer."""
        return median(self.minutes)


@dataclass(frozen=True, slots=True)
class Counts:
    period: Period
    program: Work
    a_year: int  # visits due in the whole year, of all families
    options: tuple[tuple[str, Work], ...]
    visitors: tuple[tuple[Person, Work], ...]
    groups_held: int
    groups_cancelled: int
    languages: tuple[tuple[str, int | None], ...]  # None: fewer than ten, or to keep such a number hidden
    ages: tuple[tuple[int, int | None], ...]

    @property
    def caseload(self) -> float | None:
        """The average of families with a visitor, of those who have any."""
        having = [work.families for _person, work in self.visitors if work.families]
        return round(sum(having) / len(having), 1) if having else None


def period_of(words: str, program: Program, today: date) -> Period:
    """Give the period that an address names, as 2026 or 2026-11; of anything else, this program year to date."""
    this_year, _ = program.year_of(today)
    try:
        if len(words) == 7:
            start = date.fromisoformat(f"{words}-01")
            year, _ = program.year_of(start)
            start = max(start, year)
            return Period(start, min(_next_month(start) - timedelta(days=1), today), year, is_month=True)
        year = this_year.replace(year=int(words))
    except (ValueError, OverflowError):
        year = this_year
    year = year if date(2000, 1, 1) < year <= this_year else this_year
    return Period(
        year, min(year.replace(year=year.year + 1) - timedelta(days=1), today), year, is_month=False
    )


def months_of(period: Period, today: date) -> tuple[Period, ...]:
    """Give the months of a period's program year that have begun."""
    found, start = [], period.year
    while start < period.year.replace(year=period.year.year + 1) and start <= today:
        end = min(_next_month(start) - timedelta(days=1), today)
        found.append(Period(start, end, period.year, is_month=True))
        start = _next_month(start)
    return tuple(found)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def counts(person: Person, program: Program, period: Period) -> Counts:
    """Give the counts of a period. A handful of queries, whatever the size of the program."""
    families = {row.id: row for row in _families(person, period)}
    assigned = _assigned(families, period)
    came = _came(program, period)
    visits = _visits(program, period)
    whole, options, hers = Work(), {option: Work() for option in Option.values}, _visitors(person, assigned)
    for option, *told in _by(visits, "family__option"):
        _add(options[option], told, period)
        _add(whole, told, period)
    for visitor_id, *told in _by(visits, "visitors"):
        if visitor_id in hers:
            _add(hers[visitor_id][1], told, period)
    for family in families.values():
        for work in (whole, options[family.option]):
            work.expected += family.expected(period, period.start, period.end)
            work.families += family.is_here(period.end)
            work.groups += came.get(family.id, 0)
    for one in assigned:
        _add_assigned(hers[one.visitor_id][1], one, families[one.family_id], came, period)
    there = [family for family in families.values() if family.is_here(period.end)]
    held = Socialization.objects.filter(at__gte=_start(period, program), at__lt=_end(period, program))
    return Counts(
        period=period,
        program=whole,
        a_year=sum(family.whole_year(period) for family in families.values()),
        options=tuple((option, work) for option, work in options.items() if work.families or work.done),
        visitors=tuple(sorted(hers.values(), key=lambda one: (fold(one[0].name), one[0].login))),
        groups_held=held.filter(status=Visit.Status.DONE).count(),
        groups_cancelled=held.filter(status=Visit.Status.CANCELLED_BY_PROGRAM).count(),
        languages=_languages(there),
        ages=_ages(period.end),
    )


@dataclass(frozen=True, slots=True)
class _Enrolled:
    """What counting needs of a family; none of its words is opened."""

    id: UUID
    option: str
    enrolled_on: date
    left_on: date | None
    languages: Sequence[str]

    def is_here(self, on: date) -> bool:
        return self.enrolled_on <= on and (self.left_on is None or self.left_on >= on)

    def expected(self, period: Period, first: date, last: date) -> int:
        """Give the visits that fall to the days from first to last, both included."""
        return self._to(period, last) - self._to(period, first - timedelta(days=1))

    def whole_year(self, period: Period) -> int:
        return self._to(period, period.year.replace(year=period.year.year + 1) - timedelta(days=1))

    def _to(self, period: Period, day: date) -> int:
        number = rule(f"{self.option}_visits_a_year", max(day, period.year)).value or 0
        last = min(day, self.left_on) if self.left_on else day
        return expected_to_date(number, weeks(self.enrolled_on, last, period.year), WEEKS_IN_YEAR)


def _families(person: Person, period: Period) -> Iterable[_Enrolled]:
    found = access.visible(person, Family).filter(Q(left_on=None) | Q(left_on__gte=period.start))
    rows = found.filter(enrolled_on__lte=period.end)
    return (
        _Enrolled(*row)
        for row in rows.values_list("id", "option", "enrolled_on", "left_on", "home_languages")
    )


def _assigned(families: Mapping[UUID, _Enrolled], period: Period) -> list[Assignment]:
    """Give who visited which family steadily in some part of the period."""
    running = Assignment.objects.filter(
        Q(until=None) | Q(until__gte=period.start), since__lte=period.end, kind=Assignment.Kind.STEADY
    )
    return [one for one in running.defer("reason") if one.family_id in families]


def _visitors(person: Person, assigned: Sequence[Assignment]) -> dict[UUID, tuple[Person, Work]]:
    """Give the visitors who work here, and those who visited somebody in the period."""
    then = {one.visitor_id for one in assigned}
    found = access.visible(person, Person).filter(Q(is_active=True, role=Role.VISITOR) | Q(id__in=then))
    return {one.pk: (one, Work()) for one in found}


def _came(program: Program, period: Period) -> dict[UUID, int]:
    held = Attendance.objects.filter(
        socialization__status=Visit.Status.DONE,
        socialization__at__gte=_start(period, program),
        socialization__at__lt=_end(period, program),
    )
    return dict(held.values_list("family").annotate(number=Count("id")))


class Minutes(Func):
    """The whole minutes between two times, reckoned in the database.

    Django subtracts times on SQLite by a function in Python, row by row: that takes ten times as long.
    """

    output_field = IntegerField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        # A day's fraction is not quite exact: the summand, half a millisecond, keeps 90 minutes from being 89.
        whole = "CAST((julianday(%(expressions)s)) * 1440 + 0.00001 AS INTEGER)"
        return self._between(") - julianday(", whole, compiler, connection, more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        whole = "CAST(FLOOR(EXTRACT(EPOCH FROM (%(expressions)s)) / 60) AS INTEGER)"
        return self._between(" - ", whole, compiler, connection, more)

    def _between(self, less: str, template: str, compiler: Any, connection: Any, more: dict[str, Any]) -> Any:
        since_first = self.copy()
        since_first.set_source_expressions(self.get_source_expressions()[::-1])
        return super(Minutes, since_first).as_sql(
            compiler, connection, template=template, arg_joiner=less, **more
        )


def _visits(program: Program, period: Period) -> QuerySet[Visit]:
    there = Visit.caregivers.through._default_manager.filter(visit=OuterRef("pk"))
    return Visit.objects.filter(
        planned_at__gte=_start(period, program), planned_at__lt=_end(period, program)
    ).annotate(
        counts=ExpressionWrapper(Q(Exists(there), is_appointment=False), output_field=BooleanField()),
        makes=ExpressionWrapper(Q(makes_up__isnull=False), output_field=BooleanField()),
        lasted=Minutes(F("started_at"), F("ended_at")),
    )


def _by(visits: QuerySet[Visit], group: str) -> Iterable[tuple[Any, ...]]:
    """Count visits in the database, group by group: the rows are few, however many the visits."""
    rows = visits.order_by().values_list(group, "status", "counts", "makes", "lasted")
    return rows.annotate(number=Count("pk")).iterator()


def _add(work: Work, told: Sequence[Any], period: Period) -> None:
    status, is_counted, makes, lasted, number = told
    if status == Visit.Status.DONE and is_counted:
        minutes = lasted or 0
        work.done += number
        work.minutes[minutes] += number
        work.short += number * (minutes < (rule("minutes_a_visit", period.end).value or 0))
        work.made_up += number * makes
    work.cancelled_by_family += number * (status == Visit.Status.CANCELLED_BY_FAMILY)
    work.cancelled_by_program += number * (status == Visit.Status.CANCELLED_BY_PROGRAM)
    work.attempted += number * (status == Visit.Status.ATTEMPTED)


def _add_assigned(
    work: Work, one: Assignment, family: _Enrolled, came: Mapping[UUID, int], period: Period
) -> None:
    first, last = max(one.since, period.start), min(one.until or period.end, period.end)
    if first <= last:
        work.expected += family.expected(period, first, last)
    if family.is_here(period.end) and (one.until is None or one.until >= period.end):
        work.families += 1
        work.groups += came.get(family.id, 0)


def _languages(families: Iterable[_Enrolled]) -> tuple[tuple[str, int | None], ...]:
    """Give how many families speak which language most at home."""
    spoken = Counter(family.languages[0] for family in families if family.languages)
    return tuple(sorted(told_from_ten(spoken).items(), key=lambda one: (-spoken[one[0]], one[0])))


def _ages(on: date) -> tuple[tuple[int, int | None], ...]:
    """Give how many enrolled children are how many years old."""
    there = Family.objects.filter(enrolled(on), enrolled_on__lte=on)
    born = Child.objects.filter(enrolled=True, born_on__lte=on, family__in=there.values("id"))
    years = Counter(
        min(months_old(day, on) // 12, YEARS[-1]) for day in born.values_list("born_on", flat=True)
    )
    return tuple(told_from_ten({year: years[year] for year in YEARS}).items())


def told_from_ten(numbers: Mapping[Any, int]) -> dict[Any, int | None]:
    """Give numbers of people, those under ten as None, and so many more that none can be reckoned back.

        >>> told_from_ten({"spa": 30, "eng": 25, "mam": 3, "quc": 12})
        {'spa': 30, 'eng': 25, 'mam': None, 'quc': None}
        >>> told_from_ten({"spa": 30, "mam": 4, "quc": 7}), told_from_ten({"spa": 30, "mam": 0})
        ({'spa': 30, 'mam': None, 'quc': None}, {'spa': 30, 'mam': 0})

    Nobody is nobody: a zero is told.
    """
    hidden = {name for name, number in numbers.items() if 0 < number < TOLD_FROM}
    rest = sorted((name for name in numbers if numbers[name] >= TOLD_FROM), key=lambda name: numbers[name])
    while rest and hidden and (len(hidden) == 1 or sum(numbers[name] for name in hidden) < TOLD_FROM):
        hidden.add(rest.pop(0))
    return {name: None if name in hidden else number for name, number in numbers.items()}


def median(numbers: Mapping[int, int]) -> int | None:
    """Give the number in the middle, of numbers and how often each is there; of two in the middle the lower.

    >>> median({90: 3, 45: 1, 95: 2}), median({60: 1, 90: 1}), median({})
    (90, 60, None)
    """
    middle = (sum(numbers.values()) + 1) // 2
    for number in sorted(numbers):
        middle -= numbers[number]
        if middle <= 0:
            return number
    return None


def _start(period: Period, program: Program) -> datetime:
    return datetime.combine(period.start, time.min, program.zone)


def _end(period: Period, program: Program) -> datetime:
    return datetime.combine(period.end + timedelta(days=1), time.min, program.zone)
