"""A parent's request about the record: received, answered, granted by an addendum or refused with reasons.

45 CFR 1303.23: to read it, to have a copy, to have it amended. Who was refused may put a statement
beside the record, which goes wherever the record goes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from apego.practice.rules import rule
from apego.records.actions import visits
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Addendum, Caregiver, Family, ParentRequest, Person, Visit

WITHIN = "inspection_within_days"  # practice.rules


@action
def receive(
    *,
    id: UUID,
    family: Family,
    caregiver: Caregiver | None,
    kind: str,
    words: str,
    received_on: date,
    by: Person,
    at: datetime,
) -> ParentRequest:
    """Write down what a parent asked for and on which day; the clock runs from that day."""
    if caregiver and caregiver.family_id != family.id:
        raise NotPossible("not-of-this-family")
    facts = {
        "family": family,
        "caregiver": caregiver,
        "kind": kind,
        "words": words,
        "received_on": received_on,
    }
    return ParentRequest.objects.get_or_create(
        id=id, defaults={**facts, "due_on": due_on(received_on), "by": by, "made_at": at}
    )[0]


@action
def answer(
    *, request: ParentRequest, granted: bool, words: str, on: date, by: Person, at: datetime
) -> ParentRequest:
    """Answer it once. A refusal says why: the parent gets it in writing."""
    request = locked(request)
    if request.answered_on:
        raise NotPossible("answered-before")
    if not granted and not words.strip():
        raise NotPossible("refused-without-reason")
    if on < request.received_on:
        raise NotPossible("answered-too-early")
    request.answer = ParentRequest.Answer.GRANTED if granted else ParentRequest.Answer.REFUSED
    request.answer_words, request.answered_on = words, on
    request.save(update_fields=["answer", "answer_words", "answered_on"])
    return request


@action
def amend(
    *, id: UUID, request: ParentRequest, visit: Visit, words: str, by: Person, at: datetime
) -> Addendum:
    """Set a correction below a finished visit, tied to the request that asked for it. The visit stays as signed."""
    if request.kind != ParentRequest.Kind.AMEND or visit.family_id != request.family_id:
        raise NotPossible("not-this-request")
    return visits.add(id=id, visit=visit, words=words, by=by, at=at, request=request)


@action
def state(*, request: ParentRequest, statement: str, by: Person, at: datetime) -> ParentRequest:
    """Put the parent's own words beside what was refused. They go out with every disclosure and every copy."""
    request = locked(request)
    if request.answer != ParentRequest.Answer.REFUSED:
        raise NotPossible("statement-when-refused")
    request.statement = statement
    request.save(update_fields=["statement"])
    return request


def due_on(received_on: date) -> date:
    """Give the last day for an answer.

    >>> due_on(date(2026, 11, 23))
    datetime.date(2027, 1, 7)
    """
    return received_on + timedelta(days=rule(WITHIN, received_on).value or ParentRequest.DAYS)
