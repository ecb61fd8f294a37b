"""What somebody is typing, kept while she types. Apart from the record: no action, no history, no log."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from apego.records.models import Delivery, Draft, Family, Person

LARGEST = 200_000  # code points of one form; a visit's words are a hundredth of it


def save(
    *,
    person: Person,
    place: str,
    family: Family | None,
    content: dict[str, Any],
    at: datetime,
    delivery: UUID | None = None,
) -> Draft | None:
    """Keep what stands in a form now, in place of what stood there before.

    A draft that comes after its own form was sent (`delivery`) is late and is dropped: it would bring
    back what is kept already.
    """
    if delivery and Delivery.objects.filter(key=delivery).exists():
        return None
    if len(repr(content)) > LARGEST:
        return None
    draft, _ = Draft.objects.update_or_create(
        person=person,
        place=place,
        defaults={"family": family, "content": content, "saved_at": at},
        create_defaults={"family": family, "content": content, "saved_at": at, "made_at": at},
    )
    return draft


def of(person: Person, beginning: str) -> dict[str, Draft]:
    """Give a person's drafts of all places that begin so, by their place."""
    return {draft.place: draft for draft in Draft.objects.filter(person=person, place__startswith=beginning)}


def forget(person: Person, place: str) -> None:
    """Drop a draft: it was kept, or is not wanted."""
    Draft.objects.filter(person=person, place=place).delete()
