"""A supervisor's visitors and their families: visits held and due, families not met for a while, sessions.

Counts of visits are open to the supervisor. Nothing of how anybody talks is here, nobody is put before
anybody else, and visitors always stand in the order of their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from apego.listening.folded import fold
from apego.practice.rules import rule
from apego.records import access
from apego.records.families import enrolled
from apego.records.gatherings import GroupStanding, group_standings
from apego.records.models import (
    Assignment,
    Contact,
    Family,
    Person,
    Program,
    Role,
    Supervision,
    Transcript,
    Visit,
)
from apego.records.reflecting import conversations
from apego.records.today import HELD, QUIET_AFTER
from apego.records.visiting import Standing, standings

SESSIONS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Visited:
    """A family of a visitor's: how its visits and groups stand, and when they last met.

    `met_at` is the last visit, `called_at` the last call or message. `is_quiet` says that there was neither
    for more than a week and a day. `visitors` are all who visit it steadily; `covers` is the
    assignment of somebody who covers there now, or by which this visitor covers.
    """

    family: Family
    standing: Standing
    groups: GroupStanding
    met_at: datetime | None
    called_at: datetime | None
    is_quiet: bool
    next_at: datetime | None
    visitors: tuple[Person, ...]
    covers: Assignment | None
    is_cover: bool


@dataclass(frozen=True, slots=True)
class Caseload:
    """A visitor's families today. The sums are of the families, those that she covers left out."""

    visitor: Person
    families: tuple[Visited, ...]
    last_session: Supervision | None
    next_session: Supervision | None

    @property
    def own(self) -> tuple[Visited, ...]:
        return tuple(one for one in self.families if not one.is_cover)

    @property
    def covered(self) -> tuple[Visited, ...]:
        return tuple(one for one in self.families if one.is_cover)

    @property
    def quiet(self) -> tuple[Visited, ...]:
        return tuple(one for one in self.families if one.is_quiet)

    @property
    def done(self) -> int:
        return sum(one.standing.done for one in self.own)

    @property
    def expected(self) -> int:
        return sum(one.standing.expected for one in self.own)

    @property
    def a_year(self) -> int:
        return sum(one.standing.from_enrolment for one in self.own)

    @property
    def owed(self) -> int:
        return sum(len(one.standing.owed) for one in self.own)

    @property
    def to_try(self) -> int:
        return sum(one.standing.to_try for one in self.own)

    @property
    def groups_came(self) -> int:
        return sum(one.groups.came for one in self.own)

    @property
    def groups_expected(self) -> int:
        return sum(one.groups.expected for one in self.own)


@dataclass(frozen=True, slots=True)
class Size:
    """The standards' size of a caseload: an average between two numbers, and the most that one visitor has."""

    least: int
    most: int


def size(on: date) -> Size:
    """Give how many families the standards see with a visitor (45 CFR 1302.22(b)).

    >>> size(date(2026, 11, 23))
    Size(least=10, most=12)
    """
    least, most = rule("caseload_average_least", on).value, rule("caseload_most", on).value
    assert least is not None and most is not None  # noqa: S101 - numbers, by the content's own test
    return Size(least, most)


def visitors_of(supervisor: Person) -> list[Person]:
    """Give a supervisor's visitors who work here, in the order of their names."""
    hers = access.visible(supervisor, Person).filter(supervisor=supervisor, role=Role.VISITOR, is_active=True)
    return sorted(hers, key=lambda person: (fold(person.name), person.login))


def caseloads(person: Person, visitors: Sequence[Person], program: Program, at: datetime) -> list[Caseload]:
    """Give the caseload of each visitor, in the order given. The number of queries does not grow with them."""
    on = timezone.localtime(at).date()
    assigned = _assigned(person, visitors, on)
    families = list({one.family_id: one.family for one in assigned}.values())
    around = _around(person, families, on)
    told = _Facts(
        standings=standings(families, program, on),
        groups=group_standings(families, program, on),
        met=_last(_visits(person, families).filter(status__in=HELD, planned_at__lte=at), "planned_at"),
        called=_last(access.visible(person, Contact).filter(family__in=families, at__lte=at), "at"),
        ahead=dict(
            _visits(person, families)
            .filter(status=Visit.Status.PLANNED, planned_at__gt=at)
            .values_list("family")
            .annotate(next=Min("planned_at"))
        ),
    )
    last, ahead = _sessions(person, visitors, at)
    return [
        Caseload(
            visitor=visitor,
            families=_in_order(
                _visited(one, around[one.family_id], told, at)
                for one in assigned
                if one.visitor_id == visitor.pk
            ),
            last_session=last.get(visitor.pk),
            next_session=ahead.get(visitor.pk),
        )
        for visitor in visitors
    ]


