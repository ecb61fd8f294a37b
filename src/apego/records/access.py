"""Who may see what, and who may do what. The only place that answers it.

`visible` gives the list, `find` gives the one, and both come from the same rule, so that a list page
and a detail page cannot disagree. What is out of reach does not exist: `find` raises OutOfReach, which
the pages answer with 404.

- A visitor sees the families that are hers today: steady ones, and those that she covers.
- A supervisor sees the families and visits of her visitors; transcripts and reflections only as shared.
- A coordinator sees people, families and counts; what was written about a family only while a reason
  that she gave is open (`Opening`).
- A visitor's focus, her own answers and her drafts are hers alone. What she answers in a lesson is too,
  until she shares it; how far she is in a lesson her supervisor sees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from apego.records import models
from apego.records.models import Assignment, Family, Opening, Person, Role

Record = TypeVar("Record", bound=Model)


class OutOfReach(Exception):
    """There is no such record for this person. The message carries no words and no hint."""


class Permission(StrEnum):
    """What a person may be allowed to do with a record that she sees."""

    WRITE = "write"  # visits, moments, contacts: the work with a family
    ARRANGE = "arrange"  # who visits whom, a family's enrolment, people
    REVIEW = "review"  # safety notes
    ANSWER = "answer"  # a parent's requests, consents kept by the office, holds, destruction


def families_of(person: Person, on: date | None = None) -> QuerySet[Family]:
    """Give the families that a person works with on a day: a visitor's, or a supervisor's visitors'."""
    day = on or timezone.localdate()
    if person.is_coordinator:
        return Family.objects.all()
    theirs = Q(visitor=person) if person.is_visitor else Q(visitor__supervisor=person)
    return Family.objects.filter(
        id__in=Assignment.objects.filter(theirs, Assignment.on(day)).values("family")
    )


def families_opened(person: Person) -> QuerySet[Family]:
    """Give the families whose written record a person may read: a coordinator's only by an open reason."""
    if not person.is_coordinator:
        return families_of(person)
    opened = Opening.objects.filter(person=person, until__gt=timezone.now())
    return Family.objects.filter(id__in=opened.values("family"))


Rule = Callable[[Person], Q]


def _known(path: str) -> Rule:
    """Facts that the office needs: a coordinator sees them without a reason."""
    return lambda person: Q(**{f"{path}__in": families_of(person).values("id")})


def _written(path: str) -> Rule:
    """What was written about a family."""
    return lambda person: Q(**{f"{path}__in": families_opened(person).values("id")})


def _own(path: str) -> Rule:
    return lambda person: Q(**{path: person})


def _conversation(path: str) -> Rule:
    """A conversation and what was found in it: the visitor's who brought it, and the supervisor's once shared.

    Both only while they work with the family: it is part of the child's record.
    """

    def rule(person: Person) -> Q:
        if person.is_coordinator:
            return _written(f"{path}family")(person)
        works_with = _written(f"{path}family")(person)
        if person.is_supervisor:
            return works_with & Q(**{f"{path}by__supervisor": person, f"{path}shared_at__isnull": False})
        return works_with & Q(**{f"{path}by": person})

    return rule


def _lesson_answer(person: Person) -> Q:
    """What was answered in a lesson: one's own, and those of one's visitors that they shared."""
    return Q(person=person) | Q(person__supervisor=person, shared_at__isnull=False)


def _progress(person: Person) -> Q:
    """How far a lesson is taken: one's own, and one's visitors', for their training record."""
    return Q(person=person) | Q(person__supervisor=person)


def _people(person: Person) -> Q:
    if person.is_coordinator:
        return Q()
    if person.is_supervisor:
        return Q(supervisor=person) | Q(id=person.id)
    return Q(id=person.id)


def _session(person: Person) -> Q:
    return Q(supervisor=person) | Q(visitor=person)


