"""A visit's plan, made with the parent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from apego.records.actions.acting import NotPossible, action
from apego.records.actions.variants import edit
from apego.records.actions.visits import NOT_HELD, still_open
from apego.records.models import Caregiver, Person, Plan, Variant, Visit


class Planned(TypedDict, total=False):
    """What a plan may hold. Everything may stay empty: a plan with nothing special is a plan."""

    noticed: str
    hope: str
    invitations: list[str]
    own_idea: str
    questions: list[str]
    own_question: str
    bring: str
    made_with: Sequence[Caregiver]


@action
def write(
    *, visit: Visit, base_version: int, by: Person, at: datetime, **planned: Unpack[Planned]
) -> Plan | Variant:
    """Write the plan of a visit. One that is not there yet has version 0."""
    now = still_open(visit)
    if now.status in NOT_HELD:
        raise NotPossible("not-held")
    plan, is_new = Plan.objects.get_or_create(visit=now, defaults={"by": by, "made_at": at, "version": 0})
    if is_new:
        base_version = 0
    return edit(plan, base_version=base_version, changes=planned, by=by, at=at)