@dataclass(frozen=True, slots=True)
class _Facts:
    standings: Mapping[UUID, Standing]
    groups: Mapping[UUID, GroupStanding]
    met: Mapping[UUID, datetime]
    called: Mapping[UUID, datetime]
    ahead: Mapping[UUID, datetime]


def _assigned(person: Person, visitors: Sequence[Person], on: date) -> list[Assignment]:
    running = access.visible(person, Assignment).filter(Assignment.on(on), visitor__in=visitors)
    there = Family.objects.filter(enrolled(on))
    return list(running.filter(family__in=there).select_related("family", "covers"))


def _around(person: Person, families: Sequence[Family], on: date) -> dict[UUID, list[Assignment]]:
    """Give everybody who visits each family today."""
    running = access.visible(person, Assignment).filter(Assignment.on(on), family__in=families)
    found: dict[UUID, list[Assignment]] = {family.pk: [] for family in families}
    for one in running.select_related("visitor", "covers").order_by("since"):
        found[one.family_id].append(one)
    return found


def _visits(person: Person, families: Sequence[Family]) -> QuerySet[Visit]:
    return access.visible(person, Visit).filter(family__in=families)


def _last(found: QuerySet[Visit] | QuerySet[Contact], when: str) -> dict[UUID, datetime]:
    return dict(found.values_list("family").annotate(last=Max(when)))


def _visited(assignment: Assignment, around: Sequence[Assignment], told: _Facts, at: datetime) -> Visited:
    id = assignment.family_id
    met, called = told.met.get(id), told.called.get(id)
    last = max((moment for moment in (met, called) if moment), default=None)
    is_cover = assignment.kind == Assignment.Kind.COVER
    covers = (
        assignment
        if is_cover
        else next((one for one in around if one.covers_id == assignment.visitor_id), None)
    )
    return Visited(
        family=assignment.family,
        standing=told.standings[id],
        groups=told.groups[id],
        met_at=met,
        called_at=called,
        is_quiet=last is None or at - last > QUIET_AFTER,
        next_at=told.ahead.get(id),
        visitors=tuple(one.visitor for one in around if one.kind == Assignment.Kind.STEADY),
        covers=next((one for one in around if covers and one.pk == covers.pk), covers),
        is_cover=is_cover,
    )


def _in_order(visited: Iterable[Visited]) -> tuple[Visited, ...]:
    return tuple(sorted(visited, key=lambda one: (one.is_cover, fold(one.family.name), str(one.family.pk))))


def _sessions(
    person: Person, visitors: Sequence[Person], at: datetime
) -> tuple[dict[UUID, Supervision], dict[UUID, Supervision]]:
    """Give each visitor's last session and her next one."""
    mine = access.visible(person, Supervision).filter(visitor__in=visitors)
    past = mine.filter(at__lte=at).values_list("visitor").annotate(at=Max("at"))
    ahead = mine.filter(at__gt=at).values_list("visitor").annotate(at=Min("at"))
    wanted = Q(pk__in=[])
    for visitor, when in (*past, *ahead):
        wanted |= Q(visitor=visitor, at=when)
    found = list(mine.filter(wanted))
    return (
        {one.visitor_id: one for one in found if one.at <= at},
        {one.visitor_id: one for one in found if one.at > at},
    )


def sessions(person: Person, visitor: Person) -> list[Supervision]:
    """Give the sessions of a visitor that this person held or had, the newest first."""
    found = (
        access.visible(person, Supervision).filter(visitor=visitor).select_related("supervisor", "visitor")
    )
    return list(found.order_by("-at")[:SESSIONS_SHOWN])


def agreed_last(session_before: datetime, person: Person, visitor: Person) -> Supervision | None:
    """Give the last session before a moment in which something was agreed."""
    earlier = access.visible(person, Supervision).filter(visitor=visitor, at__lt=session_before)
    return next((one for one in earlier.order_by("-at")[:SESSIONS_SHOWN] if one.agreements), None)


def shared(person: Person, visitor: Person) -> list[Transcript]:
    """Give the conversations that a visitor shared, the newest first, each with its latest reflection's id."""
    return list(conversations(person).filter(by=visitor, shared_at__isnull=False)[:SESSIONS_SHOWN])
