"""A coordinator opens what was written of a family, with a reason, until the end of her day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Family, Opening, ParentRequest, Person, Program


@action
def begin(
    *, id: UUID, family: Family, reason: str, request: ParentRequest | None = None, by: Person, at: datetime
) -> Opening:
    """Open a family's record to this one person. The reason stays with the family and the log has a line."""
    if request and request.family_id != family.id:
        raise NotPossible("not-this-request")
    until = end_of_day(at, Program.objects.get().zone)
    facts = {"family": family, "person": by, "reason": reason, "request": request}
    return Opening.objects.get_or_create(id=id, defaults={**facts, "at": at, "until": until, "made_at": at})[
        0
    ]


@action
def close(*, opening: Opening, by: Person, at: datetime) -> Opening:
    """Close it before the day is over."""
    opening = locked(opening)
    if at < opening.until:
        opening.until = at
        opening.save(update_fields=["until"])
    return opening


def end_of_day(at: datetime, zone: ZoneInfo) -> datetime:
    """Give the next midnight on a clock.

    >>> from datetime import UTC
    >>> end_of_day(datetime(2026, 11, 24, 3, 0, tzinfo=UTC), ZoneInfo("America/Chicago")).isoformat()
    '2026-11-24T00:00:00-06:00'
    """
    return datetime.combine(at.astimezone(zone).date() + timedelta(days=1), time.min, tzinfo=zone)
