"""The days that matter to a family besides its birthdays, and the small attentions that were given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apego.records.actions import variants
from apego.records.actions.acting import action, locked
from apego.records.models import Caregiver, Child, Family, Memento, Occasion, Person, Variant


@action
def add(
    *,
    id: UUID,
    family: Family,
    day: str,
    kind: str = "",
    what: str = "",
    child: Child | None = None,
    caregiver: Caregiver | None = None,
    by: Person,
    at: datetime,
) -> Occasion:
    """Note an important day: `day` is MM-DD and comes every year, `kind` is an id of practice.visiting."""
    facts = {"family": family, "day": day, "kind": kind, "what": what, "child": child, "caregiver": caregiver}
    return Occasion.objects.get_or_create(id=id, defaults={**facts, "made_at": at})[0]


@action
def change(
    *, occasion: Occasion, base_version: int, changes: Mapping[str, Any], by: Person, at: datetime
) -> Occasion | Variant:
    return variants.edit(occasion, base_version=base_version, changes=changes, by=by, at=at)


@action
def remove(*, occasion: Occasion, by: Person, at: datetime) -> Occasion:
    """Take a day off the list. What was once done on it stays known."""
    occasion = locked(occasion)
    if occasion.removed_at is None:
        occasion.removed_at = at
        occasion.save(update_fields=["removed_at"])
    return occasion


@action
def bring_back(*, occasion: Occasion, by: Person, at: datetime) -> Occasion:
    """Undo a removal."""
    occasion = locked(occasion)
    occasion.removed_at = None
    occasion.save(update_fields=["removed_at"])
    return occasion


@action
def keep_memento(
    *,
    id: UUID,
    family: Family,
    on: date,
    words: str,
    child: Child | None = None,
    caregiver: Caregiver | None = None,
    occasion: Occasion | None = None,
    by: Person,
    at: datetime,
) -> Memento:
    """Keep what was given or done, so that next year it is remembered."""
    facts = {"family": family, "on": on, "words": words, "child": child, "caregiver": caregiver}
    return Memento.objects.get_or_create(
        id=id, defaults={**facts, "occasion": occasion, "by": by, "made_at": at}
    )[0]
