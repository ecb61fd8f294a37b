"""What is done with a visit: planned, moved, not held and why, made up, held, finished, signed, added to.

What is written at a visit is the subject of `moments` and `plans`; weekly visits are laid out by `series`.
A finished visit takes signatures and addenda and nothing else: every action asks `still_open` first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypedDict, Unpack
from uuid import UUID

from apego.practice.planning import visit_parts
from apego.practice.visiting import outcomes, reasons_for
from apego.records.actions import series
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.actions.variants import edit
from apego.records.models import (
    Addendum,
    Caregiver,
    Child,
    Credit,
    Family,
    Moment,
    ParentRequest,
    Person,
    Plan,
    Signature,
    Variant,
    Visit,
    VisitPart,
)

LONGEST = timedelta(hours=8)  # past it, the morning was taken for the evening
CLOCKS_APART = timedelta(minutes=10)  # a phone's clock may go before the server's
DRAWING = re.compile(r"[ML0-9 .]{0,20000}", re.ASCII)
NOT_HELD = tuple(outcome for outcome in outcomes() if outcome != Visit.Status.DONE)


def still_open(visit: Visit) -> Visit:
    """Give the visit as it stands, held for this transaction. A finished one is refused."""
    now = locked(visit)
    if now.finished_at:
        raise NotPossible("already-finished")
    return now


@action
def schedule(
    *,
    id: UUID,
    family: Family,
    planned_at: datetime,
    visitors: Iterable[Person],
    by: Person,
    at: datetime,
    is_first: bool = False,
    makes_up: Visit | None = None,
) -> Visit:
    """Plan a visit. The children who are enrolled are expected to be there; who was, the visit itself tells."""
    facts = {"planned_at": planned_at, "is_first": is_first, "makes_up": makes_up}
    return _planned(id, family, visitors, at, facts)


def _planned(
    id: UUID, family: Family, visitors: Iterable[Person], at: datetime, facts: dict[str, Any]
) -> Visit:
    facts |= {"languages": list(family.home_languages), "interpreter": family.interpreter, "made_at": at}
    visit, is_new = Visit.objects.get_or_create(id=id, defaults={"family": family, **facts})
    if is_new:
        visit.visitors.set(visitors)
        visit.children.set(family.children.filter(enrolled=True))
    return visit


@action
def reschedule(
    *, visit: Visit, planned_at: datetime, base_version: int, by: Person, at: datetime
) -> Visit | Variant:
    """Move a visit that has not been held to another time."""
    now = still_open(visit)
    if now.status != Visit.Status.PLANNED:
        raise NotPossible("not-planned")
    return edit(
        now, base_version=base_version, changes={"planned_at": planned_at.astimezone(UTC)}, by=by, at=at
    )


@action
def not_held(*, visit: Visit, outcome: str, reason: str, by: Person, at: datetime) -> Visit:
    """Say that a visit was not held: cancelled by the family, by the program, or attempted, and why.

    The three are held apart because the standards count them apart (45 CFR 1302.22(c)(3)). A visit in which
    something was seen has been held, however short it was.
    """
    now = still_open(visit)
    if outcome not in NOT_HELD or (reason and reason not in {known.id for known in reasons_for(outcome)}):
        raise NotPossible("not-such-a-reason")
    if now.moments.filter(removed_at=None).exists() or now.credits.filter(removed_at=None).exists():
        raise NotPossible("has-moments")
    now.status, now.reason, now.started_at, now.ended_at = outcome, reason, None, None
    now.save(update_fields=["status", "reason", "started_at", "ended_at"])
    series.laid_out_after(now, at=at)
    return now


@action
def put_back(*, visit: Visit, by: Person, at: datetime) -> Visit:
    """Undo `not_held`: the visit is planned again."""
    now = still_open(visit)
    if now.status in NOT_HELD:
        now.status, now.reason = Visit.Status.PLANNED, ""
        now.save(update_fields=["status", "reason"])
    return now


@action
def make_up(*, id: UUID, visit: Visit, planned_at: datetime, by: Person, at: datetime) -> Visit:
    """Plan a visit that stands for one that was not held.

    Where the make-up fell through too, the next one stands for the first visit: one visit is owed, not two.
    """
    missed = locked(visit)
    while missed.makes_up:
        missed = locked(missed.makes_up)
    if missed.status not in NOT_HELD:
        raise NotPossible("nothing-to-make-up")
    standing = missed.made_up_by.exclude(status__in=NOT_HELD).first()
    if standing:
        return standing
    return _planned(
        id, missed.family, missed.visitors.all(), at, {"planned_at": planned_at, "makes_up": missed}
    )


@action
def start(*, visit: Visit, by: Person, at: datetime) -> Visit:
    """Begin a visit: at the door, not when it is written up. Beginning it again changes nothing."""
    now = under_way(visit, by)
    if now.started_at is None:
        now.started_at = at
        now.save(update_fields=["started_at"])
    return now


def under_way(visit: Visit, by: Person) -> Visit:
    """Give the visit, held and under way: whoever writes of it was there, and it was held."""
    now = still_open(visit)
    if now.status in NOT_HELD:
        raise NotPossible("not-held")
    if now.status == Visit.Status.PLANNED:
        now.status = Visit.Status.UNDER_WAY
        now.save(update_fields=["status"])
    if by.is_visitor:
        now.visitors.add(by)
    return now


class WhoWhenWhere(TypedDict, total=False):
    """What can be changed of a visit itself; what is not named stays."""

    visitors: Sequence[Person]
    children: Sequence[Child]
    caregivers: Sequence[Caregiver]
    others: str
    place: str
    languages: list[str]
    interpreter: str
    is_appointment: bool
    started_at: datetime | None
    ended_at: datetime | None


@action
def change(
    *, visit: Visit, base_version: int, by: Person, at: datetime, **changes: Unpack[WhoWhenWhere]
) -> Visit | Variant:
    """Write who took part, when and where."""
    now = still_open(visit)
    # In UTC, as the database gives it back: the same moment written twice is no edit.
    if begun := changes.get("started_at"):
        changes["started_at"] = begun.astimezone(UTC)
    if ended := changes.get("ended_at"):
        changes["ended_at"] = ended.astimezone(UTC)
    return edit(now, base_version=base_version, changes=changes, by=by, at=at)


@action
def write(
    *, visit: Visit, part: str, words: str, base_version: int, by: Person, at: datetime
) -> VisitPart | Variant:
    """Write a part of the visit: follow-up, what the parent said since, what is next, a promise.

    A part that is not there yet has version 0. Two who write the same part at once both keep their words.
    """
    if part not in written_parts():
        raise NotPossible("no-such-part")
    now = still_open(visit)
    kept, is_new = VisitPart.objects.get_or_create(
        visit=now, part=part, defaults={"words": words, "by": by, "made_at": at}
    )
    return kept if is_new else edit(kept, base_version=base_version, changes={"words": words}, by=by, at=at)


def written_parts() -> tuple[str, ...]:
    """Give the parts of a visit that are words; moments and credits are records of their own."""
    return tuple(part for part in visit_parts() if part not in ("moments", "credits"))


@action
def finish(*, visit: Visit, by: Person, at: datetime) -> Visit:
    """Fix the visit as it stands, and sign it as the person who is signed in.

    What is missing is named, one thing at a time, and nothing is lost by being refused. The visit that this
    person has finished before is given back: a second tap is no fault.
    """
    now = locked(visit)
    if now.finished_by_id == by.id:
        return now
    still_open(now)
    missing = missing_for_finish(now, at)
    if missing:
        raise NotPossible(missing)
    now.status, now.finished_at, now.finished_by = Visit.Status.DONE, at, by
    now.save(update_fields=["status", "finished_at", "finished_by"])
    if by.is_visitor:
        now.visitors.add(by)
    Signature.objects.get_or_create(
        visit=now, person=by, defaults={"how": Signature.How.SIGNED_IN, "at": at, "made_at": at}
    )
    series.laid_out_after(now, at=at)
    return now


def missing_for_finish(visit: Visit, at: datetime) -> str:
    """Give the code of what a visit still lacks before it can be finished, or nothing."""
    if visit.status in NOT_HELD:
        return "not-held"
    if visit.started_at is None or visit.ended_at is None:
        return "times-missing"
    if visit.ended_at <= visit.started_at:
        return "ends-before-it-begins"
    if visit.ended_at - visit.started_at > LONGEST:
        return "very-long"
    if visit.ended_at > at + CLOCKS_APART:
        return "ends-later"
    if not (visit.children.exists() and (visit.caregivers.exists() or visit.others)):
        return "nobody-took-part"
    return "two-edits-open" if open_variants(visit) else ""


def open_variants(visit: Visit) -> list[Variant]:
    """Give the edits of a visit, its plan, its parts, moments and credits that wait for somebody to decide."""
    waiting = list(
        Variant.objects.filter(family=visit.family_id, settled_at=None).select_related("by").order_by("at")
    )
    if not waiting:
        return []
    things = {visit.id}
    for kind in (Plan, VisitPart, Moment, Credit):
        things.update(kind._default_manager.filter(visit=visit).values_list("id", flat=True))
    return [variant for variant in waiting if variant.thing in things]


@action
def sign(
    *,
    visit: Visit,
    by: Person,
    at: datetime,
    caregiver: Caregiver | None = None,
    how: Signature.How = Signature.How.SIGNED_IN,
    drawing: str = "",
) -> Signature:
    """Sign a finished visit: the person who is signed in, or a caregiver on the screen or on paper.

    On paper, `by` is the one who saw it. The words that are signed stand fixed before, so nobody signs
    a blank form. Signing again gives the first signature.
    """
    now = locked(visit)
    if not now.finished_at:
        raise NotPossible("sign-when-finished")
    if (how == Signature.How.SIGNED_IN) != (caregiver is None):
        raise NotPossible("signs-for-herself")
    if not DRAWING.fullmatch(drawing) or (how == Signature.How.SCREEN) != bool(drawing):
        raise NotPossible("no-drawing")
    signed, _ = Signature.objects.get_or_create(
        visit=now,
        person=None if caregiver else by,
        caregiver=caregiver,
        defaults={
            "how": how,
            "drawing": drawing,
            "seen_by": by if how == Signature.How.PAPER else None,
            "at": at,
            "made_at": at,
        },
    )
    return signed


@action
def add(
    *, id: UUID, visit: Visit, words: str, by: Person, at: datetime, request: ParentRequest | None = None
) -> Addendum:
    """Add to a finished visit. The visit stays as it was signed; what is added stands below, with its date."""
    now = locked(visit)
    if not now.finished_at:
        raise NotPossible("add-when-finished")
    added, _ = Addendum.objects.get_or_create(
        id=id, defaults={"visit": now, "words": words, "by": by, "at": at, "made_at": at, "request": request}
    )
    return added
