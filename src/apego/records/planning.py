"""What a plan opens on, and what it offers: the last visit, the words since, and invitations by age.

Choosing is the visitor's and the family's; nothing here decides. Content comes from `apego.practice`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import chain

from django.db.models import Q, QuerySet

from apego.practice.content import Text
from apego.practice.games import games
from apego.practice.invitations import Invitation, fitting
from apego.practice.materials import materials
from apego.practice.questions import purposes
from apego.practice.routines import routines
from apego.records.models import Assignment, Child, Contact, Family, Moment, Person, Role, Visit
from apego.records.noting import months_of

SORTS = {"routines": routines, "games": games, "materials": materials}
FROM_LAST_VISIT = ("next", "promises_visitor", "promises_parent")


@dataclass(frozen=True, slots=True)
class LastVisit:
    """What the last visit that was held left behind: what was seen, what was next, what was promised."""

    visit: Visit
    moments: tuple[Moment, ...]
    parts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation as it is offered to children of some ages: its id as it is kept, and one way for each age."""

    id: str
    name: Text
    ways: tuple[tuple[Text, Text], ...]
    safety: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    purpose: Text
    words: Text


def last_visit(visit: Visit) -> LastVisit | None:
    """Give the visit of the family that was held last before this one, in three queries."""
    held = visit.family.visits.filter(
        status__in=(Visit.Status.DONE, Visit.Status.UNDER_WAY), planned_at__lt=visit.planned_at
    )
    before = held.exclude(id=visit.id).order_by("-planned_at").first()
    if before is None:
        return None
    parts = {part.part: part.words for part in before.parts.all() if part.words}
    return LastVisit(before, tuple(before.moments.filter(removed_at=None).order_by("at")), parts)


def since(visit: Visit, last: LastVisit | None) -> tuple[Contact, ...]:
    """Give the contacts since the last visit: what the parent said between two visits stands there."""
    after = last.visit.planned_at if last else visit.family.made_at
    return tuple(visit.family.contacts.filter(at__gt=after).select_related("caregiver", "by").order_by("at"))


def offers(children: Iterable[Child], on: date) -> dict[str, tuple[Offer, ...]]:
    """Give the routines, games and materials for these children's ages; corrected for an early birth."""
    ages = months_of(children, on)
    return {
        sort: tuple(_offer(sort, one, ages) for one in known().values() if _fits(one, ages))
        for sort, known in SORTS.items()
    }


def laid_out(
    offers: Mapping[str, tuple[Offer, ...]], chosen: Container[str], on: date
) -> tuple[tuple[Offer, ...], dict[str, tuple[Offer, ...]]]:
    """Give what lies open on a plan, and what stays folded under it: what is chosen, then one of each sort.

    The one of each sort is another every week, so that a family is not offered the same thing again and again.
    """
    open_ones = [one for sort in offers.values() for one in sort if one.id in chosen]
    for sort in offers.values():
        free = [one for one in sort if one.id not in chosen]
        if free:
            open_ones.append(free[on.isocalendar().week % len(free)])
    folded = {name: tuple(one for one in sort if one not in open_ones) for name, sort in offers.items()}
    return tuple(open_ones), folded


def offered(id: str, children: Iterable[Child], on: date) -> Offer | None:
    """Give one invitation by the id that a plan keeps, or None where the content no longer has it."""
    sort, _, name = id.partition("/")
    known = SORTS[sort]().get(name) if sort in SORTS else None
    return _offer(sort, known, months_of(children, on)) if known else None


def questions(children: Iterable[Child], on: date) -> tuple[Question, ...]:
    """Give open questions to have ready, by purpose, those made for the age first: two for each purpose."""
    ages = months_of(children, on)
    months = ages[0] if ages else 12
    return tuple(
        Question(question_id(purpose.id, words), purpose.name, words)
        for purpose in purposes().values()
        for words in purpose.for_age(months)[:2]
    )


def question_id(purpose_id: str, words: Text) -> str:
    """Give the id by which a plan keeps a question. Made of its words: never does it come to mean another."""
    return f"{purpose_id}/{sha256(words.en.encode()).hexdigest()[:8]}"


@cache
def _by_id() -> dict[str, Question]:
    return {
        question_id(purpose.id, sentence.text): Question(
            question_id(purpose.id, sentence.text), purpose.name, sentence.text
        )
        for purpose in purposes().values()
        for sentence in purpose.sentences
    }


def question(id: str) -> Question | None:
    """Give one question by the id that a plan keeps, or None where the content no longer has it."""
    return _by_id().get(id)


def _fits(invitation: Invitation, ages: tuple[int, ...]) -> bool:
    return not ages or any(fitting({invitation.id: invitation}, months) for months in ages)


def _offer(sort: str, invitation: Invitation, ages: tuple[int, ...]) -> Offer:
    ways = chain.from_iterable(invitation.ways_at(months) for months in ages) if ages else invitation.ways
    safety = chain.from_iterable(invitation.safety_at(months) for months in ages)
    return Offer(
        id=f"{sort}/{invitation.id}",
        name=invitation.name,
        ways=tuple(dict.fromkeys((way.do, way.see) for way in ways)),
        safety=tuple(dict.fromkeys(safety)),
    )


def visitors_for(family: Family, on: date, by: Person, visit: Visit | None = None) -> QuerySet[Person]:
    """Give who may go to a family on a day: who visits it then, who is asking, and who is named on the visit."""
    there = Assignment.objects.filter(Assignment.on(on), family=family).values("visitor")
    going = Q(id__in=there) | Q(id=by.id)
    if visit:
        going |= Q(id__in=visit.visitors.values("id"))
    return Person.objects.filter(going, role=Role.VISITOR)
