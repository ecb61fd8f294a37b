"""A legal hold: set with a reason, lifted by a person. While one stands, nothing of the family is destroyed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apego.records.actions.acting import action, locked
from apego.records.models import Family, Hold, Person


@action
def set_up(*, id: UUID, family: Family, reason: str, by: Person, at: datetime) -> Hold:
    """Stop every clock of destruction of a family. The family is locked, so that no destruction slips past."""
    family = locked(family)
    return Hold.objects.get_or_create(
        id=id, defaults={"family": family, "reason": reason, "by": by, "since": at, "made_at": at}
    )[0]


@action
def lift(*, hold: Hold, by: Person, at: datetime) -> Hold:
    """Let the clocks run again. Another hold of the same family still stands."""
    hold = locked(hold)
    if hold.lifted_at is None:
        hold.lifted_at, hold.lifted_by = at, by
        hold.save(update_fields=["lifted_at", "lifted_by"])
    return hold
