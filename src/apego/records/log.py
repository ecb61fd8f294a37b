"""The log: every look at a family's record, every change, every disclosure. Lines of ids, never of words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Model

from apego.records.models import Line, Person
from apego.records.models.kept import Kept


def family_of(thing: Model) -> UUID | None:
    """Give the id of the family that a record belongs to, or None where it is of no family."""
    if not isinstance(thing, Kept) or not thing.FAMILY:
        return None
    found: object = thing
    for step in thing.FAMILY.split("__"):
        found = getattr(found, "id" if step == "id" else f"{step}_id" if step == "family" else step)
    return found if isinstance(found, UUID) else None


def write(*, by: Person | None, at: datetime, verb: str, thing: Model | None) -> None:
    """Write one line: who, when, what, and to which record."""
    Line.objects.create(
        at=at,
        by=by.id if by else None,
        verb=verb,
        kind=type(thing).__name__.lower() if thing else "",
        thing=thing.pk if thing and isinstance(thing.pk, UUID) else None,
        family=family_of(thing) if thing else None,
    )


def looked(*, by: Person, at: datetime, at_what: Model) -> None:
    """Write that somebody looked at a family's record, or at a part of it."""
    write(by=by, at=at, verb="looked", thing=at_what)
