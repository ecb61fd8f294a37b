"""What is ahead of a visitor: today's and this week's visits, families that went unseen, days that matter.

A safety note is never here: the page may lie open on a table in somebody's home.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone

from apego.records import access, occasions
from apego.records.models import (
    Assignment,
    Contact,
    Family,
    Moment,
    Person,
    Visit,
    VisitPart,
)

WEEK = timedelta(days=7)
QUIET_AFTER = timedelta(days=8)  # visits are weekly: more than a week and a day is worth a call
DAYS_AHEAD = 14
HELD = (Visit.Status.DONE, Visit.Status.UNDER_WAY)
OPEN = (Visit.Status.PLANNED, Visit.Status.UNDER_WAY)
PROMISED = "promises_visitor"


@dataclass(frozen=True, slots=True)
class Ahead:
    """A visit that is coming: with the parent's words of last time and what the visitor promised."""

    visit: Visit
    has_plan: bool
    covers: bool
    with_whom: tuple[Person, ...]
    said: str
    said_language: str
    promised: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """A family that was neither seen nor called for a while; `days` is None where it never was."""

    family: Family
    days: int | None
    missed: int  # visits since then that were cancelled or attempted


@dataclass(frozen=True, slots=True)
class Today:
    on: date
    today: tuple[Ahead, ...]
    week: tuple[Ahead, ...]
    unseen: tuple[Unseen, ...]
    days: tuple[occasions.DayAhead, ...]


def today(person: Person, at: datetime) -> Today:
    """Give what is ahead of a visitor at a moment. The number of queries does not grow with her families."""
    on = timezone.localtime(at).date()
    families = list(access.families_of(person, on).filter(Q(left_on=None) | Q(left_on__gte=on)))
    ahead = _ahead(person, on)
    return Today(
        on=on,
        today=tuple(one for one in ahead if _day(one.visit) == on),
        week=tuple(one for one in ahead if _day(one.visit) > on),
        unseen=tuple(_unseen(person, families, at)),
        days=tuple(occasions.ahead(person, families, on=on, within=DAYS_AHEAD)),
    )


def _day(visit: Visit) -> date:
    return timezone.localtime(visit.planned_at).date()


def _ahead(person: Person, on: date) -> list[Ahead]:
    start = datetime.combine(on, time.min, timezone.get_current_timezone())
    visits = list(
        access.visible(person, Visit)
        .filter(visitors=person, status__in=OPEN, planned_at__gte=start, planned_at__lt=start + WEEK)
        .select_related("family", "plan")
        .prefetch_related("visitors", "family__children")
        .order_by("planned_at")
    )
    last = _last_visits({visit.family_id for visit in visits}, start)
    promised = _promised(last.values())
    spoken = _spoken(last.values())
    covered = set(
        Assignment.objects.filter(Assignment.on(on), visitor=person, kind=Assignment.Kind.COVER).values_list(
            "family", flat=True
        )
    )
    return [_told(visit, person, last.get(visit.family_id), promised, spoken, covered) for visit in visits]


def _told(
    visit: Visit,
    person: Person,
    last: UUID | None,
    promised: Mapping[UUID, str],
    spoken: Mapping[UUID, Moment],
    covered: set[UUID],
) -> Ahead:
    moment = spoken.get(last) if last else None
    return Ahead(
        visit=visit,
        has_plan=hasattr(visit, "plan"),
        covers=visit.family_id in covered,
        with_whom=tuple(one for one in visit.visitors.all() if one != person),
        said=moment.parent_words if moment else "",
        said_language=moment.parent_language if moment else "",
        promised=promised.get(last, "") if last else "",
    )


def _last_visits(families: set[UUID], before: datetime) -> dict[UUID, UUID]:
    """Give the visit that each family had last."""
    latest = (
        Visit.objects.filter(family=OuterRef("pk"), status__in=HELD, planned_at__lt=before)
        .order_by("-planned_at")
        .values("id")[:1]
    )
    rows = Family.objects.filter(id__in=families).annotate(last=Subquery(latest)).values_list("id", "last")
    return {family: visit for family, visit in rows if visit}


def _promised(visits: Iterable[UUID]) -> dict[UUID, str]:
    return {
        part.visit_id: part.words for part in VisitPart.objects.filter(visit__in=list(visits), part=PROMISED)
    }


def _spoken(visits: Iterable[UUID]) -> dict[UUID, Moment]:
    """Give of each visit the last moment in which the parent's own words were kept."""
    kept = Moment.objects.filter(visit__in=list(visits), removed_at=None).order_by("at")
    return {moment.visit_id: moment for moment in kept if moment.parent_words and moment.visit_id}


def _unseen(person: Person, families: Sequence[Family], at: datetime) -> list[Unseen]:
    ids = [family.id for family in families]
    visits = access.visible(person, Visit).filter(family__in=ids, planned_at__lt=at)
    seen = dict(visits.filter(status__in=HELD).values_list("family").annotate(last=Max("planned_at")))
    contacts = access.visible(person, Contact).filter(family__in=ids, at__lte=at)
    called = dict(contacts.values_list("family").annotate(last=Max("at")))
    missed = list(
        visits.exclude(status__in=(*HELD, Visit.Status.PLANNED)).values_list("family", "planned_at")
    )
    found = []
    for family in families:
        last = max(
            (moment for moment in (seen.get(family.id), called.get(family.id)) if moment), default=None
        )
        if last is None or at - last > QUIET_AFTER:
            since = sum(one == family.id and (not last or when > last) for one, when in missed)
            found.append(Unseen(family, (at - last).days if last else None, since))
    return sorted(found, key=lambda one: -(one.days if one.days is not None else 10**6))
