"""A request as the views use it: whose it is, what is in reach, and a form that is done once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from apego.records import access, deliveries, log
from apego.records.models import Person, Program

Record = TypeVar("Record", bound=Model)


class Asked(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person
    program: Program
    htmx: HtmxDetails


def reach(request: Asked, kind: type[Record], id: UUID, within: QuerySet[Record] | None = None) -> Record:
    """Give the record, or 404. For a family's record that is shown, use `look`, which is logged."""
    return access.find(request.user, kind, id, within)


def look(request: Asked, kind: type[Record], id: UUID, within: QuerySet[Record] | None = None) -> Record:
    """Give the record, or 404, and write that this person looked at it."""
    found = access.find(request.user, kind, id, within)
    log.looked(by=request.user, at=now(), at_what=found)
    return found


def now() -> datetime:
    """The moment of acting, in one place so that a test can hold it still."""
    return timezone.now()


def done(request: Asked, act: Callable[[], str]) -> HttpResponse:
    """Do what a posted form asks, once, and go on to the address that `act` gives.

    The form carries the key that `{% delivery %}` made. The same form sent again answers the same address and
    does nothing; the same key with other words is not guessed about: the person sees where the first one is.
    """
    try:
        key = UUID(request.POST.get("delivery", ""))
    except ValueError:
        return HttpResponseBadRequest("delivery")
    content = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_CONTENT)
    try:
        answer = deliveries.once(
            key=key, digest=deliveries.digest_of(repr(content).encode()), by=request.user, at=now(), do=act
        )
    except deliveries.AnotherContent as other:
        return render(request, "apego/sent_before.html", {"answer": other.answer}, status=422)
    return HttpResponseClientRedirect(answer) if request.htmx else HttpResponseRedirect(answer)


def small_number(words: str) -> int | None:
    """Give a number that stands in an address, or None for whatever else somebody wrote there.

    >>> small_number("2026"), small_number("²"), small_number("9" * 5000)
    (2026, None, None)
    """
    return int(words) if SMALL_NUMBER.fullmatch(words) else None


SMALL_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
NOT_CONTENT = frozenset({"csrfmiddlewaretoken", "delivery"})