def _variant(person: Person) -> Q:
    """An edit kept aside is as open as the thing that it is an edit of; of facts, the office sees its own."""
    sessions = models.Supervision.objects.filter(_session(person))
    of_nobody = Q(kind="socialization") | Q(kind="supervision", thing__in=sessions.values("id"))
    own_of_facts = Q(by=person, kind__in=("family", "child", "caregiver")) & _known("family")(person)
    return _written("family")(person) | own_of_facts | (Q(family=None) & of_nobody)


def _everybody(person: Person) -> Q:
    return Q()


def _coordinator(person: Person) -> Q:
    return Q() if person.is_coordinator else Q(pk__in=[])


# Every model that a page can show, and the rule by which. A test fails for a model without one.
RULES: Mapping[type[Model], Rule] = {
    models.Program: _everybody,
    models.Person: _people,
    models.Invitation: _coordinator,
    models.CalendarAddress: _own("person"),
    models.Focus: _own("person"),
    models.Family: _known("id"),
    models.Child: _known("family"),
    models.Caregiver: _known("family"),
    models.Assignment: _known("family"),
    models.Series: _known("family"),
    models.Occasion: _written("family"),
    models.Memento: _written("family"),
    models.Contact: _written("family"),
    models.Support: _written("family"),
    models.SafetyNote: _written("family"),
    models.Said: _written("family"),
    models.Visit: _written("family"),
    models.VisitPart: _written("visit__family"),
    models.Plan: _written("visit__family"),
    models.Moment: _written("family"),
    models.Credit: _written("visit__family"),
    models.Signature: _written("visit__family"),
    models.Addendum: _written("visit__family"),
    models.Letter: _written("visit__family"),
    models.Variant: _variant,
    models.Draft: _own("person"),
    models.Socialization: _everybody,
    models.Attendance: _known("family"),
    models.AfterVisit: _own("by"),
    models.Transcript: _conversation(""),
    models.Reflection: _conversation("transcript__"),
    models.OwnAnswer: _own("by"),
    models.Progress: _progress,
    models.LessonAnswer: _lesson_answer,
    models.Mark: _own("person"),
    models.Supervision: _session,
    models.Consent: _known("family"),
    models.Disclosure: _known("family"),
    models.ParentRequest: _known("family"),
    models.AnnualNotice: _known("family"),
    models.Hold: _known("family"),
    models.Opening: _coordinator,
    models.Destroyed: _coordinator,
    models.Line: _coordinator,
}


def visible(person: Person, kind: type[Record]) -> QuerySet[Record]:
    """Give all records of a kind that a person may see."""
    return kind._default_manager.filter(RULES[kind](person))


def find(person: Person, kind: type[Record], id: UUID, within: QuerySet[Record] | None = None) -> Record:
    """Give the record, if this person may see it. Raises OutOfReach where not, or where there is none.

    `within` is a query that fetches along what the page needs.
    """
    found = (
        (visible(person, kind) if within is None else within.filter(RULES[kind](person)))
        .filter(pk=id)
        .first()
    )
    if found is None:
        raise OutOfReach(kind.__name__)
    return found


# role -> what it may do with a record in its reach
PERMISSIONS: Mapping[str, frozenset[Permission]] = {
    Role.VISITOR: frozenset({Permission.WRITE}),
    Role.SUPERVISOR: frozenset({Permission.ARRANGE, Permission.REVIEW}),
    Role.COORDINATOR: frozenset({Permission.ARRANGE, Permission.ANSWER}),
}


def may(person: Person, permission: Permission, thing: Model | None = None) -> bool:
    """True when a person may do this, and with this record if one is named: it must be in her reach too."""
    if permission not in PERMISSIONS[person.role]:
        return False
    return thing is None or visible(person, type(thing)).filter(pk=thing.pk).exists()


def require(person: Person, permission: Permission) -> None:
    """Raise OutOfReach where a person may not: a page that is not hers does not exist for her."""
    if not may(person, permission):
        raise OutOfReach(permission)
