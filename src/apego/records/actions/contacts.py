"""A call, a message, a word in passing: what keeps a family and its visitor together between visits."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apego.records.actions.acting import action
from apego.records.models import Caregiver, Contact, Family, Person


@action
def record(
    *,
    id: UUID,
    family: Family,
    when: datetime,
    how: str,
    caregiver: Caregiver | None = None,
    words: str = "",
    by: Person,
    at: datetime,
) -> Contact:
    """Record a contact: when it was, how (an id of practice.visiting), with whom, and what was said."""
    facts = {"family": family, "at": when, "how": how, "caregiver": caregiver, "words": words, "by": by}
    return Contact.objects.get_or_create(id=id, defaults={**facts, "made_at": at})[0]
