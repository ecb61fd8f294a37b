"""What the office has to do: requests and their clock, holds, notices, who cannot sign in yet; a family's log.

What is due for destruction is the subject of `retention`, the age of backups of `backups`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from apego.records import access, people
from apego.records.families import enrolled
from apego.records.models import AnnualNotice, Family, Hold, Line, Opening, ParentRequest, Person

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits, and the days that are left for its answer; below zero it is late."""

    request: ParentRequest
    days: int

    @property
    def is_late(self) -> bool:
        return self.days < 0

    @property
    def days_late(self) -> int:
        return -self.days


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the log with the name of who it was; empty where the schedule did it, or the person is not known."""

    line: Line
    who: str


def waiting(person: Person, on: date, family: Family | None = None) -> list[Waiting]:
    """Give the requests that wait for an answer, the nearest day first."""
    found = (
        access.visible(person, ParentRequest).filter(answered_on=None).select_related("family", "caregiver")
    )
    if family:
        found = found.filter(family=family)
    return [Waiting(request, (request.due_on - on).days) for request in found.order_by("due_on", "made_at")]


def standing_holds(person: Person) -> QuerySet[Hold]:
    found = access.visible(person, Hold).filter(lifted_at=None)
    return found.select_related("family", "by").order_by("since")


def open_now(person: Person, family: Family, at: datetime) -> Opening | None:
    """Give the reason under which this person may read what was written of a family now, if she gave one."""
    found = access.visible(person, Opening).filter(person=person, family=family, until__gt=at)
    return found.select_related("request").order_by("-until").first()


def without_notice(person: Person, on: date) -> QuerySet[Family]:
    """Give the enrolled families that have had no notice of their rights within a year (45 CFR 1303.22(e))."""
    given = access.visible(person, AnnualNotice).filter(on__gt=on - A_YEAR)
    found = access.visible(person, Family).filter(enrolled(on))
    return found.exclude(pk__in=given.values("family")).order_by("enrolled_on", "made_at")


def to_let_in(person: Person, at: datetime) -> list[Person]:
    """Give the people who work here and cannot sign in: no password, and no link that opens."""
    staff = people.staff(person, at)
    return [
        one
        for one in staff
        if one.is_active and not one.has_usable_password() and not one.open_links  # type: ignore[attr-defined]
    ]


def log_of(person: Person, family: Family) -> QuerySet[Line]:
    """Give the family's log, the newest line first: every look, change and disclosure, by whom and when."""
    return access.visible(person, Line).filter(family=family.pk).order_by("-at", "-id")


def with_names(person: Person, lines: Sequence[Line]) -> list[Told]:
    """Give lines with the names of the people in them: ids stand in the log, names only here."""
    ids: set[UUID] = {line.by for line in lines if line.by}
    names = {one.pk: one.name for one in access.visible(person, Person).filter(pk__in=ids)}
    return [Told(line, names.get(line.by, "") if line.by else "") for line in lines]


def statements(person: Person, family: Family) -> list[ParentRequest]:
    """Give what parents put beside their record: it goes out with every disclosure and every copy."""
    refused = access.visible(person, ParentRequest).filter(family=family, answer=ParentRequest.Answer.REFUSED)
    return [one for one in refused.select_related("caregiver").order_by("answered_on") if one.statement]
