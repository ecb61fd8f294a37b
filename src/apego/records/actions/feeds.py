"""A person's calendar address: made, revoked. There is one at a time."""

from __future__ import annotations

from datetime import datetime

from apego.records.actions.acting import action
from apego.records.feeds import hashed
from apego.records.models import CalendarAddress, Person


@action
def make(*, token: str, by: Person, at: datetime) -> CalendarAddress:
    """Make a new address for `by`; the old one no longer opens."""
    CalendarAddress.objects.filter(person=by, revoked_at=None).update(revoked_at=at)
    return CalendarAddress.objects.create(person=by, token_hash=hashed(token), made_at=at)


@action
def revoke(*, by: Person, at: datetime) -> Person:
    """Revoke every calendar address of `by`."""
    CalendarAddress.objects.filter(person=by, revoked_at=None).update(revoked_at=at)
    return by
