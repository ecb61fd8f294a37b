"""Questions about families: whose they are today, in the order of their names, and what to know at the door.

What was written of a family over time is the subject of `apego.records.story`, its days of `occasions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from apego.listening.folded import fold
from apego.records import access
from apego.records.models import Assignment, Caregiver, Family, Person, SafetyNote, Visit, VisitPart
from apego.records.names import folded

PROMISE = "promises_visitor"  # practice.planning: what the visitor said that she would do


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """What fits one look before the door, besides the family's own facts."""

    safety_notes: int
    promise: str
    promised: Visit | None


def enrolled(on: date) -> Q:
    """The condition that a family is with the program on a day."""
    return Q(left_on=None) | Q(left_on__gte=on)


def by_name(person: Person, on: date) -> list[UUID]:
    """Give the ids of a person's families in the order of their names, as people look them up.

    Names are sealed, so no database can sort them.
    """
    left = set(access.visible(person, Family).exclude(enrolled(on)).values_list("id", flat=True))
    names = folded(person, Family)
    in_order = (UUID(key) for key in sorted(names, key=lambda key: (names[key], key)))
    return [family for family in in_order if family not in left]


def listed(person: Person, ids: Sequence[UUID], on: date) -> list[Family]:
    """Give families for a list, in the order of their ids: people, who visits, and when each was last seen.

    `seen_at` is the last visit that was held, among those that this person may see.
    """
    held = access.visible(person, Visit).filter(family=OuterRef("pk"), status=Visit.Status.DONE)
    seen_at = held.order_by("-started_at").values("started_at")[:1]
    found = with_people(person, on).annotate(seen_at=Subquery(seen_at)).in_bulk(list(ids))
    return [found[one] for one in ids if one in found]


def with_people(person: Person, on: date) -> QuerySet[Family]:
    """Give the query that fetches a family's people and today's visitors along."""
    visiting = (
        access.visible(person, Assignment).filter(Assignment.on(on)).select_related("visitor", "covers")
    )
    at_home = access.visible(person, Caregiver).filter(Q(left_on=None) | Q(left_on__gt=on))
    return access.visible(person, Family).prefetch_related(
        "children",
        Prefetch("caregivers", queryset=at_home, to_attr="at_home"),
        Prefetch("assignments", queryset=visiting.order_by("-kind", "since"), to_attr="visiting"),
    )


def written_is_open(person: Person, family: Family) -> bool:
    """True when a person may read what was written of a family: the office only for an open reason."""
    return not person.is_coordinator or access.families_opened(person).filter(pk=family.pk).exists()


def next_visit(person: Person, family: Family, since: datetime) -> Visit | None:
    """Give the visit that is under way or comes next."""
    coming = Q(status=Visit.Status.UNDER_WAY) | Q(status=Visit.Status.PLANNED, planned_at__gte=since)
    return access.visible(person, Visit).filter(coming, family=family).order_by("planned_at").first()


def name_of_visitor(person: Person, family: Family, on: date) -> str:
    """Give the name in which a family is spoken to: a visitor's own, or its visitor's of that day, if any."""
    if person.is_visitor:
        return str(person.name)
    visiting = access.visible(person, Assignment).filter(Assignment.on(on), family=family)
    first = visiting.select_related("visitor").order_by("-kind", "since").first()
    return str(first.visitor.name) if first else ""


def at_the_door(person: Person, family: Family) -> AtTheDoor:
    """Give how many safety notes there are (never their words) and what was promised last."""
    parts = (
        access.visible(person, VisitPart).filter(visit__family=family, part=PROMISE).select_related("visit")
    )
    last = next((part for part in parts.order_by("-visit__planned_at")[:3] if part.words), None)
    return AtTheDoor(
        safety_notes=access.visible(person, SafetyNote).filter(family=family).count(),
        promise=last.words if last else "",
        promised=last.visit if last else None,
    )


def by_visitor(supervisor: Person, families: Sequence[Family]) -> list[tuple[Person, list[Family]]]:
    """Give families under each visitor of a supervisor, by their names. A shared family stands under both."""
    groups: dict[UUID, tuple[Person, list[Family]]] = {}
    for family in families:
        hers = (one for one in family.visiting if one.visitor.supervisor_id == supervisor.pk)  # type: ignore[attr-defined]
        for assignment in hers:
            groups.setdefault(assignment.visitor_id, (assignment.visitor, []))[1].append(family)
    return sorted(groups.values(), key=lambda group: fold(group[0].name))
