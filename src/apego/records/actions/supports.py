"""How a parent is doing, as the parent tells it, and what was done about it. Never a diagnosis."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from apego.records.actions.acting import action
from apego.records.models import Caregiver, Family, Person, Support


@action
def note(
    *,
    id: UUID,
    family: Family,
    on: date,
    area: str,
    kind: str = "",
    step: str = "",
    caregiver: Caregiver | None = None,
    words: str = "",
    by: Person,
    at: datetime,
) -> Support:
    """Note how a parent is doing in an area, and what was done about it; ids are of practice.supports."""
    facts = {"family": family, "on": on, "area": area, "kind": kind, "step": step, "caregiver": caregiver}
    return Support.objects.get_or_create(id=id, defaults={**facts, "words": words, "by": by, "made_at": at})[
        0
    ]
