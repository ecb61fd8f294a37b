"""A visitor's calendar for the phone's own: times and links, no names, at a secret address that can be revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from icalendar import Calendar, Event

from apego.records.models import CalendarAddress, Person, Visit

BEFORE, AHEAD = timedelta(days=30), timedelta(days=120)
USUAL = timedelta(minutes=90)


def hashed(token: str) -> str:
    """Give what is kept of a secret address: who reads the database cannot open it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    return secrets.token_urlsafe(32)


def owner(token: str) -> Person | None:
    """Give whose address it is; nobody's where it was revoked or never was."""
    kept = CalendarAddress.objects.filter(token_hash=hashed(token), revoked_at=None, person__is_active=True)
    found = kept.select_related("person").first()
    return found.person if found else None


def calendar(person: Person, at: datetime, *, title: str, link: Callable[[UUID], str]) -> bytes:
    """Give a person's visits as iCalendar (RFC 5545): `title` for every one of them, and a link to its page."""
    made = Calendar()
    made.add("prodid", "-//Apego//")
    made.add("version", "2.0")
    for visit in _visits(person, at):
        event = Event()
        event.add("uid", f"{visit.id}@apego")
        event.add("dtstamp", at)
        event.add("dtstart", visit.when)
        event.add("dtend", visit.ended_at or visit.planned_at + USUAL)
        event.add("summary", title)
        event.add("url", link(visit.id))
        made.add_component(event)
    return bytes(made.to_ical())


def _visits(person: Person, at: datetime) -> list[Visit]:
    around = Q(planned_at__gte=at - BEFORE, planned_at__lt=at + AHEAD)
    held = Q(status__in=(Visit.Status.PLANNED, Visit.Status.UNDER_WAY, Visit.Status.DONE))
    return list(Visit.objects.filter(around, held, visitors=person).order_by("planned_at"))


def address_since(person: Person) -> date | None:
    """Give since when a person has a calendar address, or None."""
    kept = CalendarAddress.objects.filter(person=person, revoked_at=None).order_by("-made_at").first()
    return kept.made_at.date() if kept else None
